"""A ticket's story as lines of text, in the office's own time."""

from collections.abc import Iterator
from dataclasses import fields

from .events import Event, TicketCalled, TicketIssued, TicketPrinted, TicketTransferred
from .grounds import Grounds
from .line_table import line_table
from .review import Review, reviewed
from .story import Moment, Story, Times, times_of
from .ticket import Status
from .voice import MINUTE, Voice

_INDENT = " " * 10
# What every line says already: when, and of which ticket.
_SAID = {"at", "order", "number"}


def told(story: Story, voice: Voice, *, whole_lines: bool = False) -> Iterator[str]:
    """Tell a ticket's whole story, line by line; with `whole_lines`, of everybody in line and not of the first few."""
    yield _heading(story, voice)
    yield ""
    for moment in story.moments:
        yield f"{voice.clock(moment.event.at)}  {_what(moment, voice)}"
        if isinstance(moment.event, TicketCalled):
            why = _why(moment, moment.event, voice, whole_lines=whole_lines)
            yield from (_INDENT + line for line in why)
    yield ""
    yield voice.say("state", status=voice.say(story.ticket.status))
    times = times_of(story)
    # Of who waits still, the log does not know how long.
    if times != Times() and story.ticket.status is not Status.WAITING:
        parts = {"waiting": times.waiting, "walking": times.walking, "service": times.service}
        yield voice.say("times", **{part: voice.minutes(took) for part, took in parts.items()})


def _heading(story: Story, voice: Voice) -> str:
    number = story.ticket.number
    if story.namesakes > 1:
        number += voice.say("namesakes", which=story.which, namesakes=story.namesakes)
    return f"{number} · {story.day.isoformat()} · {voice.own(voice.office.name)}"


# -- what happened -----------------------------------------------------------------------------------------------------


def _what(moment: Moment, voice: Voice) -> str:
    event, kind = moment.event, type(moment.event).__name__
    facts = _facts(event, voice)
    if not voice.knows(kind):
        return voice.say("unknown", kind=kind) + "".join(f", {name}: {fact}" for name, fact in facts.items())
    words = voice.say(kind, **facts, status=voice.say(moment.ticket.status))
    if isinstance(event, TicketIssued):
        head_start = voice.office.head_start(event.priority) // MINUTE
        words += voice.say("priority", **facts, head_start=head_start) if event.priority else ""
        words += voice.say("booked", booked=voice.clock(event.booked_at)) if event.booked_at else ""
    elif isinstance(event, TicketTransferred):
        words += voice.sent_to(event.to_desk)
    elif isinstance(event, TicketPrinted) and event.result != "printed":
        words = voice.say("print_failed") + (f": {event.detail}" if event.detail else "")
    return words


def _facts(event: Event, voice: Voice) -> dict[str, object]:
    """Return all that an event says of its own, with the names that the office gives to things."""
    names = {"desk": voice.desk, "to_desk": voice.desk, "category": voice.category, "priority": voice.priority}
    facts = {part.name: getattr(event, part.name) for part in fields(event) if part.name not in _SAID}
    return {name: names[name](fact) if fact and name in names else fact for name, fact in facts.items()}


# -- why it was called -------------------------------------------------------------------------------------------------


def _why(moment: Moment, call: TicketCalled, voice: Voice, *, whole_lines: bool) -> Iterator[str]:
    review = reviewed(moment, voice.office)
    yield voice.say("reason", reason=_stored_reason(call, review, voice))
    grounds = call.grounds or (review.grounds if review else None)
    if grounds is not None:
        yield _in_numbers(grounds, voice)
    if review is None:
        yield voice.say("no_desk", desk_id=call.desk)
        return
    if not review.agrees:
        yield voice.say("changed", reason=voice.reason(review.grounds, call.number))
    yield voice.say("line" if review.agrees else "line_changed", total=len(review.places))
    yield from line_table(review.places, call.order, voice, whole=whole_lines)


def _stored_reason(call: TicketCalled, review: Review | None, voice: Voice) -> str:
    """Return the reason as it was stored; of the time when English words alone were kept, those if need be."""
    if voice.language == "en":
        return call.reason
    if call.grounds is not None:
        return voice.reason(call.grounds, call.number)
    return voice.reason(review.grounds, call.number) if review and review.agrees else call.reason


def _in_numbers(grounds: Grounds, voice: Voice) -> str:
    if grounds.place is None:
        return voice.say("no_place")
    return voice.say(
        "sum",
        anchor=voice.clock(grounds.anchor or grounds.issued_at),
        head_start=grounds.head_start_minutes,
        handicap=grounds.handicap_minutes,
        place=voice.clock(grounds.place),
    )
