"""A ticket on its way to the printer, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from broker.contract.messages import Menu, Ticket
from kiosk.printing.extras import Extras
from kiosk.printing.layout import layout
from kiosk.printing.lines import Line
from kiosk.printing.status import Trouble

_NOTHING_MORE = Extras()


@dataclass(frozen=True)
class Job:
    """One ticket laid out; its bytes are made on the printer's thread."""

    number: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Result:
    """What became of a ticket, in plain words; `troubles` are what the printer complains of."""

    number: str
    result: Literal["printed", "failed"]
    detail: str | None = None
    troubles: tuple[Trouble, ...] = ()


def ticket_job(
    ticket: Ticket,
    menu: Menu,
    language: str,
    columns: int,
    extras: Extras = _NOTHING_MORE,
    again_at: datetime | None = None,
) -> Job:
    """Lay out `ticket` for a paper of `columns` letters, in the resident's `language`; `again_at`: a second time."""
    lines = layout(ticket, menu, language, columns=columns, extras=extras, again_at=again_at)
    return Job(ticket.number, lines)
