"""What the kiosk says, to whom it speaks at all: each screen, each thing that the keypad stands on. Pure functions.

Who cannot see the screen hears all that is on it and on the ticket. What has changed is said at once and cuts short
what was being said; only news that comes by itself waits for its turn.
"""

from gettext import NullTranslations

from msgspec import Struct

from kiosk.keypad import things
from kiosk.state import Event, Focused, HelpAsked, Plugged, State, Tapped
from kiosk.view import Button, Choice, View
from kiosk.volume import STEPS, decibels

from .ear import for_the_ear, number_for_the_ear


class Part(Struct, frozen=True):
    """Words in one language."""

    language: str
    text: str


class Say(Struct, frozen=True):
    """Say this; `at_once` cuts short what is being said, else it waits."""

    parts: tuple[Part, ...]
    decibels: int
    at_once: bool = True


class Hush(Struct, frozen=True):
    """Fall silent."""


class Chime(Struct, frozen=True):
    """A tone for everybody: look at the screen."""


class Seen(Struct, frozen=True):
    """A state and what it shows."""

    state: State
    view: View


Sound = Say | Hush | Chime


def narration(event: Event, before: Seen, after: Seen, words: NullTranslations) -> Sound | None:
    """Return what is to be heard of what has just happened; `words` are those of the language now."""
    if not after.state.speaking:
        return _to_nobody(event, before, after, words)
    if not before.state.speaking or isinstance(event, HelpAsked):
        office = _sentence(after.view.office)
        return _say(after, (_help(words), office, *_screen(after.view, words), *_stop(after, words)))
    if _is_another(before.view, after.view):
        return _say(after, (*_screen(after.view, words), *_stop(after, words)))
    if not isinstance(event, Focused | Tapped):
        return _news(before.view, after, words)
    # What leads nowhere is said again, with the reason: a key that is answered by silence seems broken.
    said = _done(event, before, after, words) or _stop(after, words)
    return _say(after, said) if said else None


def _done(event: Event, before: Seen, after: Seen, words: NullTranslations) -> tuple[str, ...]:
    """Return what a choice has done on the same screen, where its own words do not tell."""
    if isinstance(event, Tapped) and event.name.startswith("volume:"):
        return (words.gettext("Volume %(at)d of %(all)d") % {"at": after.state.volume, "all": STEPS},)
    if after.view.typed != before.view.typed:
        return (_typed(after.view, words), *after.view.lines)
    return ()


def _typed(view: View, words: NullTranslations) -> str:
    """Return what was typed; of what is hidden only how long it is."""
    if view.typed.strip("•"):
        return f"{view.typed}."
    return words.ngettext("%d digit.", "%d digits.", len(view.typed)) % len(view.typed)


def _to_nobody(event: Event, before: Seen, after: Seen, words: NullTranslations) -> Sound | None:
    """Take leave of who was spoken to; else nothing but a tone, when the screen is about to go away."""
    if before.state.speaking:
        return Hush() if isinstance(event, Plugged) else _say(after, (_farewell(words),))
    return Chime() if after.view.notice and not before.view.notice else None


def _say(seen: Seen, said: tuple[str | Part, ...], *, at_once: bool = True) -> Say:
    parts = (each if isinstance(each, Part) else Part(seen.view.language, each) for each in said if each)
    return Say(tuple(parts), decibels(seen.state.volume), at_once)


def _is_another(before: View, after: View) -> bool:
    """Whether the resident stands before another screen than before, or before the same one in another language."""
    one, other = ((v.screen, v.heading, v.page, v.language, v.number) for v in (before, after))
    return one != other


def _news(before: View, after: Seen, words: NullTranslations) -> Say | None:
    """Say what came by itself: what became of the paper, and that the screen is about to go away."""
    view = after.view
    if view.notice and not before.notice:
        return _say(after, (view.notice_said,), at_once=False)
    news = tuple(for_the_ear(words, line) for line in (*view.lines, view.advice) if line not in _read(before))
    return _say(after, news, at_once=False) if news else None


def _read(view: View) -> tuple[str, ...]:
    return (*view.lines, view.advice, "")


def _help(words: NullTranslations) -> str:
    return words.gettext(
        "This kiosk speaks. The keys down and up lead you through the screen, the round key chooses. "
        "The key to the left goes back. The help key says everything again."
    )


def _farewell(words: NullTranslations) -> str:
    return words.gettext("Goodbye. To begin again, press any key.")


def _screen(view: View, words: NullTranslations) -> tuple[str, ...]:
    """Return all that is to be read on a screen, and how much there is to choose from."""
    number = number_for_the_ear(view.number, view.language)
    facts = (f"{fact.label}: {for_the_ear(words, fact.said or fact.value)}." for fact in view.facts)
    invitation = f"{view.invitation.label}: {view.invitation.value}." if view.invitation.value else ""
    return (
        f"{view.heading}: {number}." if number else _sentence(view.heading),
        _typed(view, words) if view.typed else "",
        invitation,
        *(_sentence(for_the_ear(words, line)) for line in view.lines),
        *facts,
        view.advice,
        *map(_sentence, view.said),
        _how_many(view, words),
    )


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".?!…:" else f"{text}."


def _how_many(view: View, words: NullTranslations) -> str:
    """Return how many things there are to choose from, and on which page of them the resident is."""
    if not view.choices:
        return ""
    count = len(view.choices)
    said = words.ngettext("%d thing to choose from.", "%d things to choose from.", count) % count
    page, pages = view.page
    if pages == 1:
        return said
    return said + " " + words.gettext("Page %(at)d of %(all)d.") % {"at": page, "all": pages}


def _thing(seen: Seen) -> Button | Choice | None:
    return next((thing for thing in things(seen.view) if thing.name == seen.view.focus), None)


def _stop(seen: Seen, words: NullTranslations) -> tuple[str | Part, ...]:
    """Return what the keypad stands on, and where that is among the choices."""
    thing, view = _thing(seen), seen.view
    if thing is None:
        return ()
    if isinstance(thing, Choice):
        at = [choice.name for choice in view.choices].index(thing.name) + 1
        place = words.gettext("%(at)d of %(all)d") % {"at": at, "all": len(view.choices)}
        said = (thing.title, thing.note, thing.said or thing.detail)
        text = ". ".join(for_the_ear(words, part) for part in said if part)
        return (_in_its_language(thing.name, f"{text}.", view), f"{place}.")
    chosen = words.gettext("chosen") if thing.chosen else ""
    return (_in_its_language(thing.name, thing.said or thing.words, view), chosen)


def _in_its_language(name: str, text: str, view: View) -> Part:
    """Return words with the language that they are in: each language calls itself by its own name."""
    kind, _, code = name.partition(":")
    return Part(code if kind == "language" else view.language, text)
