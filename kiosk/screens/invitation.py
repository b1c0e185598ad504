"""Where a resident goes at once, whose number was called the moment it was given."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.view import Fact

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class KioskInvitation(BoxLayout):
    """An arrow and the desk; nothing at all for a number that waits."""

    invitation = ObjectProperty(Fact("", ""), rebind=True)
    invited = BooleanProperty(defaultvalue=False)
