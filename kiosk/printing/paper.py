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
ROLLS = {58.0: 384, 80.0: 576, 82.5: 640}  # mm, and the dots that eight to a millimetre reach of it
# CP852 first, because more makes have it right; of the Cyrillic ones CP1251, because it has dashes and quotes too.
_TRUSTED = ("CP852", "CP1250", "CP1251", "CP1125")
_TRUSTED_OF_A_STRANGER = ("CP852",)
_CP852_SLOT = 18  # on every make that has the page twice
_IMPACT_LETTERS = 28  # to a line of 200 needle strokes: as many as can be read

# `present`: the presenter of Custom's kiosk printers; `tear`: fed to the edge, for a hand.
ENDINGS = ("cut", "partial", "present", "tear")


class BadProfile(ValueError):
    """A profile or a paper that is not known, or whose printer cannot print a ticket."""


@dataclass(frozen=True)
class Paper:
    """One printer's paper: `dots` wide, `columns` letters of its own font to a line.

    Without `code_pages` every line is drawn; `native_qr` printers draw QR codes themselves. Drawings go by rows, on
    printers with needles by `strips`. `area` is told to a printer whose paper could be wider; 0 where it need not be.
    """

    profile: str
    columns: int
    dots: int
    code_pages: tuple[str, ...]
    native_qr: bool
    strips: bool = False
    area: int = 0
    ending: str = "cut"

    @property
    def letter_dots(self) -> int:
        """How wide a drawn letter of plain size is."""
        return LETTER_DOTS if not self.strips else self.dots // self.columns


def paper(
    profile: str = "default",
    columns: int | None = None,
    *,
    raster: bool = False,
    roll_mm: float = 0.0,
    ending: str = "cut",
) -> Paper:
    """Read the paper of `profile`; the others overrule it, for narrow rolls and for clones that lie."""
    facts = _facts(profile)
    if roll_mm and roll_mm not in ROLLS:
        raise BadProfile(f"printer_paper_mm {roll_mm:g}: should be 58, 80 or 82.5, or 0 for what the profile says")
    if ending not in ENDINGS:
        raise BadProfile(f"printer_cut {ending!r}: should be one of {', '.join(ENDINGS)}")
    strips = not facts["features"].get("bitImageRaster")
    pages = () if raster or strips else trusted_pages(profile)
    if strips:
        # Needles strike every second of the half dots that the profile counts.
        struck = _pixels(facts) // 2 // 8 * 8
        return Paper(profile, _IMPACT_LETTERS, struck, pages, native_qr=False, strips=True, ending=ending)
    widest = _pixels(facts)
    own_columns = _own_columns(facts)
    dots = min(filter(None, (ROLLS[roll_mm] if roll_mm else 0, widest)), default=0)
    if roll_mm and columns is None:
        columns = min(dots // _letter(facts), own_columns if dots == widest else COLUMNS[-1])
    most = (dots or COLUMNS[-1] * LETTER_DOTS) // LETTER_DOTS
    columns = columns or own_columns
    if columns not in COLUMNS or columns > most:
        raise BadProfile(f"printer columns {columns}: should be from {COLUMNS[0]} to {most} with profile {profile!r}")
    if not roll_mm:
        dots = dots if dots and columns == own_columns else columns * LETTER_DOTS
    dots = dots // 8 * 8
    return Paper(
        profile=profile,
        columns=columns,
        dots=dots,
        code_pages=pages,
        native_qr=bool(facts["features"].get("qrCode")) and not raster,
        area=dots if (roll_mm or columns != own_columns) and dots != widest // 8 * 8 else 0,
        ending=ending,
    )


def page_slots(profile: str) -> Mapping[int, str]:
    """Return the printer's code pages by the number that `ESC t` chooses them with."""
    return {int(slot): page for slot, page in _profiles()[profile]["codePages"].items()}


def slot(profile: str, page: str) -> int:
    """Return the number that chooses `page`; of several the one that more printers of this kind have right."""
    slots = sorted(number for number, name in page_slots(profile).items() if name == page)
    return _CP852_SLOT if _CP852_SLOT in slots else slots[0]


def trusted_pages(profile: str) -> tuple[str, ...]:
    """Return the pages that text may be written in.

    The generic profile promises pages that few strangers have. Those of Star count their pages by a command of Star's
    own, so that `ESC t` would choose other ones.
    """
    facts = _profiles()[profile]
    if facts["vendor"] == "Star Micronics":
        return ()
    there = set(facts["codePages"].values())
    trusted = _TRUSTED_OF_A_STRANGER if facts["vendor"] == "Generic" else _TRUSTED
    return tuple(page for page in trusted if page in there)


def _facts(profile: str) -> dict[str, Any]:
    """Return what is known of a printer that can print tickets."""
    facts: dict[str, Any] | None = _profiles().get(profile)
    if facts is None:
        raise BadProfile(f"printer profile {profile!r}: should be one of {', '.join(sorted(_profiles()))}")
    if not (facts["features"].get("bitImageRaster") or facts["features"].get("bitImageColumn")):
        raise BadProfile(f"printer profile {profile!r}: draws no pictures, which a ticket needs; it is a display")
    return facts


def _pixels(facts: dict[str, Any]) -> int:
    """Return how many dots wide the printer is; 0 where its profile does not know."""
    width = facts["media"]["width"].get("pixels")
    return width if isinstance(width, int) else 0


def _own_columns(facts: dict[str, Any]) -> int:
    columns: int = facts["fonts"]["0"]["columns"]
    return columns if columns in COLUMNS or not _pixels(facts) else _pixels(facts) // LETTER_DOTS


def _letter(facts: dict[str, Any]) -> int:
    """Return how many dots wide the printer's own letters are at most."""
    return max(LETTER_DOTS, _pixels(facts) // _own_columns(facts))


@cache
def _profiles() -> dict[str, Any]:
    """Read python-escpos' own table without importing it, which would take a quarter of a second."""
    package = importlib.util.find_spec("escpos")
    assert package is not None
    assert package.submodule_search_locations is not None
    table = Path(package.submodule_search_locations[0]) / "capabilities.json"
    profiles: dict[str, Any] = json.loads(table.read_text(encoding="utf-8"))["profiles"]
    return profiles
