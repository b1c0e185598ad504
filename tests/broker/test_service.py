"""The broker's turns: one sync for all that wait, first answers again, a disk that fails, a clock that jumps."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from broker.contract import topics
from broker.domain.decisions import DECISIONS

TICKETS = 'SELECT number, status FROM tickets ORDER BY day, "order"'


def waiting(hallway):
    return {queue["category"]: queue["waiting"] for queue in hallway.bus.state(topics.BOARD)["waiting"]}


# -- one sync for all that wait --------------------------------------------------------------------------------


def test_residents_who_tap_at_once_share_one_commit(hallway):
    said = []
    hallway._connection.connection.driver_connection.set_trace_callback(said.append)
    for tap in range(50):
        hallway.bus.arrive("kiosk-1", "ticket", f"tap-{tap}", category="fees")
    hallway.service.turn(0)
    assert said.count("COMMIT") == 1
    numbers = [hallway.bus.answers()[f"tap-{tap}"]["ticket"]["number"] for tap in range(50)]
    assert numbers == [f"O{number:03d}" for number in range(1, 51)]


def test_nobody_hears_of_a_ticket_before_it_is_stored(hallway):
    order = []
    hallway._connection.connection.driver_connection.set_trace_callback(order.append)
    publish = hallway.bus.publish
    hallway.bus.publish = lambda topic, payload, **kept: order.append(topic) or publish(topic, payload, **kept)
    hallway.take()
    assert order.index("COMMIT") < order.index(topics.BOARD)
    assert order.index("COMMIT") < order.index("okienko/reply/kiosk-1")


def test_a_refusal_writes_nothing(hallway):
    said = []
    hallway._connection.connection.driver_connection.set_trace_callback(said.append)
    assert hallway.at_desk("next")["error"]["code"] == "desk_closed"
    assert [statement.split()[0] for statement in said] == ["BEGIN", "SELECT", "COMMIT"]


def test_the_same_tap_twice_in_one_turn_is_one_ticket(hallway):
    for _ in range(2):
        hallway.bus.arrive("kiosk-1", "ticket", "tap", category="fees")
    hallway.service.turn(0)
    replies = [payload for topic, payload in hallway.bus.published if topic == "okienko/reply/kiosk-1"]
    assert len(replies) == 2
    assert len(set(replies)) == 1
    assert hallway.query(TICKETS) == [("O001", "waiting")]


def test_a_repeated_request_that_changed_nothing_gets_its_first_answer_too(hallway):
    hallway.at_desk("open")
    first = hallway.at_desk("open", request_id="again")
    hallway.take()
    assert hallway.at_desk("open", request_id="again") == first


def test_every_one_of_many_calls_in_one_turn_is_on_a_board(hallway):
    desks = [desk for desk in hallway.service.hall.office.desks.values() if desk.handicaps]
    for desk in desks:
        hallway.ask("open", client=f"desk-{desk.id}", desk=desk.id)
        hallway.ask("ticket", client="kiosk-1", category=next(iter(desk.handicaps)))
    for desk in desks:
        hallway.bus.arrive(f"desk-{desk.id}", "next", f"next-{desk.id}", desk=desk.id)
    hallway.service.turn(0)
    boards = [json.loads(payload)["calls"] for topic, payload in hallway.bus.published if topic == topics.BOARD]
    assert len(desks) > 24
    assert {call["call"] for calls in boards for call in calls} == set(range(1, len(desks) + 1))
    assert len({calls[0]["call"] for calls in boards if calls}) == 3, "no more boards than are needed"


def test_two_clients_that_count_their_requests_from_one_get_tickets_of_their_own(hallway):
    first = hallway.ask("ticket", client="kiosk-1", request_id="1", category="fees")
    other = hallway.ask("ticket", client="kiosk-2", request_id="1", category="taxes")
    assert (first["ticket"]["number"], other["ticket"]["number"]) == ("O001", "S001")
    assert hallway.ask("ticket", client="kiosk-1", request_id="1", category="fees") == first


# -- a broker that stood still -----------------------------------------------------------------------------------


def test_a_key_pressed_while_the_broker_stood_still_calls_nobody_when_it_wakes(hallway):
    hallway.at_desk("open")
    hallway.take()
    hallway.bus.arrive("desk-17", "next", "given up", desk="17")
    hallway.bus.arrive("kiosk-1", "ticket", "still wanted", category="fees")
    hallway.bus.arrive("desk-17", "next", "given up too", desk="17")
    hallway.service._listened_at -= 4
    hallway.service.turn(0)
    answers = hallway.bus.answers()
    assert answers["still wanted"]["ticket"]["number"] == "O002"
    assert {answers[press]["error"]["code"] for press in ("given up", "given up too")} == {"storage_failed"}
    assert hallway.at_desk("next")["ticket"]["number"] == "O001"


def test_a_call_made_before_the_broker_stood_still_is_confirmed_when_it_is_asked_for_again(hallway):
    hallway.at_desk("open")
    hallway.take()
    first = hallway.at_desk("next", request_id="press")
    hallway.service._listened_at -= 4
    assert hallway.at_desk("next", request_id="press") == first


# -- a disk that fails -----------------------------------------------------------------------------------------


def test_all_that_waited_hear_of_a_disk_that_did_not_take_it_and_may_ask_again(hallway):
    hallway.at_desk("open")
    ((pages,),) = hallway.query("PRAGMA page_count")
    hallway.query(f"PRAGMA max_page_count={pages}")
    for tap in range(100):
        hallway.bus.arrive("kiosk-1", "ticket", f"tap-{tap}", category="fees", language="x" * 64)
    hallway.bus.arrive("desk-17", "next", "press", desk="17")
    hallway.bus.arrive("desk-17", "next", "bounce", desk="17")
    hallway.service.turn(0)
    answers = hallway.bus.answers()
    assert {answers[f"tap-{tap}"]["error"]["code"] for tap in range(100)} == {"storage_failed"}
    assert answers["bounce"]["error"]["code"] == "storage_failed"
    assert hallway.query(TICKETS) == []
    hallway.service.turn(0)
    assert waiting(hallway)["fees"] == 0
    assert [problem.code for problem in hallway.bus.problems] == ["storage"]
    hallway.query("PRAGMA max_page_count=1000000")
    again = hallway.ask("ticket", request_id="tap-7", category="fees")
    assert again["ticket"]["number"] == "O001"
    press = hallway.at_desk("next", request_id="bounce")
    assert press["ticket"]["number"] == "O001", "what bounced on a press that was lost is a press like any other"
    hallway.passes(seconds=5)
    assert hallway.bus.problems == []


def test_a_database_that_was_moved_away_is_told_though_the_day_goes_on(hallway, tmp_path):
    hallway.take()
    away = (tmp_path / "hall.db").rename(tmp_path / "away.db")
    hallway.passes(seconds=5)
    assert [(problem.code, problem.detail[:8]) for problem in hallway.bus.problems] == [("database", "its file")]
    assert hallway.take() == "O002"
    away.rename(tmp_path / "hall.db")
    hallway.passes(seconds=5)
    assert hallway.bus.problems == []


def test_a_database_that_cannot_be_read_stops_nothing(hallway):
    hallway.query("ALTER TABLE answers RENAME TO elsewhere")
    assert hallway.ask("ticket", category="fees")["error"]["code"] == "storage_failed"
    hallway.query("ALTER TABLE devices RENAME TO nowhere")
    hallway.passes(seconds=5)
    hallway.query("ALTER TABLE elsewhere RENAME TO answers")
    assert hallway.take() == "O001"


def test_a_fault_of_ours_is_answered_counted_and_changes_nothing(hallway, monkeypatch):
    number = hallway.take()

    def fault(hall, command, now):
        raise ZeroDivisionError

    monkeypatch.setitem(DECISIONS, next(kind for kind in DECISIONS if kind.__name__ == "CancelTicket"), fault)
    assert hallway.ask("cancel", number=number)["error"]["code"] == "bad_request"
    hallway.passes(seconds=5)
    assert hallway.bus.counters["faults"] == 1
    assert hallway.take() == "O002"


# -- the clock -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=400), timedelta(days=20_000)])
def test_a_clock_that_goes_back_repeats_no_number_and_loses_no_ticket(hallway, back):
    assert [hallway.take(), hallway.take()] == ["O001", "O002"]
    hallway.at_desk("open")
    hallway.now -= back
    assert hallway.take() == "O003"
    assert hallway.at_desk("next")["ok"]
    hallway.start()
    assert hallway.take() == "O004"
    hallway.now += back
    hallway.passes(seconds=5)
    assert hallway.take() == "O005"
    assert sorted(status for _, status in hallway.query(TICKETS)) == ["called", *["waiting"] * 4]
    assert hallway.query("SELECT day FROM days") == [("2026-11-23",)]


def test_a_clock_that_goes_back_after_a_call_does_not_lock_the_desk(hallway):
    hallway.take()
    hallway.take()
    hallway.at_desk("open")
    assert hallway.at_desk("next")["ok"]
    hallway.now -= timedelta(hours=3)
    assert hallway.at_desk("next")["ok"]


def test_tickets_that_wait_at_the_roll_over_are_closed_and_numbers_start_again(hallway):
    hallway.at_desk("open")
    assert [hallway.take(), hallway.take(), hallway.take()] == ["O001", "O002", "O003"]
    assert hallway.at_desk("next")["ok"]
    hallway.now = datetime(2026, 11, 24, 2, 59, 59, tzinfo=UTC)  # 03:59:59 in Warsaw
    assert hallway.take() == "O004"
    hallway.passes(seconds=1)
    assert [status for _, status in hallway.query(TICKETS)] == ["closed"] * 4
    assert waiting(hallway)["fees"] == 0
    assert hallway.bus.state(topics.BOARD)["calls"] == []
    assert hallway.bus.state(topics.desk("17"))["status"] == "closed"
    assert hallway.at_desk("next")["error"]["code"] == "desk_closed"
    assert hallway.take() == "O001"


def test_a_tap_at_the_very_roll_over_belongs_to_the_new_day(hallway):
    hallway.take()
    hallway.now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    answer = hallway.ask("ticket", category="fees")
    assert answer["ticket"]["number"] == "O001"
    assert hallway.query("SELECT day, number, status FROM tickets") == [
        ("2026-11-23", "O001", "closed"),
        ("2026-11-24", "O001", "waiting"),
    ]


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_restart_around_the_roll_over_ends_the_day_once(hallway, seconds):
    hallway.take()
    hallway.now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC) + timedelta(seconds=seconds)
    hallway.start()
    hallway.passes(seconds=5)
    hallway.start()
    assert hallway.query("SELECT day FROM days") == [("2026-11-23",), ("2026-11-24",)]
    assert hallway.query("SELECT count(*) FROM events WHERE kind = 'TicketClosed'") == [(1,)]
    assert hallway.take() == "O001"


@pytest.mark.parametrize("night", [datetime(2027, 3, 27, 20, tzinfo=UTC), datetime(2027, 10, 30, 20, tzinfo=UTC)])
def test_the_night_of_the_changed_clocks_has_one_roll_over(hallway, night):
    hallway.now = night
    hallway.take()
    for _ in range(24):
        hallway.passes(minutes=30)
    days = [date.fromisoformat(day) for (day,) in hallway.query("SELECT day FROM days ORDER BY day")[1:]]
    assert days == [night.date(), night.date() + timedelta(days=1)]


def test_a_repeat_from_yesterday_gets_yesterdays_answer(hallway):
    first = hallway.ask("ticket", request_id="late", category="fees")
    hallway.passes(days=1)
    assert hallway.ask("ticket", request_id="late", category="fees") == first
    assert hallway.query("SELECT count(*) FROM tickets") == [(1,)]


# -- an office that changed overnight --------------------------------------------------------------------------


def test_an_office_that_gave_up_a_desk_and_a_matter_during_the_day_goes_on(hallway):
    hallway.at_desk("open")
    hallway.take("fees")
    hallway.take("taxes")
    assert hallway.at_desk("next")["ok"]
    hallway.take("fees")
    without = [part for part in hallway.office.split("\n\n") if 'id = "17"' not in part and 'id = "fees"' not in part]
    hallway.office = "\n\n".join(without)
    hallway.start()
    hallway.passes(seconds=5)
    assert hallway.bus.state(topics.BOARD)["calls"][0]["desk"] == "17"
    assert hallway.ask("ticket", category="fees")["error"]["code"] == "unknown_category"
    assert hallway.at_desk("next")["error"]["code"] == "unknown_desk"
    assert hallway.ask("cancel", number="O002")["ok"]
    assert hallway.take("taxes") == "S002"
    hallway.passes(days=1)
    assert {status for _, status in hallway.query(TICKETS)} == {"closed", "cancelled"}


def test_a_letter_that_passes_to_another_matter_during_the_day_repeats_no_number(hallway):
    assert [hallway.take("fees"), hallway.take("fees"), hallway.take("taxes")] == ["O001", "O002", "S001"]
    for number in ("O001", "O002", "S001"):
        assert hallway.ask("cancel", number=number)["ok"]
    for before, after in (('letter = "O"', 'letter = "?"'), ('letter = "S"', 'letter = "O"'), ('"?"', '"S"')):
        hallway.office = hallway.office.replace(before, after)
    hallway.start()
    assert [hallway.take("fees"), hallway.take("taxes")] == ["S002", "O003"]


def test_a_hall_that_never_rests_does_not_fill_the_disk(hallway, monkeypatch):
    monkeypatch.setattr("broker.store.wal.MOST_COMMITS", 20)
    sizes = []
    for _ in range(6):
        for _ in range(20):
            hallway.take()
        hallway.passes(seconds=1)
        sizes.append(hallway.log._wal._file.stat().st_size)
    assert sizes[-1] == sizes[2], "the file of the log is written over again"
