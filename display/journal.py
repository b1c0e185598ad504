"""A line of JSON for each announcement, for rehearsals and tests."""

from pathlib import Path

import msgspec

from broker.contract.messages import Call


def write_line(path: Path, call: Call, text: str | None) -> None:
    """Append the call; `text` is what is spoken, None for a call that is only shown."""
    line: dict[str, object] = {"call": call.call, "number": call.number, "desk": call.desk, "kind": call.kind}
    line |= {"spoken": text is not None, "text": text or ""}
    with path.open("ab") as file:
        file.write(msgspec.json.encode(line) + b"\n")
