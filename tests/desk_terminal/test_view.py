"""What a press leads to: one request, asked again with the same id, given up, and never sent later."""

from datetime import UTC, datetime

import pytest

from broker.contract.messages import Error, Health, Reply
from desk_terminal.keys import Key
from desk_terminal.view import View, after_desk, after_health, after_link, after_press, after_reply, after_time
from tests.builders import ticket
from tests.desk_terminal.doubles import desk

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def broker(status):
    return Health(status, NOW, "1")


def ready(**fields):
    return after_desk(after_health(after_link(View("30"), linked=True), broker("up")), desk(**fields))


def test_a_press_asks_once_for_this_desk():
    view = after_press(ready(), Key.NEXT, "r1", 10.0)
    assert (view.asking.verb, view.asking.request.request_id, view.asking.request.desk) == ("next", "r1", "30")


@pytest.mark.parametrize(
    "away",
    [
        View("30"),
        after_link(View("30"), linked=True),
        after_health(ready(), broker("down")),
        after_link(ready(), linked=False),
    ],
    ids=["just started", "broker never heard", "broker down", "no MQTT"],
)
def test_a_key_pressed_while_nobody_can_answer_is_forgotten(away):
    assert after_press(away, Key.NEXT, "r1", 10.0) == away
    back = after_health(after_link(away, linked=True), broker("up"))
    assert after_time(back, 60.0).asking is None


def test_a_degraded_broker_still_calls_residents():
    assert after_press(after_health(ready(), broker("degraded")), Key.NEXT, "r1", 0.0).asking


def test_a_request_without_an_answer_is_asked_three_times_in_all_with_one_id_and_given_up_after_three_seconds():
    view, asked = after_press(ready(), Key.NEXT, "r1", 10.0), []
    for tenth in range(1, 60):
        before, view = view.asking, after_time(view, 10.0 + tenth / 10)
        if view.asking is not None and view.asking != before:
            asked.append((tenth, view.asking.request.request_id))
        if before is not None and view.asking is None:
            asked.append((tenth, "given up"))
    assert asked == [(10, "r1"), (20, "r1"), (30, "given up")]
    assert view.unanswered


def test_a_terminal_that_stood_still_does_not_ask_for_what_was_pressed_long_ago():
    view = after_time(after_press(ready(), Key.NEXT, "r1", 10.0), 13.0)
    assert view.asking is None
    assert view.unanswered


def test_a_request_is_asked_again_after_a_short_cut_of_the_connection_but_not_after_three_seconds():
    view = after_link(after_press(ready(), Key.NEXT, "r1", 10.0), linked=False)
    assert after_time(view, 11.0).asking.times == 2
    late = after_time(after_time(after_time(view, 11.0), 12.0), 13.0)
    assert after_link(late, linked=True).asking is None


def test_another_key_is_refused_while_an_answer_is_awaited():
    view = after_press(after_press(ready(), Key.NEXT, "r1", 10.0), Key.START, "r2", 10.1)
    assert view.asking.request.request_id == "r1"
    assert view.notice.word == "busy"


def test_the_answer_ends_the_request_and_a_refusal_is_said_for_two_seconds():
    view = after_press(ready(), Key.NEXT, "r1", 10.0)
    view = after_reply(view, Reply("r1", ok=False, error=Error("too_soon", "...")), 10.2)
    assert view.asking is None
    assert view.notice.word == "too_soon"
    assert view.due == 12.2
    assert after_time(view, 12.1).notice
    assert after_time(view, 12.2).notice is None


def test_the_answer_to_an_older_request_ends_nothing_but_shows_that_the_broker_lives():
    view = after_press(ready(), Key.NEXT, "r2", 10.0)
    assert after_reply(view, Reply("r1", ok=True), 10.1).asking == view.asking
    given_up = after_time(after_time(after_time(view, 11.0), 12.0), 13.0)
    assert given_up.unanswered
    assert not after_reply(given_up, Reply("r2", ok=True), 14.0).unanswered


def test_after_a_request_that_was_given_up_the_clerk_may_press_again():
    view = after_press(ready(), Key.NEXT, "r1", 10.0)
    view = after_time(after_time(after_time(view, 11.0), 12.0), 13.0)
    assert after_press(view, Key.NEXT, "r2", 20.0).asking.request.request_id == "r2"


def test_a_recall_is_confirmed_because_the_desk_itself_looks_the_same():
    view = after_press(ready(status="calling", number="D017"), Key.RECALL, "r1", 10.0)
    view = after_reply(view, Reply("r1", ok=True, ticket=ticket("D017")), 10.1)
    assert (view.notice.word, view.notice.number, view.notice.refused) == ("recall", "D017", False)


def test_what_was_known_before_a_cut_is_not_trusted():
    assert after_link(ready(status="calling", number="D017"), linked=False).desk is None
