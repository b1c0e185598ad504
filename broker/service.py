"""The imperative shell: request -> decide -> commit -> publish, in one thread that alone touches the hall.

Theory of operation. A turn reads every request that has arrived, decides them one after the other, and stores
what happened with one sync of the disk; only then does anybody hear of it. So an idle hall has one sync for each
request, and a busy one shares it among all that wait, without making anyone wait for company.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from broker.announcer import Announcer, looks_different, to_be_seen
from broker.answers import Unstored, refusal, worth_storing
from broker.bookings import Bookings
from broker.caretaker import Caretaker
from broker.contract import messages as m
from broker.contract import topics
from broker.contract.bus import Bus
from broker.day_change import DayChange, plausible
from broker.departed import Departed
from broker.domain.commands import Command
from broker.domain.events import Event, TicketEvent
from broker.domain.hall import Hall
from broker.domain.refusals import Refused
from broker.gate import Gate
from broker.inbox import Inbox
from broker.incoming import Incoming
from broker.problems import Problems
from broker.showing import Showing
from broker.store.devices import Devices
from broker.store.log import Entry, EventLog, StorageFailed
from broker.translate import View

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

MOST_AT_ONCE = 128
READ_MOST_S = 0.05  # of what is refused at the gate, until those who may come in are served
STATES_LATE_S = 0.03  # less than a blink: the wall first, what else has changed a moment later
CHORES_S = 5.0
COMMITS_TO_TIDY = 100
QUIET_S = 2.0
# A desk gives its request up after 3 s; the broker may wait half a second for the network without having stood still.
STOOD_STILL_S = 2.5


class Service:
    """The queue's one writer. `turn` is called for ever; `devices` says who may speak."""

    def __init__(
        self,
        hall: Hall,
        event_log: EventLog,
        bus: Bus,
        clock: Clock,
        devices: Callable[[], Devices],
        days: DayChange | None = None,
    ) -> None:
        self.hall = hall
        self._log = event_log
        self._bus = bus
        self._clock = clock
        self._days = days or DayChange(hall, event_log.days)
        self._read_devices = devices
        self._devices = devices()
        self._inbox = Inbox()
        self._unstored = Unstored()
        self._announcer = Announcer(lambda topic, payload: bus.publish(topic, payload, retain=True))
        self._states_due: float | None = None
        self._chores_at = 0.0
        self._last_request_at = self._listened_at = time.monotonic()
        self._stood_still = False
        self._bad_messages = 0
        self._faults = 0
        self._viewed = View(hall)
        self._problems = Problems(clock)
        self.caretaker = Caretaker(event_log, self._problems, hall.day, bus.tell_last_day)
        self._gate = Gate(bus, self._problems)
        self._showing = Showing()
        self._bookings = Bookings(event_log)
        bus.watch_raw(topics.ALL_REQUESTS, self._hear)
        self.health_listeners: list[Callable[[str, bytes], None]] = [self._showing.hear_health]
        bus.watch_raw(topics.ALL_HEALTH, self._gate.healths(self._hear_health))
        bus.watch_raw(topics.ALL_DESKS, Departed(bus, lambda: self.hall.office.desks).hear)
        bus.when_linked = self._linked

    def _hear_health(self, topic: str, payload: bytes) -> None:
        for hear in self.health_listeners:
            hear(topic, payload)

    # -- one turn --------------------------------------------------------------------------------------------

    def turn(self, timeout_s: float) -> None:
        """Wait at most `timeout_s` for requests, and carry out all that have arrived."""
        if self._states_due is not None:
            timeout_s = max(0.0, min(timeout_s, self._states_due - time.monotonic()))
        self._bus.run_once(timeout_s)
        until = time.monotonic() + READ_MOST_S
        while (more := self._bus.readable) and len(self._inbox) < MOST_AT_ONCE and time.monotonic() < until:
            self._bus.run_once(0)
        self._stood_still &= more
        self._listened_at = time.monotonic()
        if self._inbox:
            self._last_request_at = time.monotonic()
            self._serve(self._inbox.empty())
        if self._showing.look(self.hall, self._devices, time.monotonic()):
            self._states_due = 0.0
        if self._states_due is not None and time.monotonic() >= self._states_due:
            self._tell_everybody()
        if time.monotonic() >= self._chores_at:
            self._chores()

    def _hear(self, topic: str, payload: bytes) -> None:
        """Take a request in; a bad one is answered where it can be, and counted."""
        try:
            client, verb = topics.client_and_verb(topic)
        except ValueError as error:
            self._bad_messages += 1
            log.warning("request dropped: %s", error)
            return
        if not self._gate.admits(client, payload):
            return
        try:
            self._inbox.put(self._heard(client, verb, m.decode_request(verb, payload)))
        except m.BadMessage as error:
            self._bad_messages += 1
            log.warning("%s: bad %r request: %s", client, verb[:64], error)
            if error.request_id is not None:
                self._reply(client, refusal(error.request_id, "bad_request", str(error)))

    def _heard(self, client: str, verb: str, request: m.Request) -> Incoming:
        """Take note of a key that may be older than its desk's patience, since it came while the broker stood still."""
        self._stood_still |= time.monotonic() - self._listened_at > STOOD_STILL_S
        return Incoming(client, verb, request, self._stood_still and isinstance(request, m.DeskRequest))

    # -- carrying out ----------------------------------------------------------------------------------------

    def _serve(self, requests: Sequence[Incoming]) -> None:
        before = self.hall
        try:
            with self._log.transaction():
                answers, halls = self._carry_out(requests)
        except StorageFailed as error:
            self.hall = before
            self._storage_failed(str(error))
            for incoming in requests:
                # What was decided beside something that was not stored may be decided otherwise the next time.
                self._unstored.forget(incoming.key)
                self._reply(incoming.client, refusal(incoming.request.request_id, "storage_failed", str(error)))
            return
        self._problems.mended("storage")
        if looks_different(before, self.hall):
            for hall in to_be_seen(halls):
                self._announcer.board(View(hall))
            self._announcer.board(self._view())
            self._states_due = self._states_due or time.monotonic() + STATES_LATE_S
        for incoming, answer in zip(requests, answers, strict=True):
            self._reply(incoming.client, answer)

    def _carry_out(self, requests: Sequence[Incoming]) -> tuple[list[bytes], list[Hall]]:
        """Decide every request and store all of it; a repeated request gets its first answer.

        Return the answers, and the hall before the first request and after each that called somebody.
        """
        now = self._clock()
        entries = self._new_day(now)
        known = self._log.answers_to(incoming.key for incoming in requests)
        answers: list[bytes] = []
        halls = [self.hall]
        for incoming in requests:
            answer = known.get(incoming.key) or self._unstored.get(incoming.key)
            if answer is None and incoming.too_late:
                answer = refusal(incoming.request.request_id, "storage_failed", "the broker stood still; press again")
            elif answer is None:
                answer = known[incoming.key] = self._decide(incoming, now, entries)
            answers.append(answer)
            if self.hall.calls is not halls[-1].calls:
                halls.append(self.hall)
        if entries:
            self._log.append(entries)
        return answers, halls

    def _decide(self, incoming: Incoming, now: datetime, entries: list[Entry]) -> bytes:
        """Decide one request, put what happened on `entries`, and return the answer."""
        request_id = incoming.request.request_id
        before = self.hall
        try:
            incoming.check_sender(self._devices)
            asked = self._bookings.asked(incoming, self.hall, now)
            events = () if self._showing.hear(incoming.request) else self._apply(asked, now)
            answer = m.encode(self._accepted(incoming.request, events))
        except Refused as refused:
            answer = refusal(request_id, refused.code, str(refused), refused.facts)
            self._unstored.keep(incoming.key, answer)
            return answer
        except StorageFailed:
            raise
        except Exception:
            # A fault of ours must not stop the hall.
            self.hall = before
            self._faults += 1
            log.exception("%s: %s %r", incoming.client, incoming.verb, incoming.request)
            return refusal(request_id, "bad_request", "the broker failed on this request; see its log")
        if events:
            entries.append(self._entry(events, incoming.client, request_id, worth_storing(request_id, answer)))
        else:
            self._unstored.keep(incoming.key, answer)
        return answer

    def _apply(self, command: Command, now: datetime) -> tuple[Event, ...]:
        events = self.hall.decide(command, now)
        if events:
            self.hall = self.hall.after(*events)
        return events

    def _entry(
        self,
        events: tuple[Event, ...],
        client: str | None = None,
        request_id: str | None = None,
        answer: bytes | None = None,
    ) -> Entry:
        orders = dict.fromkeys(event.order for event in events if isinstance(event, TicketEvent))
        tickets = tuple(ticket for order in orders if (ticket := self.hall.by_order(order)))
        return Entry(self.hall.day, events, tickets, client, request_id, answer)

    def _new_day(self, now: datetime) -> list[Entry]:
        """Close the day that is over, if one is, and start the next."""
        rollover = (self._apply(command, plausible(now)) for command in self._days.commands(self.hall, now))
        return [self._entry(events) for events in rollover if events]

    # -- telling ---------------------------------------------------------------------------------------------

    def _accepted(self, request: m.Request, events: tuple[Event, ...]) -> m.Reply:
        view = self._view()
        desk = request.desk if isinstance(request, m.DeskRequest) else None
        ticket = self.hall.by_order(_meant(events, desk))
        return m.Reply(
            request.request_id,
            ok=True,
            ticket=view.ticket(ticket) if ticket else None,
            desk=view.desk(desk) if desk else None,
        )

    def _reply(self, client: str, answer: bytes) -> None:
        self._bus.publish(topics.reply(client), answer)

    def _tell_everybody(self) -> None:
        self._states_due = None
        self._announcer.everything(self._view(), self.hall, self._clock())

    def _view(self) -> View:
        """Return the hall in the contract's words; made once for each hall."""
        now = self._showing.unshown, self._bookings.expected
        if self._viewed.hall is not self.hall or (self._viewed.unshown, self._viewed.bookings) != now:
            self._viewed = View(self.hall, self._showing.unshown, bookings=self._bookings.expected)
        return self._viewed

    def _linked(self, linked: bool) -> None:  # noqa: FBT001
        log.info("MQTT server is %s", "there" if linked else "gone")
        if linked:
            self._announcer.forget()
            self._showing.forget_walls()
            self._states_due = 0.0

    # -- chores ----------------------------------------------------------------------------------------------

    def _chores(self) -> None:
        """Do what no request asks for: the new day, opening hours, newly registered devices, health, a tidy disk."""
        before = self.hall
        try:
            self._devices = self._read_devices()
            self._gate.look(self._devices)
            if entries := self._new_day(self._clock()):
                self._log.append(entries)
            before = self.hall
            self._bookings.look(before)
            if time.monotonic() - self._last_request_at > QUIET_S or self._log.is_untidy:
                self._log.tidy(at_least_commits=COMMITS_TO_TIDY)
        except StorageFailed as error:
            self.hall = before
            self._storage_failed(str(error))
        self._problems.tell("clock", self._days.problem(self.hall, self._clock()))
        self.caretaker.go_round(self.hall, self._clock(), time.monotonic() - self._last_request_at)
        self._chores_at = time.monotonic() + CHORES_S
        self._tell_everybody()
        counters = {
            "bad_messages": self._bad_messages + self._bus.bad_messages,
            "faults": self._faults + self._bus.faults,
        }
        self._bus.report(self._problems.all(), counters)

    def _storage_failed(self, detail: str) -> None:
        self.caretaker.storage_failed(detail)
        self._chores_at = 0.0  # so that health says so at once


def _meant(events: tuple[Event, ...], desk: str | None) -> int:
    """Return the order of the ticket that a request was about: not of one that went elsewhere because of it."""
    # Whatever a key did itself names its desk; a call to another desk, or a way back from a closed one, does not.
    tickets = (event for event in reversed(events) if isinstance(event, TicketEvent))
    return next((event.order for event in tickets if getattr(event, "desk", desk) == desk), 0)
