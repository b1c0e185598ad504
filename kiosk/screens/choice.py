"""A card: one of several things to take."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ObjectProperty

from kiosk.view import Choice

from .tappable import KioskTappable

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class KioskChoice(KioskTappable):
    """One of several things to take."""

    item = ObjectProperty(Choice("", ""), rebind=True)
