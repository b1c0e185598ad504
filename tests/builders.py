"""Messages for tests, made from the sample office."""

import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from broker.contract.messages import (
    Board,
    Call,
    Category,
    CategoryQueue,
    Group,
    Menu,
    Priority,
    Ticket,
)

SAMPLE_OFFICE = Path(__file__).parent.parent / "broker" / "sample_office.toml"
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC).astimezone()


@cache
def sample():
    return tomllib.loads(SAMPLE_OFFICE.read_text(encoding="utf-8"))


def menu(*, closed=(), full=(), waiting=3, wait_minutes=(5, 15)):
    office = sample()
    serving = {
        category["id"]: [
            desk["id"] for desk in office["desk"] if category["id"] in {*desk["serves"], *desk.get("stands_in", {})}
        ]
        for category in office["category"]
    }
    return Menu(
        office=office["office"]["name"],
        languages=office["office"]["languages"],
        day="2026-11-23",
        groups=[Group(group["id"], group["name"]) for group in office["group"]],
        categories=[
            Category(
                id=category["id"],
                group=category["group"],
                letter=category["letter"],
                name=category["name"],
                open=category["id"] not in closed,
                full=category["id"] in full,
                waiting=waiting,
                wait_minutes=wait_minutes,
                desks=serving[category["id"]],
                hint=category.get("hint", {}),
                synonyms=category.get("synonyms", {}),
                alternatives=category.get("alternatives", {}),
            )
            for category in office["category"]
        ],
        priorities=[Priority(p["id"], p["name"], p["head_start_minutes"]) for p in office["priority"]],
        desk_labels={desk["id"]: desk["label"] for desk in office["desk"]},
    )


def ticket(number="D017", category="id-cards", **fields):
    return Ticket(
        **{
            "number": number,
            "category": category,
            "priority": None,
            "status": "waiting",
            "issued_at": NOON,
            "ahead": 3,
            "wait_minutes": (5, 15),
            "desks": ["26", "27", "28", "29", "30"],
        }
        | fields
    )


def call(number, desk, call_number, *, seconds_ago=0, kind="call"):
    label = next(d["label"] for d in sample()["desk"] if d["id"] == desk)
    return Call(call_number, number, desk, label, NOON - timedelta(seconds=seconds_ago), kind)


def board(*calls, waiting=3, wait_minutes=(5, 15), seq=1):
    """Make a board; the newest call comes first."""
    office = sample()
    queues = [CategoryQueue(c["id"], waiting, wait_minutes, c["name"]) for c in office["category"]]
    return Board("2026-11-23", seq, list(calls), queues, office["office"]["name"], office["office"]["time_zone"])
