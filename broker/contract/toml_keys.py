"""Change single values in a TOML file that people write: their comments, order and spacing stay."""

import json
import re
from collections.abc import Mapping


def with_keys(text: str, values: Mapping[str, str]) -> str:
    """Return the text with these values for keys of its top level; a key that it lacks comes first of all."""
    head, table, rest = _parted(text)
    missing = []
    for key, value in values.items():
        line = f"{key} = {json.dumps(value)}"
        old = re.compile(rf"^{re.escape(key)}[ \t]*=[ \t]*(\"[^\"\n]*\"|'[^'\n]*')", re.MULTILINE)
        head, found = old.subn(line.replace("\\", r"\\"), head)
        missing += [] if found else [f"{line}\n"]
    return "".join([*missing, head, table, rest])


def _parted(text: str) -> tuple[str, str, str]:
    """Take apart what stands before the first table, its bracket, and the rest."""
    table = re.search(r"(?m)^\[", text)
    return (text, "", "") if table is None else (text[: table.start()], "[", text[table.end() :])
