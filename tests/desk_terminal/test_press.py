"""What a press leads to: one request, a character that is shown, a choice, or a refusal; never something later."""

import pytest

from broker.contract.messages import Error, Reply
from desk_terminal.keys import Key
from desk_terminal.press import after_press
from desk_terminal.view import View, after_health, after_link, after_reply, after_time
from tests.desk_terminal.views import broker, ready


def press(view, *names, at=10.0):
    """Press keys one after the other, a tenth of a second apart; the n-th request is called r<n>."""
    for n, name in enumerate(names):
        view = after_press(view, Key(name), f"r{n}", at + n / 10)
    return view


def ambiguous(view, *numbers, at=10.5):
    error = Error("bad_request", "...", choices=list(numbers))
    return after_reply(view, Reply(view.asking.request.request_id, ok=False, error=error), at)


def test_a_press_asks_once_for_this_desk():
    view = press(ready(), "next")
    assert (view.asking.verb, view.asking.request.request_id, view.asking.request.desk) == ("next", "r0", "30")


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
@pytest.mark.parametrize("name", ["next", "7"])
def test_a_key_pressed_while_nobody_can_answer_is_refused_and_forgotten(away, name):
    pressed = press(away, name)
    assert (pressed.asking, pressed.typed, pressed.notice.word) == (None, None, "no_connection")
    back = after_health(after_link(pressed, linked=True), broker("up"))
    assert (back.asking, back.typed, back.notice) == (None, None, None)


def test_a_degraded_broker_still_calls_residents():
    assert press(after_health(ready(), broker("degraded")), "next").asking


def test_another_key_is_refused_while_an_answer_is_awaited_and_what_was_typed_is_kept():
    view = press(ready(), "next", "1", "7", "call")
    assert view.asking.verb == "next"
    assert view.notice.word == "busy"
    assert view.typed.text == "17"


def test_what_is_typed_is_shown_and_goes_with_the_key():
    view = press(ready(), "0", "1", "7")
    assert view.typed.text == "017"
    view = press(view, "call")
    assert (view.asking.verb, view.asking.request.number, view.typed) == ("call", "017", None)


def test_clear_forgets_what_was_typed_and_asks_for_nothing():
    view = press(ready(), "0", "1", "clear")
    assert (view.typed, view.asking, view.notice) == (None, None, None)


def test_what_was_typed_is_forgotten_ten_seconds_after_the_last_character():
    view = press(ready(), "0", "1", at=10.0)
    assert view.due == 20.1
    assert after_time(view, 20.0).typed.text == "01"
    assert after_time(view, 20.1).typed is None


def test_eight_characters_are_enough():
    view = press(ready(), *"A2345678")
    assert view.notice is None
    view = press(view, "9")
    assert (view.typed.text, view.notice.word) == ("A2345678", "too_long")


def test_a_key_that_takes_no_number_drops_it_and_acts():
    view = press(ready(), "0", "1", "next")
    assert (view.asking.verb, view.typed) == ("next", None)


def test_a_key_that_needs_a_number_is_refused_at_the_desk_itself():
    view = press(ready(), "call")
    assert (view.asking, view.notice.word, view.notice.refused) == (None, "no_number", True)


def test_typing_goes_on_where_a_refusal_stood():
    assert press(ready(), "call", "1").notice is None


def test_an_ambiguous_number_is_chosen_with_a_digit():
    view = ambiguous(press(ready(), "0", "1", "7", "call"), "D017", "P017")
    assert (view.notice.choices, view.notice.key, view.notice.refused) == (("D017", "P017"), Key.CALL, True)
    view = press(view, "2", at=12.0)
    assert (view.asking.verb, view.asking.request.number, view.typed, view.notice) == ("call", "P017", None, None)


def test_an_ambiguous_number_is_chosen_with_a_digit_and_the_same_key():
    view = ambiguous(press(ready(), "0", "1", "7", "call"), "D017", "P017")
    view = press(view, "1", "call", at=12.0)
    assert view.asking.request.number == "D017"
    assert view.notice is None


def test_the_same_key_means_something_of_its_own_again_a_moment_after_the_choice():
    view = press(ambiguous(press(ready(), "1", "7", "hold"), "D017", "P017"), "1", at=12.0)
    view = after_reply(view, Reply(view.asking.request.request_id, ok=True), 12.1)
    assert press(view, "hold", at=12.2).asking is None
    assert press(after_time(view, 14.0), "hold", at=14.1).asking.verb == "hold"
    assert press(view, "next", "hold", at=12.2).notice.word == "busy"


def test_a_digit_that_chooses_nothing_begins_another_number():
    view = press(ambiguous(press(ready(), "0", "1", "7", "call"), "D017", "P017"), "3", at=12.0)
    assert (view.asking, view.typed.text, view.notice) == (None, "3", None)


def test_a_digit_chooses_no_number_that_the_panel_has_no_room_for():
    held = [f"D{number:03}" for number in range(1, 10)]
    view = press(press(ready(held=held), "resume"), "5", at=11.0)
    assert (view.asking, view.typed.text, view.notice) == (None, "5", None)


def test_a_choice_that_nobody_makes_goes_away():
    view = ambiguous(press(ready(), "0", "1", "7", "call"), "D017", "P017")
    assert after_time(view, 20.4).notice
    assert after_time(view, 20.5).notice is None


def test_one_of_several_who_will_come_back_is_chosen_with_a_digit():
    view = press(ready(held=["D017", "P004"]), "resume")
    assert (view.asking, view.notice.choices) == (None, ("D017", "P004"))
    view = press(view, "2", "resume", at=11.0)
    assert (view.asking.verb, view.asking.request.number) == ("resume", "P004")
