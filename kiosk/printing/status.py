"""A printer's answers about itself, read from whatever else it may say. Pure.

After Epson's ESC/POS reference: each kind of answer has fixed bits, so that an unasked report (four bytes,
"automatic status back") is not taken for an answer.
"""

from dataclasses import dataclass

ASK_PRINTER, ASK_OFFLINE, ASK_PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
ASK_WHEN_PRINTED = b"\x1dr\x01"  # waits its turn behind the ticket, where the others overtake it

_UNASKED_BYTES = 4


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong with the printer; `stops` where no ticket can be printed."""

    code: str
    detail: str
    stops: bool = True


PAPER_OUT = Trouble("paper_out", "paper out")
PAPER_LOW = Trouble("paper_low", "paper low", stops=False)
COVER_OPEN = Trouble("cover_open", "cover open")
PRINTER_ERROR = Trouble("printer_error", "printer error (cutter or paper jam)")
OFFLINE = Trouble("printer_offline", "printer offline")
SILENT = Trouble("printer_silent", "the printer does not answer", stops=False)


def answer(received: bytes) -> int | None:
    """Find the first answer to DLE EOT in what was received."""
    return _first(received, mask=0x93, fixed=0x12)


def printed_answer(received: bytes) -> int | None:
    """Find the answer to GS r, which comes only after all that was sent before it."""
    return _first(received, mask=0x90, fixed=0x00)


def _first(received: bytes, mask: int, fixed: int) -> int | None:
    at = 0
    while at < len(received):
        if received[at] & 0x93 == 0x10:  # noqa: PLR2004 - the first of an unasked report
            at += _UNASKED_BYTES
        elif received[at] & mask == fixed:
            return received[at]
        else:
            at += 1
    return None


def troubles(printer: int, offline: int, paper: int) -> tuple[Trouble, ...]:
    """Read the answers to ASK_PRINTER, ASK_OFFLINE and ASK_PAPER."""
    found = []
    if offline & 0x04:
        found.append(COVER_OPEN)
    if paper & 0x60 or offline & 0x20:
        found.append(PAPER_OUT)
    elif paper & 0x0C:
        found.append(PAPER_LOW)
    if offline & 0x40:
        found.append(PRINTER_ERROR)
    if printer & 0x08 and not any(each.stops for each in found):
        found.append(OFFLINE)
    return tuple(found)


def paper_troubles(printed: int) -> tuple[Trouble, ...]:
    """Read the answer to ASK_WHEN_PRINTED."""
    if printed & 0x0C:
        return (PAPER_OUT,)
    return (PAPER_LOW,) if printed & 0x03 else ()
