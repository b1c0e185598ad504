"""Where a Kivy program opens its window: said in Kivy's own configuration, which the program reads at start."""

from pathlib import Path

from msgspec import Struct


class Place(Struct, frozen=True):
    """A window's size and the corner where it stands, in pixels of the screen."""

    left: int
    top: int
    width: int
    height: int


# Side by side on a screen of 1920 by 1080, with room for title bars.
KIOSK = Place(left=180, top=50, width=540, height=960)
WALL = Place(left=770, top=50, width=960, height=540)
KEYPADS = Place(left=770, top=640, width=960, height=370)


def environment(place: Place, home: Path) -> dict[str, str]:
    """Write Kivy's configuration into `home` and return the environment that points to it."""
    home.mkdir(parents=True)
    words = f"[graphics]\nposition = custom\nleft = {place.left}\ntop = {place.top}\n"
    (home / "config.ini").write_text(words)
    return {"KIVY_HOME": str(home)}
