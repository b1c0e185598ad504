"""How the hall is, from what everybody last told of it. Pure: what was heard and the time come in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from msgspec import UNSET

from broker.contract import topics
from broker.contract.messages import Board, Desk, Health, Menu, Problem
from broker.contract.pulse import SILENT_S

State = Literal["up", "degraded", "down"]
_GRAVITY: tuple[State, ...] = ("up", "degraded", "down")


@dataclass(frozen=True)
class Heard:
    """What was heard on the bus: the newest health of each client, and the states that the broker keeps there."""

    healths: dict[str, Health]
    desks: dict[str, Desk]
    board: Board | None = None
    menu: Menu | None = None


@dataclass(frozen=True)
class Device:
    """One program: how it is, since when, and what is wrong; `silent` where it should have been heard and was not."""

    id: str
    status: State
    since: datetime | None = None
    version: str = ""
    problems: tuple[Problem, ...] = ()
    silent: bool = False


@dataclass(frozen=True)
class HallStatus:
    """The whole hall: the broker first among the devices, and what it tells of queues and desks.

    `last_copy` is when the queue was last copied, where that can be seen from here.
    """

    broker: Device
    devices: tuple[Device, ...]
    heard: Heard
    last_copy: datetime | None = None

    @property
    def status(self) -> State:
        """Return the worst of all: one device that is down is a hall that somebody should look after."""
        return max((device.status for device in (self.broker, *self.devices)), key=_GRAVITY.index)

    @property
    def waiting(self) -> int:
        """Return how many wait in all queues."""
        return sum(queue.waiting for queue in self.heard.board.waiting) if self.heard.board else 0

    @property
    def open_desks(self) -> tuple[Desk, ...]:
        """Return the desks at which a clerk sits, or is away for a while."""
        return tuple(desk for desk in self.heard.desks.values() if desk.status != "closed")


def hall_status(heard: Heard, now: datetime, last_copy: datetime | None = None) -> HallStatus:
    """Return how the hall is at `now`; a broker of which nothing was heard is down."""
    devices = {client: _device(client, health, now) for client, health in sorted(heard.healths.items())}
    broker = devices.pop(topics.BROKER, Device(topics.BROKER, "down"))
    return HallStatus(broker, tuple(devices.values()), heard, last_copy)


def _device(client: str, health: Health, now: datetime) -> Device:
    silent = health.status != "down" and is_silent(health, now)
    return Device(
        id=client,
        status="down" if silent else health.status,
        since=health.at if silent and health.at is not UNSET else health.since,
        version=health.version,
        # What was wrong with a program that is gone is not known to be wrong any more.
        problems=() if silent or health.status == "down" else tuple(health.problems),
        silent=silent,
    )


def is_silent(health: Health, now: datetime) -> bool:
    """Whether a program that beats has not been heard for so long that it must be gone, by this computer's clock."""
    return health.at is not UNSET and now - health.at >= timedelta(seconds=SILENT_S)
