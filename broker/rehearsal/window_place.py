"""Where a Kivy program opens its window: said in Kivy's own configuration, which the program reads at start."""

from pathlib import Path

from msgspec import Struct

from .screen import Size


class Place(Struct, frozen=True):
    """A window's size and the corner where it stands, in pixels of the screen."""

    left: int
    top: int
    width: int
    height: int


# Side by side, with room for title bars, on a screen of this size.
DRAWN_FOR = (1920, 1080)
KIOSK = Place(left=180, top=50, width=540, height=960)
WALL = Place(left=770, top=50, width=960, height=540)
KEYPADS = Place(left=770, top=640, width=1130, height=390)


def fitted(place: Place, screen: Size | None) -> Place:
    """Return where the window stands on a smaller screen; a larger one has room enough."""
    width, height = screen or DRAWN_FOR
    scale = min(1.0, width / DRAWN_FOR[0], height / DRAWN_FOR[1])
    return Place(*(round(scale * pixels) for pixels in (place.left, place.top, place.width, place.height)))


class Window(Struct, frozen=True):
    """What a Kivy program is started with, so that its window opens at a place."""

    place: Place
    environment: dict[str, str]

    @property
    def options(self) -> tuple[str, ...]:
        """Return the options that say its size."""
        return ("--width", str(self.place.width), "--height", str(self.place.height))


def window(place: Place, home: Path) -> Window:
    """Write Kivy's configuration into `home`, where the program will find it."""
    home.mkdir(parents=True)
    words = f"[graphics]\nposition = custom\nleft = {place.left}\ntop = {place.top}\n"
    (home / "config.ini").write_text(words)
    return Window(place, {"KIVY_HOME": str(home)})
