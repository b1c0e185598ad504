"""The thank-you screen: the number, as large as it goes."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty

from .frame import KioskScreen

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class NumberScreen(KioskScreen):
    """The number on a paper slip, what is known of it, and what became of the paper."""

    failed = BooleanProperty(defaultvalue=False)
