"""Which screen a program draws on, and whether anybody sees what it draws there.

Theory of operation. Left alone, SDL draws off screen where it finds nothing better: a program that runs, looks healthy
and stays dark. So its driver is chosen and forced before the window opens, and asked after again once it is open; and
OpenGL is asked who draws, since a program that may not use the graphics chip draws by the processor, a frame a second.
Kivy's own words come as arguments: what every program imports must not need Kivy.
"""

import ctypes
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from .messages import Problem

KMS, DESKTOP, ANY = "kms", "desktop", "any"
SCREENS = (KMS, DESKTOP, ANY)

KMSDRM, X11, OFFSCREEN = "KMSDRM", "x11", "offscreen"
_ON_A_DESKTOP = (X11, "wayland")
_BY_THE_PROCESSOR = re.compile(r"llvmpipe|softpipe|swrast|software|swiftshader", re.IGNORECASE)
_SDL = re.compile(r"/\S*/libSDL2-2[^/\s]*$", re.MULTILINE)


class NoScreen(Exception):
    """Nobody would see the program: one line that says why, and what to do."""


class Drawing(Struct, frozen=True):
    """Who draws, once there is a window: SDL's driver and OpenGL's renderer, by their own words."""

    driver: str
    renderer: str

    @property
    def by_the_processor(self) -> bool:
        """Whether no graphics chip draws."""
        return bool(_BY_THE_PROCESSOR.search(self.renderer))


def check_screen(screen: str) -> None:
    """Refuse a `screen` that is none; for a struct's `__post_init__`."""
    if screen not in SCREENS:
        raise ValueError(f"screen: {screen!r} should be one of {', '.join(SCREENS)}")


def video_driver(environment: Mapping[str, str], screen: str = ANY) -> str:
    """Choose SDL's driver for a screen; for any, the one asked for, X where there is a desktop, else the screen itself.

    Kivy's wheels know no Wayland; a Wayland desktop serves X as well.
    """
    asked_for = environment.get("SDL_VIDEODRIVER", "")
    if screen == KMS:
        return KMSDRM
    if screen == DESKTOP:
        return asked_for if asked_for in _ON_A_DESKTOP else X11
    return asked_for or (X11 if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY") else KMSDRM)


def refuse_no_window(environment: Mapping[str, str], cards: Path = Path("/dev/dri")) -> NoScreen:
    """Say why there was no window to open with the driver that the environment forces, and what to do."""
    driver = environment["SDL_VIDEODRIVER"]
    return NoScreen(f"no screen: SDL's driver {driver} opens no window; {_remedy(driver, environment, cards)}")


def refuse_unseen(drawing: Drawing, wanted: str, screen: str, *, software: bool) -> None:
    """Refuse, with NoScreen, what was drawn elsewhere than wanted, or by the processor on a screen of its own."""
    if drawing.driver.casefold() != wanted.casefold():
        raise NoScreen(f"no screen: SDL draws with its driver {drawing.driver} instead of {wanted}; set screen")
    if screen == KMS and (slow := complaint(drawing, software=software)):
        raise NoScreen(slow)


def complaint(drawing: Drawing, *, software: bool) -> str | None:
    """Say what limps though it can be seen, for health, and what to do; None where all is well or was allowed."""
    if software or drawing.driver == OFFSCREEN or not drawing.by_the_processor:
        return None
    return (
        f"drawn by the processor ({drawing.renderer}), which is slow; add the program's user to the group render,"
        " or set software_rendering = true"
    )


def problems(detail: str | None) -> list[Problem]:
    """Return what limps as a device's health tells it."""
    return [Problem("screen", detail, datetime.now(UTC).astimezone())] if detail else []


def sdl_driver(maps: Path = Path("/proc/self/maps")) -> str:
    """Ask the SDL that this process has loaded which driver it draws with; "none" if it has loaded none."""
    library = sdl(maps)
    if library is None:
        return "none"
    ask = library.SDL_GetCurrentVideoDriver
    ask.restype = ctypes.c_char_p
    return (ask() or b"none").decode()


def sdl(maps: Path = Path("/proc/self/maps")) -> ctypes.CDLL | None:
    """Return the SDL that this process has loaded, if it has."""
    found = _SDL.search(maps.read_text(encoding="utf-8"))
    return ctypes.CDLL(found[0]) if found else None


def _remedy(driver: str, environment: Mapping[str, str], cards: Path) -> str:
    if driver == X11:
        display = environment.get("DISPLAY")
        if display:
            return f"does the desktop at DISPLAY={display} let this user in?"
        return 'DISPLAY is not set: start it from a desktop, or set screen = "kms"'
    if driver != KMSDRM:
        return "set screen"
    found = sorted(cards.glob("card*"))
    if not found:
        return f"there is no {cards}/card0: is a graphics driver loaded (on a Pi dtoverlay=vc4-kms-v3d)?"
    if not any(os.access(card, os.R_OK | os.W_OK) for card in found):
        return f"{found[0]} may not be used: add the program's user to the groups video and render"
    return "is a screen plugged in, and does no desktop or other program hold it?"
