"""How a printer is, asked in the way that its make understands."""

from typing import Literal, get_args

from kiosk.printing.replies import Kind
from kiosk.printing.status import (
    ASK_FULL,
    ASK_OFFLINE,
    ASK_PAPER,
    ASK_PRINTER,
    ASK_REPORTS,
    FINE,
    Trouble,
    full_troubles,
    reported_troubles,
    troubles,
)
from kiosk.printing.talk import Talk

# `epson`: DLE EOT, which most makes copy; `custom`: the full status of Custom's kiosk printers; `reports`: Epson's
# "automatic status back"; `auto`: the first of the first two that answers; `none`: it cannot answer at all.
Asking = Literal["auto", "epson", "custom", "reports", "none"]
WAYS: tuple[str, ...] = get_args(Asking)


def condition(talk: Talk, asking: Asking) -> tuple[Trouble, ...] | None:
    """Ask the printer how it is; None where it stays silent, or may not be asked."""
    if asking == "none" or not talk.link.two_way:
        return None
    if asking == "custom":
        return _full(talk)
    if asking == "reports":
        return _reports(talk)
    found = _epson(talk)
    # A printer that does not know this question passes over it: none of its bytes is a letter.
    return _full(talk) if found is None and asking == "auto" else found


def _epson(talk: Talk) -> tuple[Trouble, ...] | None:
    printer = talk.ask(ASK_PRINTER, Kind.STATUS)
    if printer is None:
        return None
    # A make that knows only some of the questions is taken to be well in the others.
    offline, paper = talk.ask(ASK_OFFLINE, Kind.STATUS), talk.ask(ASK_PAPER, Kind.STATUS)
    return troubles(printer[0], offline[0] if offline else FINE, paper[0] if paper else FINE)


def _full(talk: Talk) -> tuple[Trouble, ...] | None:
    full = talk.ask(ASK_FULL, Kind.FULL)
    return None if full is None else full_troubles(full)


def _reports(talk: Talk) -> tuple[Trouble, ...] | None:
    report = talk.ask(ASK_REPORTS, Kind.REPORT)
    return None if report is None else reported_troubles(report)
