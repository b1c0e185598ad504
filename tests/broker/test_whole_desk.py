"""The whole life of a desk through the broker: what is answered, stored and told."""

import pytest

from broker.contract import topics
from broker.domain.hall import Hall

TICKETS = 'SELECT number, status, desk FROM tickets ORDER BY day, "order"'


def calls(hallway):
    return [(call["call"], call["number"]) for call in hallway.bus.state(topics.BOARD)["calls"]]


def desk(hallway, number="17"):
    hallway.passes(seconds=0)
    return hallway.bus.state(topics.desk(number))


@pytest.fixture
def calling_by_itself(hallway):
    hallway.office = hallway.office.replace("[office]\n", "[office]\nauto_call = true\n", 1)
    hallway.start()
    hallway.at_desk("open")
    return hallway


def test_undo_takes_the_call_off_the_board_and_out_of_the_stored_tickets(hallway):
    hallway.at_desk("open")
    hallway.take()
    hallway.take()
    hallway.at_desk("next")
    hallway.passes(seconds=3)
    hallway.at_desk("next")
    answer = hallway.at_desk("undo")
    assert (answer["ticket"]["number"], answer["ticket"]["status"]) == ("O001", "called")
    assert answer["desk"]["status"] == "calling"
    assert calls(hallway) == [(1, "O001")]
    assert hallway.query(TICKETS) == [("O001", "called", "17"), ("O002", "waiting", None)]
    hallway.passes(seconds=3)
    assert hallway.at_desk("next")["ticket"]["number"] == "O002"
    assert calls(hallway) == [(3, "O002"), (1, "O001")]


def test_a_key_may_be_taken_back_after_the_broker_was_killed_and_started_again(hallway):
    hallway.at_desk("open")
    hallway.take()
    hallway.at_desk("next")
    hallway.start()
    assert hallway.at_desk("undo")["ticket"]["status"] == "waiting"
    assert calls(hallway) == []
    hallway.start()
    assert hallway.service.hall == Hall(hallway.service.hall.office).after_all(hallway.log.today())
    assert hallway.at_desk("undo")["error"]["code"] == "illegal_move"


def test_undo_asked_twice_with_one_id_takes_back_one_key(hallway):
    hallway.at_desk("open")
    for _ in range(2):
        hallway.take()
    hallway.at_desk("next")
    hallway.passes(seconds=3)
    hallway.at_desk("next")
    first = hallway.at_desk("undo", request_id="press")
    assert hallway.at_desk("undo", request_id="press") == first
    assert desk(hallway)["ticket"]["number"] == "O001"


def test_those_on_hold_are_told_oldest_first_though_one_was_finished_by_mistake(hallway):
    hallway.at_desk("open")
    first, second = hallway.take(), hallway.take()
    for key in ("next", "start", "finish", "undo", "hold"):
        assert hallway.at_desk(key)["ok"]
    hallway.at_desk("hold", number=second)
    assert desk(hallway)["held"] == [first, second]


def test_digits_that_may_mean_two_are_refused_with_their_numbers(hallway):
    hallway.at_desk("open")
    numbers = [hallway.take("taxes"), hallway.take("transport")]
    error = hallway.at_desk("call", number="001")["error"]
    assert (error["code"], error["choices"]) == ("bad_request", numbers)
    assert hallway.at_desk("call", number=numbers[1])["ticket"]["status"] == "called"


def test_a_resident_whom_a_free_desk_waits_for_is_told_so_at_the_kiosk(calling_by_itself):
    hallway = calling_by_itself
    answer = hallway.at_desk("next")
    assert (answer["ok"], answer["desk"]["ready"]) == (True, True)
    assert desk(hallway)["ready"]
    ticket = hallway.ask("ticket", category="fees")["ticket"]
    assert (ticket["number"], ticket["status"], ticket["desk"]) == ("O001", "called", "17")
    assert calls(hallway) == [(1, "O001")]
    assert "ready" not in desk(hallway)


def test_a_clerk_who_sends_a_resident_on_hears_of_that_resident_and_not_of_another_call(calling_by_itself):
    hallway = calling_by_itself
    hallway.at_desk("open", "19")
    hallway.take()
    hallway.at_desk("next")
    hallway.at_desk("next", "19")
    answer = hallway.at_desk("transfer", to_desk="19")
    assert (answer["ticket"]["number"], answer["ticket"]["status"]) == ("O001", "called")
    assert answer["desk"]["status"] == "free"


def test_a_clerk_who_closes_the_desk_hears_of_the_resident_there_and_not_of_those_who_were_sent_to_it(hallway):
    hallway.at_desk("open")
    hallway.at_desk("open", "19")
    served, sent = hallway.take(), hallway.take()
    hallway.at_desk("next")
    hallway.at_desk("transfer", "19", to_desk="17", number=sent)
    assert desk(hallway)["sent_here"] == 1
    answer = hallway.at_desk("close")
    assert (answer["ticket"]["number"], answer["ticket"]["status"]) == (served, "served")
    assert "ticket" not in hallway.at_desk("close")


def test_an_office_that_lists_its_reasons_for_a_pause_takes_no_other(hallway):
    hallway.at_desk("open")
    assert hallway.at_desk("pause", reason="tired")["error"]["code"] == "bad_request"
    reason = desk(hallway)["pauses"][0]
    assert hallway.at_desk("pause", reason=reason["id"])["ok"]
    assert desk(hallway)["pause_name"] == reason["name"]
