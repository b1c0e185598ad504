"""What a printer can put on its paper, by the name of its profile in python-escpos."""

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LETTER_DOTS = 12  # the width of the printers' own font A
COLUMNS = range(24, 65)
# Pages that hold every Polish letter; CP852 first, because more makes have it right.
_POLISH_PAGES = ("CP852", "CP1250")


class BadProfile(ValueError):
    """A profile that is not known, or whose printer cannot print a ticket."""


@dataclass(frozen=True)
class Paper:
    """One printer's paper: `dots` wide, `columns` letters of its own font to a line.

    Without `code_pages` every line is drawn; `native_qr` printers draw QR codes themselves.
    """

    profile: str
    columns: int
    dots: int
    code_pages: tuple[str, ...]
    native_qr: bool


def paper(profile: str = "default", columns: int | None = None, *, raster: bool = False) -> Paper:
    """Read the paper of `profile`; `columns` and `raster` overrule it, for narrow rolls and for clones that lie."""
    facts = _profiles().get(profile)
    if facts is None:
        raise BadProfile(f"printer profile {profile!r}: should be one of {', '.join(sorted(_profiles()))}")
    if not facts["features"].get("bitImageRaster"):
        raise BadProfile(f"printer profile {profile!r}: its printer has no raster graphics, which a ticket needs")
    width = facts["media"]["width"].get("pixels")
    dots = width if isinstance(width, int) else None
    own_columns = facts["fonts"]["0"]["columns"]
    if own_columns not in COLUMNS and dots:
        own_columns = dots // LETTER_DOTS
    columns = columns or own_columns
    if columns not in COLUMNS or (dots and columns * LETTER_DOTS > dots):
        most = dots // LETTER_DOTS if dots else COLUMNS[-1]
        raise BadProfile(f"printer columns {columns}: should be from {COLUMNS[0]} to {most} with profile {profile!r}")
    pages = set(facts["codePages"].values())
    return Paper(
        profile=profile,
        columns=columns,
        dots=(dots if dots and columns == own_columns else columns * LETTER_DOTS) // 8 * 8,
        code_pages=() if raster else tuple(page for page in _POLISH_PAGES if page in pages),
        native_qr=bool(facts["features"].get("qrCode")) and not raster,
    )


def page_slots(profile: str) -> Mapping[int, str]:
    """Return the printer's code pages by the number that `ESC t` chooses them with."""
    return {int(slot): page for slot, page in _profiles()[profile]["codePages"].items()}


@cache
def _profiles() -> dict[str, Any]:
    """Read python-escpos' own table without importing it, which would take a quarter of a second."""
    package = importlib.util.find_spec("escpos")
    assert package is not None
    assert package.submodule_search_locations is not None
    table = Path(package.submodule_search_locations[0]) / "capabilities.json"
    profiles: dict[str, Any] = json.loads(table.read_text(encoding="utf-8"))["profiles"]
    return profiles
