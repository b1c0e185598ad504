"""The line at a desk as a table: one row for each ticket, the earliest place first."""

from collections.abc import Iterator

from .policy import Place
from .voice import MINUTE, Voice

FIRST_IN_LINE = 10
_COLUMNS = ("number", "place", "anchor", "head_start", "handicap", "category")


def line_table(places: tuple[Place, ...], called: int, voice: Voice, *, whole: bool) -> Iterator[str]:
    """Yield the lines of the table, the row of the ticket with the order `called` marked.

    Unless the `whole` line is wanted, whoever stands far behind is counted and left out.
    """
    shown = [place for at, place in enumerate(places) if whole or at < FIRST_IN_LINE or place.ticket.order == called]
    rows = [tuple(map(voice.say, _COLUMNS)), *(_row(place, voice) for place in shown)]
    marks = [" ", *(">" if place.ticket.order == called else " " for place in shown)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for mark, row in zip(marks, rows, strict=True):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"{mark} {'  '.join(cells)}".rstrip()
    if len(shown) < len(places):
        yield "  " + voice.say("more", more=len(places) - len(shown))


def _row(place: Place, voice: Voice) -> tuple[str, ...]:
    ticket = place.ticket
    return (
        ticket.number,
        voice.clock(place.at),
        voice.clock(ticket.anchor),
        f"{place.head_start // MINUTE} min" if place.head_start else "-",
        f"{place.handicap // MINUTE} min" if place.handicap else "-",
        voice.category(ticket.category) + voice.sent_to(ticket.desk),
    )
