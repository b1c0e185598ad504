"""The office of the album, read from the file beside: its board, its desks and its messages."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from broker.contract.messages import Board, Call, CategoryQueue, Desk, Text, Ticket

FILE = Path(__file__).with_name("sample.toml")


def now() -> datetime:
    """Return the moment of every picture."""
    return datetime.combine(_sample()["day"], _sample()["time"], ZoneInfo(_sample()["time_zone"]))


def board(*, calls: bool = True, waiting: bool = True) -> Board:
    """Return the board, with its calls and its people or without."""
    sample = _sample()
    called = [_call(len(sample["calls"]) - at, *call) for at, call in enumerate(sample["calls"])]
    queues = [
        CategoryQueue(str(at), queue["waiting"], tuple(queue["minutes"]), queue["name"])
        for at, queue in enumerate(sample["waiting"])
    ]
    return Board(
        day=sample["day"].isoformat(),
        seq=1,
        calls=called if calls else [],
        waiting=queues if waiting else [],
        office=sample["office"],
        time_zone=sample["time_zone"],
        hearing_loop=True,
    )


def desk(status: str) -> Desk:
    """Return the desk of the newest call, in a status."""
    number, _, of = _sample()["calls"][0]
    newest = board().calls[0]
    ticket = Ticket(number, "0", None, "called", newest.called_at, 0, None, [of], newest.called_at, of)
    return Desk(of, status, 3, ticket if status in ("calling", "serving") else None, label=newest.label)  # type: ignore[arg-type]


def messages() -> list[Text]:
    """Return what the strip says."""
    return list(_sample()["messages"])


@cache
def _sample() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _call(call: int, number: str, word: str, desk_id: str) -> Call:
    label = {language: f"{words} {desk_id}" for language, words in _sample()["words"][word].items()}
    called_at = now() - timedelta(minutes=2 * (len(_sample()["calls"]) - call))
    return Call(call, number, desk_id if word == "desk" else f"p{desk_id}", label, called_at, "call")
