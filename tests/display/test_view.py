"""What stands on the wall for each state of the hall."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from display.announcements import Announcements, BoardHeard, Memory, after
from display.phrases import phrases
from display.view import Place, ShownQueue, place, view
from tests.builders import NOON, board, call

DAY = "2026-11-23"


def heard(*calls, announced=0):
    state, _ = after(Announcements(Memory(DAY, announced)), BoardHeard(board(*calls), NOON))
    return state


def test_before_anything_is_known_the_wall_says_so():
    assert not view(Announcements(), "pl", offline=True).known


def test_before_the_first_call_there_is_no_newest_and_the_office_is_named():
    shown = view(heard(), "pl", offline=False)
    assert shown.known
    assert shown.newest is None
    assert shown.office == "Urząd Miejski w Dąbrowie Górniczej"


def test_a_call_that_was_taken_back_leaves_its_place_to_the_one_below_and_the_last_one_to_the_greeting():
    one, two, three = call("A001", "9", 1), call("B002", "20", 2), call("C003", "15", 3)
    state = heard(three, two, one)
    for left, newest, recent in (
        ([two, one], ("A001", True), [("B002", True)]),
        ([two], ("B002", True), []),
        ([], None, []),
    ):
        state, _ = after(state, BoardHeard(board(*left), NOON))
        shown = view(state, "pl", offline=False)
        assert (shown.newest and (shown.newest.number, shown.newest.new)) == newest
        assert [(row.number, row.new) for row in shown.recent] == recent


def test_an_announced_call_that_was_taken_back_gives_way_to_the_calm_one_before_it():
    one, two = call("A001", "9", 1), call("B002", "20", 2)
    state = heard(two, one, announced=1)
    assert view(state, "pl", offline=False).newest.number == "B002"
    state, _ = after(state, BoardHeard(board(one), NOON))
    shown = view(state, "pl", offline=False)
    assert (shown.newest.number, shown.newest.new, shown.recent) == ("A001", False, ())


def test_of_three_calls_at_once_the_one_on_air_stands_as_newest_and_the_others_are_marked_new():
    shown = view(heard(call("C003", "15", 3), call("B002", "20", 2), call("A001", "9", 1)), "pl", offline=False)
    assert (shown.newest.number, shown.newest.new) == ("A001", True)
    assert [(row.number, row.new) for row in shown.recent] == [("C003", True), ("B002", True)]


def test_after_a_restart_the_last_call_stands_as_newest_and_is_not_new():
    shown = view(heard(call("B002", "20", 2), call("A001", "9", 1), announced=2), "pl", offline=False)
    assert (shown.newest.number, shown.newest.new) == ("B002", False)
    assert [row.number for row in shown.recent] == ["A001"]


def test_a_recalled_resident_has_one_line_with_the_latest_desk():
    calls = [call("A001", "11", 3, kind="recall"), call("B002", "20", 2), call("A001", "9", 1)]
    shown = view(heard(*calls, announced=3), "pl", offline=False)
    assert shown.newest.place == Place("Stanowisko", "11")
    assert [row.number for row in shown.recent] == ["B002"]


def test_matters_for_which_nobody_waits_are_left_out():
    state = heard()
    queues = [replace(queue, waiting=2 if queue.category == "drivers" else 0) for queue in state.board.waiting]
    shown = view(replace(state, board=replace(state.board, waiting=queues)), "pl", offline=False)
    assert shown.queues == (ShownQueue("Kierowcy", 2, "5–15"),)


@pytest.mark.parametrize(("minutes", "shown"), [(None, ""), ((0, 5), "0–5"), ((7, 7), "7")])
def test_the_wait_is_a_range_of_minutes_or_nothing(minutes, shown):
    assert view(heard_with(minutes), "pl", offline=False).queues[0].minutes == shown


def heard_with(minutes):
    return after(Announcements(), BoardHeard(board(wait_minutes=minutes), NOON))[0]


def test_the_wall_speaks_its_language_and_falls_back_on_the_office_s_own():
    state = heard(call("A001", "p3", 1))
    assert view(state, "uk", offline=False).newest.place == Place("Кабінет", "3")
    assert view(state, "fr", offline=False).newest.place == Place("Pokój", "3")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Stanowisko 30", Place("Stanowisko", "30")),
        ("Pokój 12a", Place("Pokój", "12a")),
        ("Kasa główna", Place("", "Kasa główna")),
        ("7", Place("", "7")),
        ("Punkt informacyjny 2", Place("", "Punkt informacyjny 2")),
    ],
)
def test_a_label_is_split_before_its_number_where_that_reads_well(label, expected):
    assert place(label) == expected


@pytest.mark.parametrize("language", ["pl", "en", "uk", "de"])
def test_every_phrase_is_translated(language):
    source, translated = phrases("none"), phrases(language)
    assert phrases("pl").day(NOON.date()) == "poniedziałek, 23 listopada"
    for name in source._fields:
        phrase = getattr(translated, name)
        assert phrase
        if language != "en" and isinstance(phrase, str) and name != "minutes":  # "min" is Polish, too
            assert phrase != getattr(source, name), name


def test_a_call_on_air_stays_the_newest_though_the_board_has_gone_on():
    state = heard(call("A001", "9", 1))
    state, _ = after(state, BoardHeard(board(call("B002", "20", 2), call("A001", "9", 1)), NOON + timedelta(seconds=1)))
    shown = view(state, "pl", offline=False)
    assert shown.newest.number == "A001"
