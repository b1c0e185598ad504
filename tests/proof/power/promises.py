"""What the broker had promised by an instant: whatever it had said by then must be in the log ever after."""

import json
import sqlite3
from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass

from broker.contract import topics


@dataclass(frozen=True)
class Promise:
    """An answer or a board that left the broker; whoever heard it relies on the first `events` events of the log."""

    left: int
    events: int
    client: str | None
    request_id: str | None
    payload: bytes

    @property
    def number(self):
        """Return the ticket's number where the answer tells of one."""
        return (json.loads(self.payload).get("ticket") or {}).get("number") if self.client else None


class Promises:
    """All that was said on a recorded day, beside the log as it was at its end; `earlier` are promises from before."""

    def __init__(self, day, earlier=()):
        self._earlier = list(earlier)
        self.events = rows(day.database, "events")
        self.requests = day.requests
        self._askers = {request_id: client for client, request_id, _ in day.heard}
        self._by_request, self._by_call = _stored(self.events)
        self._all = [promise for said in day.said if (promise := self._promise(said))]
        self._left = [promise.left for promise in self._all]

    @property
    def tickets(self):
        """Return how many tickets were issued on that day."""
        return sum(event["kind"] == "TicketIssued" for event in self.events)

    def by(self, done):
        """Return what had been promised when so many operations had been done."""
        return self._earlier + self._all[: bisect_right(self._left, done - 1)]

    def check(self):
        """Compare what was said with the log: an answer tells of a ticket that its own request moved."""
        for promise in self._all:
            if promise.events and promise.number:
                moved = [json.loads(event["data"]) for event in self._of(promise)]
                assert promise.number in {event.get("number") for event in moved}, promise

    def kiosk_of(self, request_id):
        """Return who asked."""
        return self._askers[request_id]

    def issued(self, promise):
        """Whether an answer gave a ticket to a resident."""
        return any(event["kind"] == "TicketIssued" for event in self._of(promise))

    def day_of(self, promise):
        """Return the business day whose ticket an answer tells of."""
        return self._of(promise)[-1]["day"]

    def _of(self, promise):
        return self._by_request.get((promise.client, promise.request_id), ())

    def _promise(self, said):
        if said.client is not None and said.told["ok"]:
            request = said.client, said.told["request_id"]
            events = max((event["seq"] for event in self._by_request.get(request, ())), default=0)
            return Promise(said.number, events, *request, said.payload)
        if said.topic == topics.BOARD:
            calls = [(said.told["day"], call["call"]) for call in said.told["calls"]]
            events = max((self._by_call[call] for call in calls), default=0)
            return Promise(said.number, events, None, None, said.payload)
        return None


def rows(database, table):
    """Return a table of a database that nobody writes to, its rows by column."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute(f"SELECT * FROM {table} ORDER BY 1, 2")]


def _stored(events):
    by_request, by_call = {}, {}
    for event in events:
        if event["request_id"]:
            by_request.setdefault((event["client"], event["request_id"]), []).append(event)
        if event["kind"] in ("TicketCalled", "TicketRecalled"):
            by_call[event["day"], json.loads(event["data"])["call"]] = event["seq"]
    return by_request, by_call
