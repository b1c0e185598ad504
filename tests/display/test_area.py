"""A wall for some desks of the office, and what a wall knows from the desks themselves."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from broker.contract.messages import Desk
from display.announcements import Announce, Announcements, BoardHeard, Confirm, FallSilent, Memory, Played, Read, after
from display.area import Area
from display.view import view
from tests.builders import NOON, board, call, sample, ticket

DAY = "2026-11-23"
ZONE = Area(frozenset({"1", "2"}))
EVERYWHERE = [str(desk) for desk in (3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15)]


def announce(*events, area=ZONE, memory=None):
    state, told = Announcements(memory or Memory(DAY), area=area), []
    for event in events:
        state, actions = after(state, event)
        told += actions
    return state, told


def announced(told):
    return [action.call.number for action in told if isinstance(action, Announce)]


def twelve_elsewhere():
    return [call(f"C{at:03}", desk, 100 - at, seconds_ago=at) for at, desk in enumerate(EVERYWHERE)]


def at_desk(desk, number, seconds_ago, *, serves=("vehicles",), status="calling"):
    label = next(each["label"] for each in sample()["desk"] if each["id"] == desk)
    called = ticket(number, called_at=NOON - timedelta(seconds=seconds_ago)) if number else None
    return {desk: Desk(desk, status, 3, called, label=label, serves=list(serves))}


def numbers(shown):
    return [each.number for each in ((shown.newest,) if shown.newest else ()) + shown.recent]


def test_a_wall_of_a_zone_shows_and_announces_only_the_calls_to_its_desks():
    calls = [call("A003", "2", 3), call("B002", "20", 2), call("A001", "1", 1)]
    state, told = announce(BoardHeard(board(*calls), NOON), Read(1), Played(1))
    assert announced(told) == ["A001", "A003"]
    assert [action.call for action in told if isinstance(action, Confirm)] == [1]
    assert numbers(view(state, "pl", offline=False)) == ["A003", "A001"]


def test_a_wall_of_no_zone_shows_them_all():
    calls = [call("A003", "2", 3), call("B002", "20", 2), call("A001", "1", 1)]
    state, _ = announce(BoardHeard(board(*calls), NOON), area=Area())
    assert sorted(numbers(view(state, "pl", offline=False))) == ["A001", "A003", "B002"]


def test_a_call_of_the_zone_that_others_push_off_the_board_was_not_taken_back():
    mine = call("A001", "1", 1, seconds_ago=30)
    state, told = announce(BoardHeard(board(mine), NOON), BoardHeard(board(*twelve_elsewhere(), seq=2), NOON))
    assert not any(isinstance(action, FallSilent) for action in told)
    assert state.on_air.call == mine


def test_a_wall_of_a_zone_counts_those_who_wait_for_what_its_desks_serve():
    state, _ = announce(BoardHeard(board(), NOON))
    desks = at_desk("1", None, 0, serves=("vehicles", "drivers"), status="free") | at_desk(
        "20", None, 0, serves=("business",)
    )
    assert [queue.name for queue in view(state, "pl", offline=False, desks=desks).queues] == ["Pojazdy", "Kierowcy"]


def test_a_wall_that_was_off_knows_from_the_desks_whom_the_board_has_no_room_for():
    heard = BoardHeard(board(*twelve_elsewhere()), NOON)
    desks = at_desk("1", "A001", 20) | at_desk("2", "A002", 90)
    whole, _ = announce(heard, area=Area(), memory=Memory(DAY, 100))
    shown = view(whole, "pl", offline=False, desks=desks)
    assert numbers(shown)[-2:] == ["A001", "A002"]
    assert shown.recent[-1].place.desk == "2"
    zone, _ = announce(heard, memory=Memory(DAY, 100))
    assert numbers(view(zone, "pl", offline=False, desks=desks)) == ["A001", "A002"]


@pytest.mark.parametrize(
    ("desk", "why"),
    [
        (at_desk("1", None, 0, status="free"), "nobody is there"),
        (at_desk("1", "C003", 20), "the board lists the number"),
        (at_desk("1", "A001", -1), "it is newer than the board, so it was taken back"),
        (at_desk("1", "A001", 1200), "it was called so long ago that the resident has come"),
    ],
)
def test_what_a_desk_says_is_no_call_where(desk, why):
    state, _ = announce(BoardHeard(board(*twelve_elsewhere()), NOON), area=Area(), memory=Memory(DAY, 100))
    assert len(numbers(view(state, "pl", offline=False, desks=desk))) == 12, why


def test_a_board_with_room_lists_every_call_there_is():
    state, _ = announce(BoardHeard(board(call("B002", "20", 2)), NOON), area=Area(), memory=Memory(DAY, 100))
    assert numbers(view(state, "pl", offline=False, desks=at_desk("1", "A001", 20))) == ["B002"]


def test_of_twenty_calls_at_once_all_stand_on_the_wall_though_a_board_has_twelve():
    calls = [call(f"A{at:03}", str(at % 9 + 1), at) for at in range(1, 21)]
    heard = [BoardHeard(board(*calls[max(at - 12, 0) : at][::-1], seq=at), NOON, live=True) for at in range(1, 21)]
    state, _ = announce(*heard, area=Area())
    shown = view(state, "pl", offline=False)
    assert sorted(numbers(shown)) == [each.number for each in calls]
    assert shown.newest.number == "A001"
    assert all(each.new for each in shown.recent)


def test_a_queue_that_a_restart_finds_on_the_disk_goes_on_and_is_spoken_if_that_is_still_worth_it():
    calls = [
        call("A003", "3", 3, seconds_ago=10),
        call("A002", "2", 2, seconds_ago=70),
        call("A001", "1", 1, seconds_ago=80),
    ]
    state, _ = announce(BoardHeard(board(*calls), NOON - timedelta(seconds=65), live=True), area=Area())
    assert [each.speak for each in state.queue] == [True, True]
    again, told = announce(BoardHeard(board(*calls), NOON), area=Area(), memory=state.memory)
    assert announced(told) == ["A003"]
    assert again.queue == ()


def test_a_call_in_the_queue_that_is_taken_back_while_the_wall_is_off_is_not_announced_after_it():
    calls = [call("A003", "3", 3), call("A002", "2", 2), call("A001", "1", 1)]
    state, _ = announce(BoardHeard(board(*calls), NOON), area=Area())
    left = [calls[0], calls[2]]
    _, told = announce(BoardHeard(replace(board(*left), seq=5), NOON), area=Area(), memory=state.memory)
    assert announced(told) == ["A003"]
