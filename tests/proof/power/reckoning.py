"""What is there after a power cut, and whether the hall goes on as if nothing had been."""

import json
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from broker.domain.commands import CallNext, EndDay, IssueTicket, OpenDesk, StartDay
from broker.domain.events import TicketEvent
from broker.domain.hall import Hall
from broker.domain.office_file import office_from_toml
from broker.store.database import open_database
from broker.store.log import Entry, EventLog, key
from broker.store.verification import verified
from tests.proof.busy_office import DESKS, MATTERS

from .promises import rows

ASKED_AGAIN = 20
SOMETIME = "2026-11-23T09:30:00+01:00"
A_MOMENT = timedelta(seconds=1)


@dataclass
class Found:
    """What one cut did: promises and tickets that are not in the log, numbers given out twice."""

    promised: int = 0
    tickets: int = 0
    lost: int = 0
    lost_tickets: int = 0
    doubled: int = 0
    start_s: float = 0.0


def lay_out(folder, files, chance):
    """Put the files of a disk after a cut into a new folder, beside an index of the write-ahead log that is rubbish."""
    folder.mkdir(parents=True)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    index = chance.choice((None, b"", bytes(32768), chance.randbytes(32768), chance.randbytes(chance.randrange(32768))))
    if index is not None:
        (folder / "hall.db-shm").write_bytes(index)


def moment_after(events):
    """Return a moment after everything that a log tells of."""
    at = json.loads(events[-1]["data"])["at"] if events else SOMETIME
    return datetime.fromisoformat(at) + A_MOMENT


def reckon(database, office, promises, cut):
    """Start the broker's store and hall on what a cut has left, look, and let residents come; what was found."""
    promised = promises.by(cut.done)
    begun = time.perf_counter()
    with closing(open_database(f"sqlite:///{database}")) as connection:
        log = EventLog(connection)
        hall = Hall(office_from_toml(office, "office.toml")).after_all(log.today())
        start_s = time.perf_counter() - begun
        driver = connection.connection.driver_connection
        assert driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = compare(rows(database, "events"), promises, promised)
        found.start_s = start_s
        _check_tickets(driver, hall)
        if not found.lost:
            _check_answers(log, promised[-ASKED_AGAIN:])
        go_on(hall, log, moment_after(rows(database, "events")))
    found.doubled = numbers_given_twice(rows(database, "events"), promises, promised)
    if not found.lost:
        check_chain(database, promises, promised)
    return found


def check_chain(database, promises, promised):
    """`okienko-broker verify` calls the log whole, and finds in it the newest hash that anybody can have noted."""
    newest = max((promise.events for promise in promised), default=0)
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as driver:
        assert verified(driver, noted=promises.events[newest - 1]["hash"] if newest else None).broken is None


def compare(stored, promises, promised):
    """Compare a log with the one that it would have become, and with what had been promised of it."""
    assert stored == promises.events[: len(stored)], "what is there is what was stored, in that order, without a gap"
    return kept(len(stored), promises, promised)


def kept(events, promises, promised):
    """Return which promises a log keeps that has so many of the events that it should have."""
    broken = [promise for promise in promised if promise.events > events]
    return Found(
        promised=len(promised),
        tickets=sum(promises.issued(promise) for promise in promised),
        lost=len(broken),
        lost_tickets=sum(promises.issued(promise) for promise in broken),
    )


def go_on(hall, log, now):
    """Let a resident come for each matter, and a clerk call one; a new day begins where the old one is over."""
    commands = [EndDay(), StartDay()] if hall.is_over(now) else []
    commands += [IssueTicket(matter) for matter in MATTERS]
    desk = DESKS[0]
    for command in [*commands, OpenDesk(desk, f"desk-{desk}"), CallNext(desk, f"desk-{desk}")]:
        if events := hall.decide(command, now):
            hall = hall.after(*events)
            orders = dict.fromkeys(event.order for event in events if isinstance(event, TicketEvent))
            log.append([Entry(hall.day, events, tuple(hall.by_order(order) for order in orders))])


def numbers_given_twice(stored, promises, promised):
    """Return how many numbers of a day two residents hold: by the log, or by what the first was told before the cut."""
    issued = Counter((row["day"], _number(row)) for row in stored if row["kind"] == "TicketIssued")
    told = {(promises.day_of(promise), promise.number) for promise in promised if promises.issued(promise)}
    by_log = sum(count - 1 for count in issued.values())
    new = {(row["day"], _number(row)) for row in _after(stored, promises) if row["kind"] == "TicketIssued"}
    return by_log + len(new & told)


def _after(stored, promises):
    """Return what was stored after the cut."""
    known = {(row["client"], row["request_id"]) for row in promises.events if row["request_id"]}
    return [row for row in stored if (row["client"], row["request_id"]) not in known]


def _number(row):
    return json.loads(row["data"])["number"]


def _check_tickets(driver, hall):
    """The table of tickets is what the events say."""
    query = 'SELECT "order", number, status, desk FROM tickets WHERE day = ?'
    stored = driver.execute(query, (hall.day.isoformat(),)).fetchall()
    tickets = {**hall.open, **hall.ended}
    assert sorted(stored) == sorted((order, t.number, t.status.value, t.desk) for order, t in tickets.items())


def _check_answers(log, promised):
    """Whoever asks again hears the same bytes."""
    answers = {key(p.client, p.request_id): p.payload for p in promised if p.client and p.events}
    assert log.answers_to(answers) == answers
