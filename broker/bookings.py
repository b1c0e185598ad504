"""Finds the booked visit of a code, for who checks in, and stops who tries codes."""

from dataclasses import replace
from datetime import datetime

from broker.domain.commands import CheckIn, Command
from broker.domain.hall import Hall
from broker.guesses import Guesses
from broker.store.log import EventLog


class Bookings:
    """The booked visits as the service needs them; `expected` is whether there are any for today or later."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._guesses = Guesses()
        self.expected = False

    def look(self, hall: Hall) -> None:
        """Look whether visits are expected; StorageFailed if nobody can say."""
        self.expected = self._log.expects_visits(hall.day)

    def with_booking(self, command: Command, client: str, hall: Hall, now: datetime) -> Command:
        """Return a command with the visit that it is about, where it is about one; TooSoon for who guesses."""
        if not isinstance(command, CheckIn):
            return command
        self._guesses.check(client, now)
        booking = self._log.bookings.find(command.code)
        if booking is None and command.code not in hall.checked_in:
            self._guesses.wrong(client, now)
        return replace(command, booking=booking)
