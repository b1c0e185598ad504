"""A ticket on its way to the printer, and what became of it."""

from dataclasses import dataclass
from typing import Literal

from broker.contract.messages import Menu, Ticket
from kiosk.printing.layout import layout
from kiosk.printing.lines import Line
from kiosk.printing.status import Trouble


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


def ticket_job(ticket: Ticket, menu: Menu, language: str, columns: int) -> Job:
    """Lay out `ticket` for a paper of `columns` letters, in the resident's `language`."""
    return Job(ticket.number, layout(ticket, menu, language, columns=columns))
