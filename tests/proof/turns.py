"""Whose turn each call was, computed from the raw log by the formula of the design and by nothing of the broker's."""

import json
import sqlite3
import tomllib
from contextlib import closing
from datetime import datetime, timedelta

# After these a ticket waits no longer.
LEAVE = {"TicketCalled", "TicketCancelled", "TicketHeld", "TicketClosed"}


def wrong_turns(database, office):
    """Return a line for every call that was not the turn of the one who was called; `office` is its office.toml."""
    rules = tomllib.loads(office)
    head_starts = {None: 0} | {priority["id"]: priority["head_start_minutes"] for priority in rules["priority"]}
    handicaps = {desk["id"]: dict.fromkeys(desk["serves"], 0) | desk.get("stands_in", {}) for desk in rules["desk"]}
    waiting, wrong = {}, []
    for kind, event in logged(database):
        if kind == "TicketCalled":
            first = _first(waiting.values(), handicaps[event["desk"]], head_starts)
            if first is None or first["order"] != event["order"]:
                wrong.append(f"desk {event['desk']} called {event['number']}, not {first and first['number']}")
        if kind == "TicketIssued":
            waiting[event["order"]] = event
        elif kind in LEAVE:
            waiting.pop(event["order"], None)
    return wrong


def logged(database, *kinds):
    """Return every event of the log, or those of some kinds, as its kind and its fields, in order."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as file:
        rows = file.execute("SELECT kind, data FROM events ORDER BY seq").fetchall()
    return [(kind, json.loads(data)) for kind, data in rows if not kinds or kind in kinds]


def _first(waiting, handicaps, head_starts):
    """Return whom a desk with these handicaps calls next: the earliest place, of equal ones the first issued."""

    def place(ticket):
        minutes = handicaps[ticket["category"]] - head_starts[ticket.get("priority")]
        return datetime.fromisoformat(ticket["anchor"]) + timedelta(minutes=minutes), ticket["order"]

    return min((ticket for ticket in waiting if ticket["category"] in handicaps), key=place, default=None)
