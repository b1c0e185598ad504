"""Finds the booked visit of a code, for who checks in, and stops who tries codes."""

from dataclasses import replace
from datetime import datetime

from broker.domain.commands import CheckIn, Command
from broker.domain.hall import Hall
from broker.guesses import Guesses
from broker.incoming import Incoming
from broker.store.log import EventLog, failing_as_storage
from broker.translate import command


class Bookings:
    """The booked visits as the service needs them; `expected` is whether there are any for today or later."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._guesses = Guesses()
        self.expected = False

    def look(self, hall: Hall) -> None:
        """Look whether visits are expected; StorageFailed if nobody can say."""
        self.expected = self._log.expects_visits(hall.day)

    def asked(self, incoming: Incoming, hall: Hall, now: datetime) -> Command:
        """Return what a request asks for, with the visit where it is about one; TooSoon or StorageFailed where not."""
        asked = command(incoming.client, incoming.verb, incoming.request)
        if not isinstance(asked, CheckIn):
            return asked
        self._guesses.check(incoming.client, now)
        with failing_as_storage():
            booking = self._log.bookings.find(asked.code)
        if booking is None and asked.code not in hall.checked_in:
            self._guesses.wrong(incoming.client, now)
        return replace(asked, booking=booking)
