"""A whole printer on a TCP port: it decodes what it gets, prints it in its own time, and answers as real ones do.

What it is asked overtakes what it has to print; what it has not printed yet it keeps, also when the line is cut, and
goes on with as soon as it can. So a test can read from its paper what became of every ticket.
"""

import select
import socket
import struct
import threading
import time
from contextlib import contextmanager, suppress

from kiosk.printing.decoder import CutShort, NotEscPos, Reader
from kiosk.printing.paper import page_slots
from kiosk.printing.printed import Cut, PrintedQr
from tests.kiosk.printing.jobs import PROFILE

EVERYTHING = frozenset({"status", "printed", "reports", "full", "call off"})
CALL_OFF = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
ANSWERS = {b"\x10\x04\x01": "status", b"\x10\x04\x02": "status", b"\x10\x04\x04": "status", b"\x10\x04\x14": "full"}


class HallPrinter:
    """`slips` are what lies in the tray, cut; `hanging` is what still hangs from the printer.

    A test sets `paper` (fine, low, out), `cover_open`, `silent` (prints, but says nothing), `hung` (neither), `deaf`
    (takes no more bytes), `refusing` (takes no connection), `runs_out_after` so many more pieces of a ticket,
    `breaks_after` and `dies_after` so many more bytes (the line; the printer, which then takes no more and prints no
    more), `piece_s` that each piece takes.
    """

    def __init__(self, knows=EVERYTHING):
        self.knows = knows
        self.paper = "fine"
        self.cover_open = self.silent = self.hung = self.deaf = self.refusing = False
        self.runs_out_after = self.breaks_after = self.dies_after = None
        self.piece_s = 0.0
        self.slips = []
        self.hanging = []
        self.garbage = []
        self.talks = 0  # connections so far
        self._reader = Reader(b"", page_slots(PROFILE))
        self._unscanned = b""
        self._waits = False  # for the rest of a command
        self._reports = False
        self._reported = None
        self._free_at = 0.0

    @property
    def numbers(self):
        """The numbers on the tickets in the tray that came out whole, in order."""
        return [code.content.split()[0] for slip in self.slips for code in slip if isinstance(code, PrintedQr)]

    def is_idle(self):
        """Whether there is nothing that it could still print, or it cannot print."""
        return self._stopped or self._waits or self._reader.at >= len(self._reader.data)

    # -- what happens inside -------------------------------------------------------------------------------

    def take(self, data):
        """Take bytes; return what it says at once."""
        self._reader.data += data
        self._unscanned += data
        self._waits = False
        said = b""
        while (at := self._unscanned.find(b"\x10")) >= 0:
            self._unscanned = self._unscanned[at:]
            if self._unscanned.startswith(CALL_OFF):
                said += self._called_off()
                self._unscanned = self._unscanned[len(CALL_OFF) :]
            elif (question := self._unscanned[:3]) in ANSWERS:
                said += self._answer(question) if ANSWERS[question] in self.knows else b""
                self._unscanned = self._unscanned[3:]
            elif any(known.startswith(self._unscanned) for known in (CALL_OFF, *ANSWERS)):
                return said  # the rest of it is still on its way
            else:
                self._unscanned = self._unscanned[1:]
        self._unscanned = b""
        return said

    def work(self, now):
        """Print the next piece if it is time; return what it says about it."""
        said = b""
        while not self._stopped and now >= self._free_at and self._reader.at < len(self._reader.data):
            try:
                self._reader.step()
            except CutShort:
                self._waits = True
                break
            except NotEscPos as error:
                self.garbage.append(str(error))
                self._reader.at += 1
            for piece in self._reader.printed:
                self._put(piece)
                self._free_at = max(self._free_at, now) + self.piece_s
            for question in self._reader.asked:
                said += self._in_turn(question)
            self._reader.printed, self._reader.asked = [], []
        return said

    def report(self):
        """Return what it tells unasked, where it was told to."""
        news = self._report()
        if not self._reports or news == self._reported:
            return b""
        self._reported = news
        return news

    @property
    def _stopped(self):
        return self.hung or self.cover_open or self.paper == "out"

    def _put(self, piece):
        self.hanging.append(piece)
        if isinstance(piece, Cut):
            self.slips.append(tuple(self.hanging))
            self.hanging = []
        if self.runs_out_after is not None:
            self.runs_out_after -= 1
            if self.runs_out_after <= 0:
                self.runs_out_after, self.paper = None, "out"

    def _in_turn(self, question):
        if question == b"\x1dr\x01" and "printed" in self.knows:
            return bytes([{"fine": 0x00, "low": 0x03, "out": 0x0F}[self.paper]])
        if question[:2] == b"\x1da" and "reports" in self.knows:
            self._reports, self._reported = True, self._report()
            return self._reported
        return b""

    def _called_off(self):
        if "call off" not in self.knows:
            return b""
        self._reader = Reader(b"", page_slots(PROFILE))
        return b"\x37\x25\x00"

    def _answer(self, question):
        out, low = self.paper == "out", self.paper == "low"
        return {
            b"\x10\x04\x01": bytes([0x12 | 0x08 * (out or self.cover_open)]),
            b"\x10\x04\x02": bytes([0x12 | 0x04 * self.cover_open | 0x20 * out]),
            b"\x10\x04\x04": bytes([0x12 | 0x0C * (low or out) | 0x60 * out]),
            b"\x10\x04\x14": b"\x10\x0f" + bytes([0x01 * out | 0x04 * (low or out), 0x02 * self.cover_open, 0, 0]),
        }[question]

    def _report(self):
        out = self.paper == "out"
        first = 0x10 | 0x08 * (out or self.cover_open) | 0x20 * self.cover_open
        return bytes([first, 0, {"fine": 0, "low": 0x03, "out": 0x0F}[self.paper], 0])


