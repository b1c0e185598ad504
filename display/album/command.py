"""`okienko-display album FOLDER`: a picture of every screen of the wall, in every theme, size and language."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from broker.contract.screen import NoScreen
from broker.contract.settings import SettingsError, make_folder
from display.kivy_environment import prepare_kivy
from display.reading import Reading
from display.settings import LOCALE
from display.themes import THEMES

PROGRAM = "okienko-display album"


class Size(Struct, frozen=True):
    """A screen, and from how far it is read."""

    kind: str
    width: int
    height: int
    reading: Reading

    @property
    def name(self) -> str:
        """Return the name of the folder for its pictures, like wall-1920x1080-5m."""
        return f"{self.kind}-{self.width}x{self.height}-{self.reading.distance_m:g}m"


WALL, DESK = "wall", "desk"
SIZES = (
    Size(WALL, 1920, 1080, Reading(5)),
    Size(WALL, 1920, 1080, Reading(3)),
    Size(WALL, 1080, 1920, Reading(5)),
    Size(WALL, 1080, 1920, Reading(3)),
    Size(WALL, 3840, 2160, Reading(5)),
    Size(DESK, 1280, 800, Reading(2, 15.6)),
)


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
    from display.window import open_window  # noqa: PLC0415 - Kivy has only now been told about its window

    try:
        open_window()
    except NoScreen as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    from .painter import paint  # noqa: PLC0415

    for size in (size for size in SIZES if not asked.size or size.name in asked.size):
        folder = Path(asked.folder) / size.name
        folder.mkdir(exist_ok=True)
        for theme in asked.theme or THEMES:
            for language in asked.language or _languages():
                paint(size, theme, language, folder)
        print(f"{folder}: {len(list(folder.glob('*.png')))} pictures", flush=True)
    return 0


def _languages() -> Iterator[str]:
    yield from sorted(path.stem for path in LOCALE.glob("*.po"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description=__doc__)
    parser.add_argument("folder", metavar="FOLDER", help="where the pictures go, in a folder for each size")
    for name, choices in (
        ("theme", list(THEMES)),
        ("language", list(_languages())),
        ("size", [size.name for size in SIZES]),
    ):
        parser.add_argument(f"--{name}", action="append", choices=choices, help=f"only this {name}; may be repeated")
    return parser
