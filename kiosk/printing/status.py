"""What a printer's answers about itself mean. Pure.

After Epson's ESC/POS reference, and the command reference of Custom's kiosk printers for their full status.
"""

from dataclasses import dataclass

ASK_PRINTER, ASK_OFFLINE, ASK_PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
ASK_FULL = b"\x10\x04\x14"  # Custom's
ASK_REPORTS = b"\x1da\x0e"  # tells at once, and again whenever something changes
ASK_WHEN_PRINTED = b"\x1dr\x01"  # waits its turn behind the ticket, where the others overtake it
CALL_OFF = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # forget all that was sent; overtakes it too

FINE = 0x12


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong with the printer; `stops` where no ticket can be printed."""

    code: str
    detail: str
    stops: bool = True


PAPER_OUT = Trouble("paper_out", "paper out")
PAPER_LOW = Trouble("paper_low", "paper low", stops=False)
COVER_OPEN = Trouble("cover_open", "cover open")
PAPER_JAM = Trouble("paper_jam", "paper jam")
PRINTER_ERROR = Trouble("printer_error", "printer error (cutter or paper jam)")
OFFLINE = Trouble("printer_offline", "printer offline")
SILENT = Trouble(
    "printer_silent", 'the printer does not answer; one that never can needs printer_status = "none" in kiosk.toml'
)


def troubles(printer: int, offline: int, paper: int) -> tuple[Trouble, ...]:
    """Read the answers to ASK_PRINTER, ASK_OFFLINE and ASK_PAPER."""
    return _found(
        cover=offline & 0x04,
        out=paper & 0x60 or offline & 0x20,
        low=paper & 0x0C,
        error=offline & 0x40,
        offline=printer & 0x08,
    )


def reported_troubles(report: bytes) -> tuple[Trouble, ...]:
    """Read the four bytes of a report that the printer sends when something changes."""
    return _found(
        cover=report[0] & 0x20,
        out=report[2] & 0x0C,
        low=report[2] & 0x03,
        error=report[1] & 0x6C,
        offline=report[0] & 0x08,
    )


def full_troubles(full: bytes) -> tuple[Trouble, ...]:
    """Read the four bytes of Custom's full status: paper, user, errors that pass, errors that stay."""
    paper, user, passing, staying = full
    return _found(
        cover=user & 0x03 or staying & 0x02,
        out=paper & 0x01,
        low=paper & 0x44,
        jam=passing & 0x40,
        error=passing & 0x8B or staying & 0x8D,
    )


def paper_troubles(printed: int) -> tuple[Trouble, ...]:
    """Read the answer to ASK_WHEN_PRINTED."""
    return _found(out=printed & 0x0C, low=printed & 0x03)


def details(found: tuple[Trouble, ...]) -> str | None:
    """Say them all in one line; None where nothing is wrong."""
    return ", ".join(each.detail for each in found) or None


def _found(
    *, cover: int = 0, out: int = 0, low: int = 0, jam: int = 0, error: int = 0, offline: int = 0
) -> tuple[Trouble, ...]:
    said = (
        (cover, COVER_OPEN),
        (out, PAPER_OUT),
        (low and not out, PAPER_LOW),
        (jam, PAPER_JAM),
        (error, PRINTER_ERROR),
    )
    found = tuple(trouble for told, trouble in said if told)
    # Offline is what all the others lead to; alone it still has to be told.
    alone = offline and not any(each.stops for each in found)
    return (*found, OFFLINE) if alone else found
