"""Years of history in a database, made quickly: one real day, repeated under other dates."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from broker.domain import commands as c
from broker.domain.hall import Hall
from broker.domain.office_file import office_from_toml
from broker.settings import SAMPLE_OFFICE
from broker.store.database import open_database
from broker.store.log import Entry, EventLog

TICKETS_A_DAY = 500
SERVICE = timedelta(seconds=0.2)  # so that a whole day of today lies in the past, and in today
CATEGORIES = ("id-cards", "population", "vehicles", "drivers", "business")
DESKS = {"id-cards": "26", "population": "31", "vehicles": "p4", "drivers": "7", "business": "20"}


def make_history(path: Path, tickets: int, *, today: int) -> None:
    """Make a database with `tickets` tickets on past days and `today` tickets served and waiting today."""
    connection = open_database(f"sqlite:///{path}")
    log = EventLog(connection)
    office = office_from_toml(SAMPLE_OFFICE.read_text(), "sample")
    now = datetime.now(UTC)
    first = office.business_day(now) - timedelta(days=tickets // TICKETS_A_DAY + 10)
    _one_day(log, Hall(office), _morning(first), TICKETS_A_DAY)
    _repeat(connection.connection.driver_connection, first, tickets // TICKETS_A_DAY - 1)
    log = EventLog(connection)
    _one_day(log, Hall(office), now - 3 * today * SERVICE, today)
    log.tidy(at_least_commits=0)
    connection.close()


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def _one_day(log: EventLog, hall: Hall, now: datetime, tickets: int) -> None:
    """Let `tickets` residents come; all but the last fifty are served."""
    waiting_until_the_end = 50
    entries: list[Entry] = []

    def carry_out(command: c.Command) -> None:
        nonlocal hall
        events = hall.decide(command, now)
        hall = hall.after(*events)
        orders = dict.fromkeys(event.order for event in events if hasattr(event, "order"))
        changed = tuple(hall.open.get(order) or hall.ended[order] for order in orders)
        request_id = f"{now.date()}-{len(entries)}-{id(entries)}"
        entries.append(Entry(hall.day, events, changed, "bench", request_id, b"{}" * 150))

    carry_out(c.StartDay())
    for desk in DESKS.values():
        carry_out(c.OpenDesk(desk, "bench"))
    for came in range(tickets):
        category = CATEGORIES[came % len(CATEGORIES)]
        carry_out(c.IssueTicket(category))
        number = next(reversed(hall.open.values())).number
        carry_out(c.ReportPrint(number, "printed"))
        if came < tickets - waiting_until_the_end:
            now += SERVICE
            carry_out(c.CallNext(DESKS[category], "bench"))
            carry_out(c.StartService(DESKS[category], "bench"))
            now += SERVICE
            carry_out(c.FinishService(DESKS[category], "bench"))
    log.append(entries)


def _repeat(database: sqlite3.Connection, day: date, days: int) -> None:
    """Copy the one day of the database to the `days` days after it."""
    old = day.isoformat()
    count = database.execute("SELECT max(seq) FROM events").fetchone()[0]
    columns = [row[1] for row in database.execute("PRAGMA table_info(tickets)")][1:]
    moved = ", ".join(f"replace({c}, :old, :new)" if c.endswith("_at") else f'"{c}"' for c in columns)
    database.execute("BEGIN")
    for number in range(1, days + 1):
        where = {"old": old, "new": (day + timedelta(days=number)).isoformat(), "shift": count * number, "count": count}
        database.execute(
            "INSERT INTO events SELECT seq + :shift, :new, kind, replace(data, :old, :new), client, request_id, NULL "
            "FROM events WHERE seq <= :count",
            where,
        )
        database.execute("INSERT INTO days SELECT :new, first_seq + :shift FROM days WHERE day = :old", where)
        database.execute(f"INSERT INTO tickets SELECT :new, {moved} FROM tickets WHERE day = :old", where)
    database.execute("INSERT INTO chain_start SELECT max(seq), zeroblob(32), 'upgrade', :now FROM events", {"now": old})
    database.execute("COMMIT")
