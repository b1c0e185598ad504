"""The reason of a call in words, from its numbers."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Literal

from .grounds import Grounds

Language = Literal["pl", "en"]
LANGUAGES: tuple[Language, ...] = ("pl", "en")

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "pl": {
        "place": "miejsce {place}: wydany o {issued}",
        "booked": ", umówiony na {booked}",
        "missed": ", umówiony na {booked}, zgłoszony nie o czasie",
        "anchor": ", liczony od {anchor}",
        "head_start": ", pierwszeństwo {head_start} min",
        "handicap": ", zastępstwo {handicap} min",
        "next": "; następny w kolejce: {next}, miejsce {next_place}",
        "alone": "; w kolejce nikogo więcej",
        "auto": "; wezwany automatycznie: stanowisko {desk} było gotowe",
        "by_number": "poza kolejnością: stanowisko {desk} poprosiło o {number}",
    },
    "en": {
        "place": "place {place}: issued {issued}",
        "booked": ", booked for {booked}",
        "missed": ", booked for {booked} but not on time",
        "anchor": ", anchor {anchor}",
        "head_start": ", head start {head_start} min",
        "handicap": ", handicap {handicap} min",
        "next": "; next in line {next} at {next_place}",
        "alone": "; nobody else in line",
        "auto": "; called without a press: desk {desk} was ready",
        "by_number": "out of turn: desk {desk} asked for {number}",
    },
}


def in_words(grounds: Grounds, number: str, zone: tzinfo, language: Language) -> str:
    """Say why the ticket was called: `place 10:02: issued 10:17, head start 15 min; next in line B003 at 10:05`."""
    facts = {
        "number": number,
        "desk": grounds.desk,
        "place": _clock(grounds.place, zone),
        "issued": _clock(grounds.issued_at, zone),
        "anchor": _clock(grounds.anchor, zone),
        "booked": _clock(grounds.booked_at, zone),
        "head_start": grounds.head_start_minutes,
        "handicap": grounds.handicap_minutes,
        "next": grounds.next_number,
        "next_place": _clock(grounds.next_place, zone),
    }
    return "".join(_WORDS[language][part] for part in _parts(grounds)).format_map(facts)


def in_every_language(grounds: Grounds, number: str, zone: tzinfo) -> dict[str, str]:
    """Return the words by language."""
    return {language: in_words(grounds, number, zone, language) for language in LANGUAGES}


def _parts(grounds: Grounds) -> list[str]:
    """Return which words belong to these grounds, in their order."""
    if grounds.how == "by_number":
        return ["by_number"]
    anchor = grounds.anchor or grounds.issued_at
    wanted = {
        "place": True,
        "booked": grounds.booked_at == anchor,
        "missed": grounds.booked_at not in (None, anchor),
        "anchor": anchor not in (grounds.issued_at, grounds.booked_at),
        "head_start": grounds.head_start_minutes,
        "handicap": grounds.handicap_minutes,
        "next": grounds.next_number is not None,
        "alone": grounds.next_number is None,
        "auto": grounds.how == "auto",
    }
    return [part for part, is_wanted in wanted.items() if is_wanted]


def _clock(moment: datetime | None, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}" if moment else ""
