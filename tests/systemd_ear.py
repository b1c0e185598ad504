"""Systemd's end of a notification socket: what a program says of itself, as it would reach systemd."""

import socket
import time


class SystemdEar:
    """A real datagram socket, in a folder or in the abstract name space; collects the lines that it hears."""

    def __init__(self, address):
        self.address = address
        self.lines = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address.replace("@", "\0", 1))

    def listen(self, seconds):
        """Return the lines of the next datagram; none if none comes within these seconds."""
        self._socket.settimeout(max(seconds, 0.001))
        try:
            heard = self._socket.recv(4096).decode().split("\n")
        except (TimeoutError, BlockingIOError):
            return []
        self.lines += heard
        return heard

    def hears(self, line, timeout_s=60.0):
        """Whether a line with this beginning is heard, or was."""
        until = time.monotonic() + timeout_s
        while not any(said.startswith(line) for said in self.lines):
            if time.monotonic() > until:
                return False
            self.listen(until - time.monotonic())
        return True

    def forget(self):
        """Forget what was said until now."""
        while self.listen(0):
            pass
        self.lines.clear()

    def close(self):
        self._socket.close()
