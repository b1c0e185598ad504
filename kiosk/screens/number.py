"""The thank-you screen: the number, as large as it goes, and the desk if it is called already."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty

from . import invitation  # noqa: F401 - the kv file names its widget
from .frame import KioskScreen

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class NumberScreen(KioskScreen):
    """The number on a paper slip, what is known of it, and what became of the paper."""

    failed = BooleanProperty(defaultvalue=False)
    urgent = BooleanProperty(defaultvalue=False)
