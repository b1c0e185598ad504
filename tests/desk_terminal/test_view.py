"""What follows from answers, states and time: asked again with the same id, given up, and never sent later."""

import msgspec
import pytest

from broker.contract.messages import Error, Reply
from desk_terminal.keys import Key
from desk_terminal.press import after_press
from desk_terminal.view import after_desk, after_health, after_link, after_reply, after_time
from tests.builders import ticket
from tests.desk_terminal.doubles import desk
from tests.desk_terminal.views import broker, ready


def asked(name="next", **fields):
    return after_press(ready(**fields), Key(name), "r1", 10.0)


def test_a_request_without_an_answer_is_asked_three_times_in_all_with_one_id_and_given_up_after_three_seconds():
    view, times = asked(), []
    for tenth in range(1, 60):
        before, view = view.asking, after_time(view, 10.0 + tenth / 10)
        if view.asking is not None and view.asking != before:
            times.append((tenth, view.asking.request.request_id))
        if before is not None and view.asking is None:
            times.append((tenth, "given up"))
    assert times == [(10, "r1"), (20, "r1"), (30, "given up")]
    assert view.unanswered


def test_a_terminal_that_stood_still_does_not_ask_for_what_was_pressed_long_ago():
    view = after_time(asked(), 13.0)
    assert view.asking is None
    assert view.unanswered


def test_a_request_is_asked_again_after_a_short_cut_of_the_connection_but_not_after_three_seconds():
    view = after_link(asked(), linked=False)
    assert after_time(view, 11.0).asking.times == 2
    late = after_time(after_time(after_time(view, 11.0), 12.0), 13.0)
    assert after_link(late, linked=True).asking is None


def test_the_answer_ends_the_request_and_a_refusal_is_said_for_two_seconds():
    view = after_reply(asked(), Reply("r1", ok=False, error=Error("too_soon", "...")), 10.2)
    assert view.asking is None
    assert view.notice.word == "too_soon"
    assert view.due == 12.2
    assert after_time(view, 12.1).notice
    assert after_time(view, 12.2).notice is None


def test_a_refusal_without_a_reason_is_a_refusal():
    assert after_reply(asked(), Reply("r1", ok=False), 10.2).notice.word == "bad_request"


def test_a_resident_called_again_once_too_often_is_said_to_be_absent():
    answer = Reply("r1", ok=True, ticket=ticket("D017", status="no_show"))
    view = after_reply(asked("recall"), answer, 10.2)
    assert (view.notice.word, view.notice.number) == ("no_show", "D017")


def test_a_reason_that_only_a_later_broker_knows_is_a_refusal_too():
    told = b'{"request_id":"r1","ok":false,"error":{"code":"on_strike","message":""}}'
    answer = msgspec.json.decode(told, type=Reply)
    assert after_reply(asked(), answer, 10.2).notice.word == "bad_request"


def test_the_answer_to_an_older_request_ends_nothing_but_shows_that_the_broker_lives():
    view = asked()
    assert after_reply(view, Reply("r0", ok=True), 10.1).asking == view.asking
    given_up = after_time(after_time(after_time(view, 11.0), 12.0), 13.0)
    assert given_up.unanswered
    assert not after_reply(given_up, Reply("r1", ok=True), 14.0).unanswered


def test_after_a_request_that_was_given_up_the_clerk_may_press_again():
    view = after_time(after_time(after_time(asked(), 11.0), 12.0), 13.0)
    assert after_press(view, Key.NEXT, "r2", 20.0).asking.request.request_id == "r2"


@pytest.mark.parametrize("name", ["recall", "no_show", "undo", "hold"])
def test_a_key_is_confirmed_where_the_desk_alone_would_not_show_what_it_did(name):
    view = after_reply(asked(name, status="calling", number="D017"), Reply("r1", ok=True, ticket=ticket("D017")), 10.1)
    assert (view.notice.word, view.notice.number, view.notice.refused) == (name, "D017", False)


def test_an_undo_of_something_without_a_number_is_confirmed_too():
    assert after_reply(asked("undo"), Reply("r1", ok=True), 10.1).notice.word == "undo"


def test_a_call_is_confirmed_by_the_desk_itself():
    assert after_reply(asked(), Reply("r1", ok=True, ticket=ticket("D017")), 10.1).notice is None


def test_what_was_known_or_typed_before_a_cut_is_not_trusted():
    view = after_press(ready(status="calling", number="D017"), Key.N1, "r1", 10.0)
    view = after_link(view, linked=False)
    assert (view.desk, view.typed) == (None, None)


def test_what_was_typed_before_the_broker_went_is_gone_when_it_is_back():
    view = after_press(ready(), Key.N1, "r1", 10.0)
    assert after_health(view, broker("degraded")).typed
    assert after_health(after_health(view, broker("down")), broker("up")).typed is None


def test_what_a_broker_that_went_had_told_of_the_desk_is_not_trusted_when_another_comes():
    view = after_health(after_health(ready(), broker("down")), broker("up"))
    assert (view.desk, after_desk(view, desk("closed")).desk.status) == (None, "closed")


def test_a_resident_sent_here_is_an_offer_as_soon_as_the_desk_is_free():
    view = after_desk(ready(), desk("serving", 4, "D017", sent_here=1))
    assert (view.offered, view.announced) == (0, 0)
    view = after_desk(view, desk("free", 4, sent_here=1))
    assert (view.offered, view.announced) == (1, 1)
    view = after_desk(after_desk(view, desk("calling", 4, "D018", sent_here=1)), desk("free", 4, sent_here=1))
    assert view.announced == 1
    assert after_desk(view, desk("calling", 3, "D019", sent_here=0)).announced == 0
