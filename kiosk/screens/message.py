"""The screens that only say something: wait, closed, out of service, no number."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import ObjectProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.view import Fact

from .frame import KioskScreen

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class MessageScreen(KioskScreen):
    """A sign, a heading, a few lines, and where else to go."""


class KioskFact(BoxLayout):
    """One thing to know: what, and how it is."""

    fact = ObjectProperty(Fact("", ""), rebind=True)


class KioskFacts(BoxLayout):
    """Several things to know, one under the other."""

    facts = ObjectProperty(())

    def on_facts(self, _widget: Any, facts: tuple[Fact, ...]) -> None:  # noqa: ANN401
        """Show these."""
        self.clear_widgets()
        for fact in facts:
            self.add_widget(KioskFact(fact=fact))
