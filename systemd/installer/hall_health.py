"""Says what the programs of this machine tell of their health; run with the Python of the version that is checked.

    python hall_health.py URL CREDENTIALS SECONDS VERSION CLIENT...

Prints a line of JSON, {"client": {"status", "version", "problems"}}, as soon as every client is up or degraded in that
version, or when the time is over.
"""

import json
import sys
import time
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# An account of its own, as that of `okienko-broker status`: who connects as the broker puts the broker out.
_READER = "status"


def heard(url: str, credentials: Path, seconds: float, version: str, clients: list[str]) -> dict[str, Any]:
    """Listen until every client is well, or the time is over."""
    import paho.mqtt.client as paho  # noqa: PLC0415 - the installer reads this file without it
    from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion  # noqa: PLC0415

    says: dict[str, Any] = {}
    client = paho.Client(CallbackAPIVersion.VERSION2, _READER, protocol=MQTTProtocolVersion.MQTTv5)
    password = _password(credentials)
    if password:
        client.username_pw_set(_READER, password)
    client.on_connect = lambda connected, *_: connected.subscribe("okienko/health/+", qos=1)
    client.on_message = lambda _client, _data, message: says.update(_told(message.topic, message.payload))
    where = urlsplit(url)
    client.connect_async(where.hostname or "127.0.0.1", where.port or 1883)
    client.reconnect_delay_set(1, 1)
    client.loop_start()
    until = time.monotonic() + seconds
    while time.monotonic() < until and not all(well(says.get(name), version) for name in clients):
        time.sleep(0.1)
    client.loop_stop()
    return {name: says.get(name) for name in clients}


def well(told: dict[str, Any] | None, version: str) -> bool:
    """Whether a program runs in this version, even if with a fault that it knows of: no paper, no keypad."""
    return told is not None and told.get("status") in {"up", "degraded"} and told.get("version") == version


def _told(topic: str, payload: bytes | bytearray) -> dict[str, Any]:
    try:
        return {topic.rpartition("/")[2]: json.loads(payload)}
    except ValueError:
        return {}


def _password(credentials: Path) -> str | None:
    if not credentials.exists():
        return None
    known = tomllib.loads(credentials.read_text(encoding="utf-8"))
    return str(known[_READER]["password"]) if _READER in known else None


if __name__ == "__main__":
    address, file, patience, wanted, *names = sys.argv[1:]
    print(json.dumps(heard(address, Path(file), float(patience), wanted, names)))
