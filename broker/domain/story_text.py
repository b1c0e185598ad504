"""A ticket's story as lines of text, in the office's own time."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from .events import Event, TicketCalled, TicketIssued, TicketPrinted, TicketTransferred
from .grounds import Grounds
from .office import Office, Text
from .policy import Place
from .reason import Language, in_words
from .review import Review, reviewed
from .story import Moment, Story, times_of
from .story_words import WORDS

FIRST_IN_LINE = 10
_INDENT = " " * 10
_MINUTE = timedelta(minutes=1)
_COLUMNS = ("number", "place", "anchor", "head_start", "handicap", "category")


@dataclass(frozen=True)
class Teller:
    """Tells stories of one office in one language; with `whole_lines`, of everybody in line and not of the first."""

    office: Office
    language: Language
    whole_lines: bool = False

    def lines(self, story: Story) -> Iterator[str]:
        """Tell a ticket's whole story, line by line."""
        yield self._heading(story)
        yield ""
        for moment in story.moments:
            yield f"{self._clock(moment.event.at)}  {self._what(moment)}"
            if isinstance(moment.event, TicketCalled):
                yield from self._why(moment, moment.event)
        times = times_of(story)
        yield ""
        spent = {"waiting": times.waiting, "walking": times.walking, "service": times.service}
        yield self._say("times", **{part: self._minutes(took) for part, took in spent.items()})

    def _heading(self, story: Story) -> str:
        words = story.ticket.number
        if story.namesakes > 1:
            words += self._say("namesakes", which=story.which, namesakes=story.namesakes)
        return f"{words} · {story.day.isoformat()} · {self._own(self.office.name)}"

    # -- what happened ---------------------------------------------------------------------------------------

    def _what(self, moment: Moment) -> str:
        event, kind = moment.event, type(moment.event).__name__
        facts = self._facts(event) | {"status": WORDS[self.language][moment.ticket.status]}
        if kind not in WORDS[self.language]:
            return self._say("unknown", kind=kind) + "".join(f", {name}: {fact}" for name, fact in facts.items())
        words = self._say(kind, **facts)
        if isinstance(event, TicketIssued):
            words += self._say("priority", **facts) if event.priority else ""
            words += self._say("booked", booked=self._clock(event.booked_at)) if event.booked_at else ""
        elif isinstance(event, TicketTransferred) and event.to_desk:
            words += self._say("to_desk", **facts)
        elif isinstance(event, TicketPrinted) and event.result != "printed":
            words = self._say("print_failed") + (f": {event.detail}" if event.detail else "")
        return words

    def _facts(self, event: Event) -> dict[str, object]:
        """Return what an event says beside its time and its ticket, with the names that the office gives to things."""
        named = {"at", "order", "number"}
        facts = {part.name: getattr(event, part.name) for part in fields(event) if part.name not in named}
        office = self.office
        for name, known in (
            ("desk", {desk.id: desk.label for desk in office.desks.values()}),
            ("to_desk", {desk.id: desk.label for desk in office.desks.values()}),
            ("category", {category.id: category.name for category in office.categories.values()}),
            ("priority", {priority.id: priority.name for priority in office.priorities.values()}),
        ):
            if (value := facts.get(name)) in known:
                facts[name] = self._own(known[value])
        if isinstance(event, TicketIssued):
            facts["head_start"] = office.head_start(event.priority) // _MINUTE
        return facts

    # -- why it was called -----------------------------------------------------------------------------------

    def _why(self, moment: Moment, call: TicketCalled) -> Iterator[str]:
        review = reviewed(moment, self.office)
        yield _INDENT + self._say("reason", reason=self._stored_reason(call, review))
        grounds = call.grounds or (review.grounds if review else None)
        if grounds is not None:
            yield _INDENT + self._sum(grounds)
        if review is None:
            yield _INDENT + self._say("no_desk", desk_id=call.desk)
            return
        if not review.agrees:
            yield _INDENT + self._say("changed", reason=self._reason(review.grounds, call.number))
        yield _INDENT + self._say("line" if review.agrees else "line_changed", total=len(review.places))
        yield from (_INDENT + line for line in self._table(review.places, call.order))

    def _stored_reason(self, call: TicketCalled, review: Review | None) -> str:
        if call.grounds is None:
            # Of the time when English words alone were kept.
            return self._reason(review.grounds, call.number) if review and review.agrees else call.reason
        return call.reason if self.language == "en" else self._reason(call.grounds, call.number)

    def _reason(self, grounds: Grounds, number: str) -> str:
        return in_words(grounds, number, self.office.time_zone, self.language)

    def _sum(self, grounds: Grounds) -> str:
        if grounds.place is None:
            return self._say("no_place")
        return self._say(
            "sum",
            anchor=self._clock(grounds.anchor or grounds.issued_at),
            head_start=grounds.head_start_minutes,
            handicap=grounds.handicap_minutes,
            place=self._clock(grounds.place),
        )

    def _table(self, places: tuple[Place, ...], called: int) -> Iterator[str]:
        """Yield the line as a table, the called one marked; who stands far behind is left out unless all are wanted."""
        shown = [
            place
            for at, place in enumerate(places)
            if self.whole_lines or at < FIRST_IN_LINE or place.ticket.order == called
        ]
        cells = [
            tuple(self._say(column) for column in _COLUMNS),
            *(self._cells(place) for place in shown),
        ]
        marks = [" ", *(">" if place.ticket.order == called else " " for place in shown)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for mark, row in zip(marks, cells, strict=True):
            padded = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            yield f"{mark} {padded}".rstrip()
        if len(shown) < len(places):
            yield "  " + self._say("more", more=len(places) - len(shown))

    def _cells(self, place: Place) -> tuple[str, ...]:
        ticket = place.ticket
        category = self.office.categories.get(ticket.category)
        return (
            ticket.number,
            self._clock(place.at),
            self._clock(ticket.anchor),
            f"{place.head_start // _MINUTE} min" if place.head_start else "-",
            f"{place.handicap // _MINUTE} min" if place.handicap else "-",
            self._own(category.name) if category else ticket.category,
        )

    # -- words -----------------------------------------------------------------------------------------------

    def _say(self, what: str, /, **facts: object) -> str:
        return WORDS[self.language][what].format_map(facts)

    def _own(self, text: Text) -> str:
        return text.get(self.language) or text[self.office.languages[0]]

    def _clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.office.time_zone):%H:%M:%S}"

    def _minutes(self, took: timedelta) -> str:
        return f"{took / _MINUTE:.1f}".replace(".", WORDS[self.language]["decimal"])