@contextmanager
def in_the_hall(printer):
    """Let the printer stand on a port of its own; give the kiosk's option for it."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        address = reserved.getsockname()
    stop = threading.Event()
    listening = threading.Event()
    thread = threading.Thread(target=_live, args=(printer, address, stop, listening))
    thread.start()
    assert listening.wait(20)
    try:
        yield f"network:{address[0]}:{address[1]}"
    finally:
        stop.set()
        thread.join()


def _live(printer, address, stop, listening):
    server = connection = None
    while not stop.is_set():
        if printer.refusing and server:
            server.close()
            server = None
        elif not printer.refusing and not server:
            server = _server(address)
        listening.set()
        if connection is None and server and select.select([server], [], [], 0.005)[0]:
            connection = server.accept()[0]
            printer.talks += 1
        elif connection is None:
            stop.wait(0.005)
        connection = _turn(printer, connection)
    for open_socket in filter(None, (server, connection)):
        open_socket.close()


def _server(address):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    server.bind(address)
    server.listen()
    return server


def _turn(printer, connection):
    """Hear what came, print what is due, say what there is to say; return the connection while it lasts."""
    said = b""
    try:
        if connection and not printer.deaf and select.select([connection], [], [], 0.005)[0]:
            data = connection.recv(min(256, printer.dies_after or 256))
            if not data:
                connection.close()
                connection = None
            if printer.breaks_after is not None:
                data = data[: printer.breaks_after]
                printer.breaks_after -= len(data)
            if printer.dies_after is not None:
                printer.dies_after -= len(data)
                printer.deaf = printer.hung = not printer.dies_after
            said += printer.take(data)
        said += printer.work(time.monotonic())
        said += printer.report()
        if connection and said and not (printer.silent or printer.hung):
            connection.sendall(said)
    except OSError:
        connection.close()
        return None
    if connection and printer.breaks_after == 0:
        printer.breaks_after = None
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
        return None
    return connection
