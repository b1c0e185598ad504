"""The screens that fill the whole glass: the office's messages, and the colours of a test."""

from pathlib import Path

from kivy.lang import Builder

from .frame import KioskScreen
from .tappable import KioskTappable

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class AttractScreen(KioskScreen):
    """One message in large letters, and how to begin, in every language."""


class ScreenTestScreen(KioskScreen):
    """One colour from edge to edge."""


class KioskArea(KioskTappable):
    """A place to touch as large as the glass."""
