"""Printers on a TCP port, a pseudo-terminal or a named pipe: they take bytes and answer as an Epson would."""

import os
import select
import socket
import struct
import threading
import time
import tty
from contextlib import contextmanager, suppress

ONLINE = {1: 0x12, 2: 0x12, 4: 0x12}
COVER_OPEN = {1: 0x1A, 2: 0x16}
PAPER_OUT = {1: 0x1A, 2: 0x32, 4: 0x72}
PAPER_LOW = {4: 0x1E}
UNASKED_REPORT = bytes((0x14, 0x00, 0x00, 0x0F))  # "automatic status back", as some printers send on connecting


class Mechanism:
    """What answers inside a printer; `printed` is all that reached it without the questions."""

    def __init__(self, *, mute=False, answers=None, when_printed=0x00, greeting=b"", dies_after=None, deaf_after=None):
        self.received = b""
        self.last_byte_at = 0.0
        self.mute = mute
        self.answers = ONLINE | (answers or {})
        self.when_printed = when_printed
        self.greeting = greeting
        self.dies_after = dies_after  # bytes, then the line is cut
        self.deaf_after = deaf_after  # bytes, then it takes no more
        self._asked = 0

    @property
    def printed(self):
        return self.received[: self.received.rfind(b"\x1dV") + 3] if b"\x1dV" in self.received else self.received

    def take(self, data):
        """Take bytes; return what the printer says."""
        self.received += data
        self.last_byte_at = time.monotonic()
        if self.mute:
            return b""
        said = b""
        while self._asked < len(self.received):
            rest = self.received[self._asked :]
            if rest[:2] == b"\x10\x04" and len(rest) >= 3:
                said += bytes([self.answers[rest[2]]] if rest[2] in self.answers else [])
                self._asked += 3
            elif rest[:2] == b"\x1dr" and len(rest) >= 3:
                said += b"" if self.when_printed is None else bytes([self.when_printed])
                self._asked += 3
            elif rest[:1] in (b"\x10", b"\x1d") and len(rest) < 3:
                break
            else:
                self._asked += 1
        return said

    @property
    def finished(self):
        return self.dies_after is not None and len(self.received) >= self.dies_after

    @property
    def deaf(self):
        return self.deaf_after is not None and len(self.received) >= self.deaf_after


@contextmanager
def network_printer(mechanism):
    """Serve on a free port; give the option of the printer."""
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    server.bind(("127.0.0.1", 0))
    server.listen()
    stop = threading.Event()

    def serve():
        while not stop.is_set():
            if select.select([server], [], [], 0.05)[0]:
                with server.accept()[0] as connection, suppress(OSError):
                    _talk(connection, mechanism, stop)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"network:127.0.0.1:{server.getsockname()[1]}"
    finally:
        stop.set()
        thread.join()
        server.close()


def _talk(connection, mechanism, stop):
    connection.sendall(mechanism.greeting)
    while not stop.is_set():
        if mechanism.deaf or not select.select([connection], [], [], 0.05)[0]:
            stop.wait(0.02)
            continue
        data = connection.recv(256)
        if not data:
            return
        said = mechanism.take(data)
        if mechanism.finished:
            # The connection ends with a reset, as when the power fails.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        connection.sendall(said)


@contextmanager
def line_printer(mechanism, *, bytes_a_second=None):
    """Sit at the far end of a pseudo-terminal; give its path."""
    ours, theirs = os.openpty()
    tty.setraw(ours)
    stop = threading.Event()

    def serve():
        free_at = 0.0
        while not stop.is_set():
            if mechanism.deaf:
                stop.wait(0.005)
                continue
            if not select.select([ours], [], [], 0)[0]:
                if not select.select([ours], [], [], 0.05)[0]:
                    continue
                free_at = time.monotonic()  # the line was idle: it cannot make up for that
            data = os.read(ours, 16 if bytes_a_second else 4096)
            if bytes_a_second:
                free_at += len(data) / bytes_a_second
                time.sleep(max(0.0, free_at - time.monotonic()))
            if said := mechanism.take(data):
                os.write(ours, said)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield os.ttyname(theirs)
    finally:
        stop.set()
        thread.join()
        os.close(ours)
        os.close(theirs)
