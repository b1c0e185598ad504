"""A talk with a printer over an open link: questions, and the replies among all that it says."""

import time

from kiosk.printing.link import Link
from kiosk.printing.replies import Kind, Reply, replies


class Talk:
    """Keeps what the printer said until it is asked for; every wait has an end."""

    def __init__(self, link: Link, answer_s: float) -> None:
        self.link = link
        self._answer_s = answer_s
        self._rest = b""
        self._heard: list[Reply] = []

    def ask(self, question: bytes, kind: Kind) -> bytes | None:
        """Put a question; return its reply, None where none comes."""
        self._heard = [reply for reply in self._heard if reply.kind is not kind]
        self.link.write(question, time.monotonic() + self._answer_s)
        reply = self.wait((kind,), self._answer_s)
        return reply.body if reply else None

    def wait(self, kinds: tuple[Kind, ...], within_s: float) -> Reply | None:
        """Return the next reply of one of `kinds`, None where none comes within `within_s`."""
        until = time.monotonic() + within_s
        while True:
            for reply in self._heard:
                if reply.kind in kinds:
                    self._heard.remove(reply)
                    return reply
            received = self.link.read(until)
            heard, self._rest = replies(self._rest + received)
            self._heard.extend(heard)
            if not heard and (time.monotonic() >= until or not self.link.two_way):
                return None
