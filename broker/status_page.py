"""The hall on one page, for people at a terminal of 80 columns, or as JSON for programs."""

import textwrap
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from broker.contract.messages import CategoryQueue, Desk, Text
from broker.contract.problem_codes import what_to_do
from broker.hall_status import Device, HallStatus
from broker.status_words import WORDS, Language

COLUMNS = 80
_NAME, _STATE = 16, 11


class Page:
    """One status of the hall in one language; `zone` is where the reader's clock is."""

    def __init__(self, status: HallStatus, language: Language, now: datetime, zone: tzinfo | None = None) -> None:
        self._status = status
        self._language: Language = language
        self._words = WORDS[language]
        self._now = now.astimezone(zone)
        self._zone = zone

    @property
    def text(self) -> str:
        """Return the page."""
        return "\n".join(line.rstrip() for line in self._lines())

    def _lines(self) -> Iterator[str]:
        board = self._status.heard.board
        office = self._said(board.office) if board else ""
        yield f"{office or self._words['hall']}, {self._now:%Y-%m-%d %H:%M}"
        yield self._words[f"hall_{self._status.status}"]
        yield ""
        yield from self._device(self._status.broker, self._words["broker"])
        if self._status.last_copy is not None:
            yield f"  {self._since('copy', self._status.last_copy)}"
        yield ""
        yield self._words["devices"]
        for device in self._status.devices:
            yield from self._device(device, f"  {device.id}")
        if not self._status.devices:
            yield f"  {self._words['no_devices']}"
        yield from self._queues()
        yield from self._desks()

    def _device(self, device: Device, name: str) -> Iterator[str]:
        yield _row(name, self._words[device.status], self._details(device))
        for problem in device.problems:
            since = f" ({self._since('since', problem.since)})" if problem.since else ""
            yield from _wrapped(f"{problem.detail}{since}", "    - ")
            if todo := what_to_do(problem.code, self._language):
                yield from _wrapped(self._words["todo"].format(todo=todo), "      ")

    def _details(self, device: Device) -> str:
        if device.since is None:
            return self._words["never"]
        since = self._since("silent" if device.silent else "since", device.since)
        return f"{since}, {self._words['version'].format(version=device.version)}"

    def _since(self, word: str, since: datetime) -> str:
        local = since.astimezone(self._zone)
        today = local.date() == self._now.date()
        return self._words[word].format(since=f"{local:%H:%M}" if today else f"{local:%Y-%m-%d %H:%M}")

    def _queues(self) -> Iterator[str]:
        board = self._status.heard.board
        if board is None:
            return
        count = self._status.waiting
        yield ""
        said = self._words["waiting"].format(count=count) if count else self._words["nobody"]
        yield _row(self._words["queue"], said)
        for queue in board.waiting:
            if queue.waiting:
                yield self._queue(queue)

    def _queue(self, queue: CategoryQueue) -> str:
        name = textwrap.shorten(self._said(queue.name) or queue.category, 52, placeholder="…")
        minutes = ""
        if queue.wait_minutes is not None:
            low, high = queue.wait_minutes
            minutes = self._words["minutes"].format(low=low, high=high)
        return f"  {name:<53}{queue.waiting:>5}   {minutes}"

    def _desks(self) -> Iterator[str]:
        desks, opened = self._status.heard.desks, self._status.open_desks
        if not desks:
            return
        yield ""
        yield _row(self._words["desks"], self._words["open"].format(open=len(opened), all=len(desks)))
        for desk in sorted(opened, key=lambda desk: (len(desk.id), desk.id)):
            yield f"  {self._said(desk.label) or desk.id:<30} {self._at(desk)}"[:COLUMNS]

    def _at(self, desk: Desk) -> str:
        return self._words[desk.status].format(number=desk.ticket.number if desk.ticket else "")

    def _said(self, text: Text) -> str:
        return text.get(self._language) or next(iter(text.values()), "")


def _row(name: str, state: str, details: str = "") -> str:
    return f"{name:<{_NAME}} {state:<{_STATE}} {details}" if details else f"{name:<{_NAME}} {state}"


def _wrapped(text: str, lead: str) -> list[str]:
    return textwrap.wrap(text, COLUMNS, initial_indent=lead, subsequent_indent=" " * len(lead)) or [lead]


def as_json(status: HallStatus, now: datetime) -> str:
    """Return the same for programs."""
    page: dict[str, Any] = {
        "status": status.status,
        "at": now,
        "broker": status.broker,
        "last_copy": status.last_copy,
        "devices": status.devices,
        "waiting": status.waiting,
        "queues": status.heard.board.waiting if status.heard.board else [],
        "desks_open": len(status.open_desks),
        "desks": list(status.heard.desks.values()),
    }
    return msgspec.json.format(msgspec.json.encode(page), indent=2).decode()
