"""What tomllib does not say of a TOML text: on which line a key stands, and what a complaint may mean."""

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_.-]+)\s*=""")


def lines_of(text: str) -> dict[Path, int]:
    """Map the path of every table and key that starts a line to its line number, from 1.

    The third `[[category]]` is `("category", 2)`, its letter `("category", 2, "letter")`.
    """
    found: dict[Path, int] = {}
    counts: dict[str, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _names(header[2])
            if header[1] == "[[":
                name = header[2]
                found.setdefault(table, number)
                table = (*table, counts.get(name, 0))
                counts[name] = counts.get(name, 0) + 1
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_names(key[1])), number)
    return found


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Return the line of `path`, or of the nearest table around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def quotation_hint(complaint: str) -> str:
    """Return what to add to a complaint of tomllib about a text that goes on beyond its line; nothing to others."""
    goes_on = ("Illegal character '\\n'", "Unterminated string", "Found invalid character '\\n'", 'Expected "\'"')
    return "; a closing quotation mark may be missing" if complaint.startswith(goes_on) else ""


def _names(key: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in key.split("."))
