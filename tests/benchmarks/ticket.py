"""The paper ticket: how many bytes, how much work, and how soon its last byte is at the printer."""

import time
from statistics import median

from kiosk.printing.delivery import Patience
from kiosk.printing.drawing import drawn
from kiosk.printing.escpos_library import escpos
from kiosk.printing.job import ticket_job
from kiosk.printing.layout import layout
from kiosk.printing.lines import Gap, Line, Qr, Text
from kiosk.printing.paper import Paper, paper
from kiosk.printing.printers import printer_from_option
from kiosk.printing.ticket_bytes import ticket_bytes
from tests.benchmarks.figure import Figure
from tests.builders import menu, ticket
from tests.kiosk.printing.fake_printer import Mechanism, line_printer

PROFILE = "TM-T20II"
BYTES_A_SECOND = 11_520  # 115200 baud
ROUNDS = 200
DRAWN_ROUNDS = 40
PRESSES = 15


def figures() -> list[Figure]:
    """Take every figure of the ticket."""
    sheet = paper(PROFILE)
    office = menu()
    lines = layout(ticket(), office, "pl", columns=sheet.columns)
    drawn_sheet = paper(PROFILE, raster=True)
    return [
        Figure(
            "ticket bytes", len(ticket_bytes(lines, sheet)), 350, "bytes of a Polish text ticket with a native QR code"
        ),
        Figure(
            "ticket text CPU",
            _ratio(lambda: ticket_bytes(lines, sheet), lambda: _automatic(lines, sheet), ROUNDS),
            0.25,
            "CPU of a ticket in a fixed code page / the same in python-escpos' automatic ones",
        ),
        Figure(
            "ticket raster CPU",
            _ratio(lambda: ticket_bytes(lines, drawn_sheet), lambda: _pictures(lines, drawn_sheet), DRAWN_ROUNDS),
            1.4,
            "CPU of a ticket drawn and made into bytes / its drawing alone",
        ),
        Figure(
            "ticket press to last byte",
            _press_to_last_byte(),
            1.15,
            "time on a paced 115200 baud line / its bytes there",
        ),
    ]


def _ratio(one, other, rounds: int) -> float:
    """Return the median CPU time of `one` over that of `other`, run by turns."""
    one()
    other()
    times = ([], [])
    for _ in range(rounds):
        for work, taken in zip((one, other), times, strict=True):
            started = time.process_time_ns()
            work()
            taken.append(time.process_time_ns() - started)
    return median(times[0]) / median(times[1])


def _automatic(lines: tuple[Line, ...], sheet: Paper) -> bytes:
    """Print the ticket as the library does it by itself: it looks for a code page for every letter."""
    printer = escpos().Dummy(profile=sheet.profile)
    printer.hw("INIT")
    printer.set(align="center")
    style = (1, False)
    for line in lines:
        if isinstance(line, Gap):
            printer.text("\n" * line.lines)
        elif isinstance(line, Qr):
            printer.qr(line.content, ec=1, size=6, native=True)
        else:
            if style != (line.scale, line.bold):
                style = (line.scale, line.bold)
                printer.set(custom_size=True, width=line.scale, height=line.scale, bold=line.bold)
            printer.text(line.words + "\n")
    printer.cut()
    return printer.output


def _pictures(lines: tuple[Line, ...], sheet: Paper) -> list:
    return [drawn(line, sheet) for line in lines if isinstance(line, Text | Qr)]


def _press_to_last_byte() -> float:
    """Lay out, make, and send a ticket; what the line itself needs for every byte is the theory."""
    sheet = paper(PROFILE)
    office = menu()
    ratios = []
    mechanism = Mechanism()
    with line_printer(mechanism, bytes_a_second=BYTES_A_SECOND) as path:
        printer = printer_from_option(f"serial:{path}", profile=PROFILE, patience=Patience(answer_s=5))
        for number in range(PRESSES):
            before = len(mechanism.received)
            pressed = time.monotonic()
            result = printer.print(ticket_job(ticket(f"D{number:03}"), office, "pl", sheet.columns))
            assert result.result == "printed", result.detail
            theory = (len(mechanism.received) - before) / BYTES_A_SECOND
            ratios.append((mechanism.last_byte_at - pressed) / theory)
    return median(ratios)
