"""`okienko-kiosk album FOLDER`: a picture of every screen and ticket, in every mode, size and language."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from broker.contract.settings import SettingsError, make_folder
from kiosk.kivy_environment import prepare_kivy

from . import sample
from .index import NAME, write_index
from .scenes import MODES

PROGRAM = "okienko-kiosk album"


class Size(Struct, frozen=True):
    """A panel in pixels, and its longer side in millimetres."""

    width: int
    height: int
    long_mm: float

    @property
    def name(self) -> str:
        """Return the name of the folder for its pictures, like 1080x1920."""
        return f"{self.width}x{self.height}"


TICKETS = "tickets"
SIZES = (Size(1080, 1920, 531.0), Size(1920, 1080, 531.0))


def main(argv: Sequence[str]) -> int:
    """Draw the pictures that were asked for, without a screen; print where they are."""
    asked = _parser().parse_args(argv)
    try:
        make_folder("FOLDER", asked.folder)
    except SettingsError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    prepare_kivy(320, 240)
    from kivy.base import EventLoop  # noqa: PLC0415 - Kivy has only now been told about its window

    try:
        EventLoop.ensure_window()
    except SystemExit:  # Kivy's way to say that no driver works
        print(f"{PROGRAM}: SDL's driver offscreen opens no window", file=sys.stderr)
        return 1
    folder, languages = Path(asked.folder), asked.language or sample.menu().languages
    for size in (size for size in SIZES if not asked.size or size.name in asked.size):
        _screens(size, asked.mode or list(MODES), languages, _folder(folder, size.name))
    if not asked.size or TICKETS in asked.size:
        _tickets(languages, _folder(folder, TICKETS))
    write_index(folder, "Okienko: kiosk and tickets")
    print(folder / NAME)
    return 0


def _screens(size: Size, modes: Sequence[str], languages: Sequence[str], folder: Path) -> None:
    from .painter import Easel  # noqa: PLC0415

    easel = Easel(size)
    for mode in modes:
        for language in languages:
            easel.paint(mode, language, folder)
    easel.take_down()
    _say(folder)


def _tickets(languages: Sequence[str], folder: Path) -> None:
    from .tickets import paint_tickets  # noqa: PLC0415

    for language in languages:
        paint_tickets(language, folder)
    _say(folder)


def _folder(above: Path, name: str) -> Path:
    folder = above / name
    folder.mkdir(exist_ok=True)
    return folder


def _say(folder: Path) -> None:
    print(f"{folder}: {len(list(folder.glob('*.png')))} pictures", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description=__doc__)
    parser.add_argument("folder", metavar="FOLDER", help="where the pictures go, in a folder for each size")
    for name, choices in (
        ("mode", list(MODES)),
        ("language", sample.menu().languages),
        ("size", [*(size.name for size in SIZES), TICKETS]),
    ):
        parser.add_argument(f"--{name}", action="append", choices=choices, help=f"only this {name}; may be repeated")
    return parser
