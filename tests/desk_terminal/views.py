"""Views of a desk that is connected, as the tests begin with them."""

from datetime import UTC, datetime

from broker.contract.messages import Health
from desk_terminal.view import View, after_desk, after_health, after_link
from tests.desk_terminal.doubles import desk

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def broker(status):
    return Health(status, NOW, "1")


def ready(**fields):
    return after_desk(after_health(after_link(View("30"), linked=True), broker("up")), desk(**fields))


def view(status="free", waiting=4, number=None, *, state=None, **fields):
    return View("30", linked=True, broker_up=True, desk=desk(status, waiting, number, **(state or {})), **fields)
