"""One open way to a printer: a file descriptor, and a deadline on everything that is done with it."""

import array
import contextlib
import errno
import fcntl
import os
import select
import termios
import time
from collections.abc import Callable

_CHUNK = 4096
_LOOK_EVERY_S = 0.005


class Unprinted(Exception):
    """A ticket that did not come out, or not for certain; the message is why, in plain words."""


class Link:
    """Bytes to and from a printer over `descriptor`, which must not block.

    `two_way` where the printer can answer; `quiet_reads` where reading nothing means nothing to say, and not the
    end; `byte_s` is what each byte takes on the line; `abort` closes and forgets what has not left yet, where
    `close` would not. `taken` counts the bytes that the system took.
    """

    def __init__(
        self,
        descriptor: int,
        close: Callable[[], None],
        *,
        two_way: bool = True,
        quiet_reads: bool = False,
        byte_s: float = 0.0,
        abort: Callable[[], None] | None = None,
    ) -> None:
        self._descriptor = descriptor
        self._close = close
        self._abort = abort or close
        self.taken = 0
        self.two_way = two_way
        self._quiet_reads = quiet_reads
        self.byte_s = byte_s

    def write(self, data: bytes, until: float) -> None:
        """Send all of `data` before the monotonic time `until`; Unprinted where the printer does not take it."""
        rest = memoryview(data)
        while rest:
            if not self._ready(select.POLLOUT, until):
                raise Unprinted(f"took too long: the printer took {len(data) - len(rest)} of {len(data)} bytes")
            try:
                count = os.write(self._descriptor, rest[:_CHUNK])
                self.taken += count
                rest = rest[count:]
            except BlockingIOError:
                time.sleep(_LOOK_EVERY_S)
            except OSError as error:
                raise Unprinted(plainly(error)) from error

    def read(self, until: float) -> bytes:
        """Return what the printer says next, nothing at `until`; Unprinted where the connection is gone."""
        if not self.two_way or not self._ready(select.POLLIN, until):
            return b""
        try:
            received = os.read(self._descriptor, _CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            if error.errno == errno.EINVAL:
                self.two_way = False  # a printer port that only listens
                return b""
            raise Unprinted(plainly(error)) from error
        if not received:
            if not self._quiet_reads:
                raise Unprinted("disconnected")
            time.sleep(_LOOK_EVERY_S)
        return received

    def discard(self) -> None:
        """Throw away what the printer said before it was asked."""
        while self.read(0):
            pass

    def drained(self, until: float) -> bool:
        """Wait until the system has passed everything on, as far as this kind of connection can tell."""
        waiting = array.array("i", [0])
        while True:
            try:
                fcntl.ioctl(self._descriptor, termios.TIOCOUTQ, waiting)
            except OSError:
                return True
            if not waiting[0]:
                return True
            if time.monotonic() >= until:
                return False
            time.sleep(_LOOK_EVERY_S)

    def close(self) -> None:
        """Close what has been delivered."""
        # A network connection closed over unread answers is reset, and the ticket lost with it.
        with contextlib.suppress(Unprinted):
            self.discard()
        with contextlib.suppress(OSError):  # unplugged: closing fails too, and nothing is left to close
            self._close()

    def abandon(self) -> None:
        """Close at once, and send nothing more.

        A serial line would wait half a minute for a printer that is stuck, and a network connection would bring it the
        rest of a ticket long after the kiosk has given it up.
        """
        with contextlib.suppress(termios.error):  # not a serial line
            termios.tcflush(self._descriptor, termios.TCOFLUSH)
        with contextlib.suppress(OSError):
            self._abort()

    def _ready(self, event: int, until: float) -> bool:
        poll = select.poll()
        poll.register(self._descriptor, event)
        found = poll.poll(max(0.0, until - time.monotonic()) * 1000)
        happened = found[0][1] if found else 0
        if happened & (select.POLLERR | select.POLLNVAL):
            raise Unprinted("disconnected")
        if happened & select.POLLHUP and not happened & select.POLLIN:
            raise Unprinted("disconnected")
        return bool(happened & event)


_PLAIN = {
    errno.ENOENT: "not connected",
    errno.ENODEV: "not connected",
    errno.ENXIO: "not connected",
    errno.EIO: "not connected",
    errno.EHOSTUNREACH: "not connected: no way to its address",
    errno.ENETUNREACH: "not connected: no way to its address",
    errno.ECONNREFUSED: "not connected: refused",
    errno.ETIMEDOUT: "not connected: no answer from its address",
    errno.ECONNRESET: "disconnected",
    errno.EPIPE: "disconnected",
    errno.EACCES: "no permission to use the printer",
    errno.EPERM: "no permission to use the printer",
    errno.EBUSY: "in use by another program",
    errno.EAGAIN: "in use by another program",
}


def plainly(error: OSError) -> str:
    """Say in plain words why a printer could not be reached."""
    if isinstance(error, TimeoutError):
        return _PLAIN[errno.ETIMEDOUT]
    return _PLAIN.get(error.errno or 0, f"not connected: {error}")
