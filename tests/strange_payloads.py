"""Payloads that no program of the hall would send: rubbish, and honest ones with something wrong in them."""

import json

NESTED = 2000
SNIPPETS = (
    b"null", b"true", b"-0", b"1e999", b"-1e999", b"NaN", b"Infinity", b"1" * 400, b"0.1e-400", b'""', b"[]", b"{}",
    b'"\\ud800"', b'"\\udfff\\ud800"', b'"\\u0000"', b'"' + b"x" * 70 + b'"', b'"30"', b'"kiosk-1"', b'"17"', b'"D001"',
    '"Ł\u202e\u0000ę"'.encode(), b'"\xff\xfe"', b"[[[[[]]]]]", b'{"a":{"a":{"a":1}}}', b'"2026-11-23T08:00:00+01:00"',
    b'"0000-00-00T00:00:00Z"', b'"9999-12-31T23:59:59-23:59"', b"9223372036854775808", b"-9223372036854775809",
)  # fmt: skip
TOKENS = (
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b",",
    b":",
    b"\\",
    b"\x00",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xf5",
    b"\xef\xbb\xbf",
)


def strange(rng, honest):
    """Return one payload, made of an honest one, or of nothing; `rng` decides, so that every one can be had again."""
    way = rng.randrange(9)
    if way == 0:
        return rng.randbytes(rng.randrange(1, 200))
    if way == 1:
        depth = rng.choice((10, 100, 900, NESTED))
        inner = rng.choice(SNIPPETS)
        opening, closing = rng.choice(((b"[", b"]"), (b'{"a":', b"}"), (b'{"request_id":', b"}")))
        return opening * depth + inner + closing * rng.choice((depth, depth - 1))
    payload = json.dumps(rng.choice(honest)).encode()
    if way == 2:
        return payload[: rng.randrange(len(payload))]
    if way == 3:
        return _with_another_value(rng, payload)
    if way == 8:
        return payload  # honest, but perhaps not on this topic
    changed = bytearray(payload)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(changed) + 1)
        if way == 4:
            changed[at:at] = rng.choice(TOKENS)
        elif way == 5:
            changed[at : at + rng.randrange(1, 6)] = b""
        elif way == 6:
            changed[at : at + 1] = rng.randbytes(1)
        else:
            changed[at:at] = rng.choice(SNIPPETS)
    return bytes(changed)


def _with_another_value(rng, payload):
    """Return an honest payload in which something has another value, of whatever kind."""
    value = json.loads(payload)
    marker = "\x01strange\x01"
    container, key = value, None
    while isinstance(container, (dict, list)) and container:
        key = rng.choice(list(container)) if isinstance(container, dict) else rng.randrange(len(container))
        if not isinstance(container[key], (dict, list)) or not container[key] or rng.random() < 0.3:
            break
        container = container[key]
    if key is None:
        return rng.choice(SNIPPETS)
    container[key] = marker
    return json.dumps(value).encode().replace(json.dumps(marker).encode(), rng.choice(SNIPPETS))
