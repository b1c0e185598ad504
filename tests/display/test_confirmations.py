"""The broker is told of each call until it answers, and not for ever."""

from broker.contract.messages import ShownRequest
from display.confirmations import FIRST_REPEAT_S, SLOWEST_REPEAT_S, TRIES_MOST, Confirmations

REQUEST = ShownRequest("display-1:2026-11-23:7", 7)


def open_confirmation():
    return Confirmations().adding("display-1", "2026-11-23", 7)


def test_a_confirmation_is_sent_at_once_and_repeated_with_the_same_id():
    sent, confirmations = open_confirmation().due(100.0)
    assert sent == (REQUEST,)
    assert confirmations.due(100.0 + FIRST_REPEAT_S / 2)[0] == ()
    assert confirmations.due(100.0 + FIRST_REPEAT_S)[0] == (REQUEST,)


def test_an_answered_confirmation_is_never_sent_again():
    call, confirmations = open_confirmation().due(0.0)[1].answered(REQUEST.request_id)
    assert call == 7
    assert confirmations.due(1000.0)[0] == ()
    assert confirmations.relinked().due(2000.0)[0] == ()


def test_a_broker_that_never_answers_is_asked_a_bounded_number_of_times_until_the_next_connection():
    confirmations, now, times = open_confirmation(), 0.0, 0
    for _ in range(TRIES_MOST * 3):
        sent, confirmations = confirmations.due(now)
        times += len(sent)
        now += SLOWEST_REPEAT_S
    assert times == TRIES_MOST
    assert confirmations.relinked().due(now)[0] == (REQUEST,)


def test_a_call_that_was_taken_back_is_confirmed_no_more():
    confirmations = open_confirmation().adding("display-1", "2026-11-23", 8).without(7)
    assert [request.call for request in confirmations.due(0.0)[0]] == [8]


def test_an_answer_to_somebody_else_closes_nothing():
    call, confirmations = open_confirmation().answered("another")
    assert call is None
    assert confirmations.due(0.0)[0] == (REQUEST,)


def test_a_call_is_opened_once_and_its_id_is_short_enough_for_the_contract():
    twice = open_confirmation().adding("display-1", "2026-11-23", 7)
    assert twice == open_confirmation()
    long = Confirmations().adding("d" * 64, "2026-11-23", 123456)
    assert len(long.pending[0].request.request_id) == 64
    assert long.pending[0].request.request_id.endswith(":2026-11-23:123456")
