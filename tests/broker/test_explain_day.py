"""Explained tickets of a day of a thousand, against the formula computed apart: ticket by ticket, call by call."""

import re
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from broker.domain.events import TicketCalled
from broker.domain.office_file import office_from_toml
from broker.domain.story import stories_of
from broker.domain.story_text import told
from broker.domain.voice import Voice
from broker.explain_command import main
from broker.store.archive import events_of
from tests.broker.explained_day import OFFICE, Auditor, LongDay

TICKETS = 1000
WARSAW = ZoneInfo("Europe/Warsaw")
CALL = re.compile(r"\d\d:\d\d:\d\d  called to Desk (\w+) \(call (\d+)\)")
IN_TURN = re.compile(
    r"place (?P<place>\S+): issued \S+?(?:, booked for \S+?(?: but not on time)?)?(?:, anchor \S+?)?"
    r"(?:, head start (?P<head_start>\d+) min)?(?:, handicap (?P<handicap>\d+) min)?"
    r"; (?:next in line (?P<next>\w+) at (?P<next_place>[\d:]+)|nobody else in line)"
    r"(?P<auto>; called without a press: desk \w+ was ready)?"
)
ROW = re.compile(r"([> ]) (\w\d{3}) +(\S{8})  (\S{8})  (-|\d+ min) +(-|\d+ min) +\w.*")


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    file = tmp_path_factory.mktemp("day") / "hall.db"
    LongDay(seed=2026).store(f"sqlite:///{file}", TICKETS)
    return file


@pytest.fixture(scope="module")
def expected(database):
    return Auditor().expected(database)


@pytest.fixture(scope="module")
def office():
    return office_from_toml(OFFICE, "office.toml")


@pytest.fixture(scope="module")
def stories(database, office):
    events = events_of(f"sqlite:///{database}", date(2026, 11, 23))
    return [story for namesakes in stories_of(events, office).values() for story in namesakes]


def clock(moment):
    return f"{moment.astimezone(WARSAW):%H:%M:%S}"


def minute(moment):
    return f"{moment.astimezone(WARSAW):%H:%M}"


def minutes(number):
    return f"{number} min" if number else "-"


def told_calls(lines):
    """Cut a printed story at its calls: for each its desk, its number and the lines below it."""
    calls = []
    for line in lines:
        if begins := CALL.fullmatch(line):
            calls.append((begins[1], int(begins[2]), []))
        elif calls and line.startswith(" "):
            calls[-1][2].append(line[10:])
    return calls


def test_the_day_has_all_that_makes_an_order_hard_to_check(expected, stories):
    assert len(stories) == TICKETS
    assert len({story.ticket.priority for story in stories}) == 4, "three classes, and none"
    assert {call.how for call in expected.values()} == {"in_turn", "by_number", "auto"}
    kinds = {type(moment.event).__name__ for story in stories for moment in story.moments}
    assert kinds >= {"TicketHeld", "TicketResumed", "TicketTransferred", "TicketNoShow", "TicketRestored"}
    assert any(story.ticket.booked_at for story in stories)
    assert sum(call.stand is not None and call.stand.handicap > 0 for call in expected.values()) > 50
    assert max(len(call.line) for call in expected.values()) > 20


def test_the_stored_numbers_of_every_call_are_those_of_the_formula(expected, stories):
    calls = [moment.event for story in stories for moment in story.moments if isinstance(moment.event, TicketCalled)]
    assert {call.call for call in calls} == set(expected)
    for call in calls:
        should, grounds = expected[call.call], call.grounds
        stand, runner_up = should.stand, should.runner_up
        assert (call.order, call.desk, grounds.desk, grounds.how) == (
            should.order,
            should.desk,
            should.desk,
            should.how,
        )
        assert (grounds.next_number, grounds.next_place) == (
            (runner_up.number, runner_up.place) if runner_up else (None, None)
        )
        assert (grounds.place, grounds.head_start_minutes, grounds.handicap_minutes) == (
            (stand.place, stand.head_start, stand.handicap) if stand else (None, 0, 0)
        )
        assert should.how == "by_number" or should.line[0] == stand, "the earliest place is called"


def test_what_explain_says_of_every_ticket_is_what_the_formula_gives(expected, stories, office):
    voice, seen = Voice(office, "en"), set()
    for story in stories:
        lines = list(told(story, voice, whole_lines=True))
        assert lines[0].startswith(story.ticket.number)
        assert not [line for line in lines if "has changed since" in line]
        for desk, call, below in told_calls(lines):
            seen.add(call)
            should = expected[call]
            assert (desk, story.ticket.order) == (should.desk, should.order)
            check_reason(below[0].removeprefix("reason: "), should, story.ticket.number)
            check_sum(below[1], should)
            check_line(below[2:], should)
    assert seen == set(expected)


def check_reason(reason, should, number):
    if should.how == "by_number":
        assert reason == f"out of turn: desk {should.desk} asked for {number}"
        return
    said = IN_TURN.fullmatch(reason)
    assert said, reason
    stand, runner_up = should.stand, should.runner_up
    assert said["place"] == minute(stand.place)
    assert (int(said["head_start"] or 0), int(said["handicap"] or 0)) == (stand.head_start, stand.handicap)
    assert (said["next"], said["next_place"]) == (
        (runner_up.number, minute(runner_up.place)) if runner_up else (None, None)
    )
    assert bool(said["auto"]) == (should.how == "auto")


def check_sum(line, should):
    stand = should.stand
    if stand is None:
        assert line == "this desk does not take this matter, and called it out of turn"
        return
    sum_of = f"{clock(stand.anchor)} - {stand.head_start} min + {stand.handicap} min = {clock(stand.place)}"
    assert line == f"the place in numbers: {sum_of}"


def check_line(lines, should):
    """Check the printed line: everybody who stood in it, in the order of their places, the called one marked."""
    title, _columns, *rows = lines
    assert f"({len(should.line)} in all)" in title
    printed = [ROW.fullmatch(row).groups() for row in rows]
    assert printed == [
        (
            ">" if stand.order == should.order else " ",
            stand.number,
            clock(stand.place),
            clock(stand.anchor),
            minutes(stand.head_start),
            minutes(stand.handicap),
        )
        for stand in should.line
    ]


def test_the_command_prints_those_stories(database, tmp_path, capsys, stories, office):
    (tmp_path / "office.toml").write_text(OFFICE, encoding="utf-8")
    words = ("--database", f"sqlite:///{database}", "--office", str(tmp_path / "office.toml"))
    eventful = sorted(stories, key=lambda story: len(story.moments))[-3:]
    for story, language in [*((story, "en") for story in eventful), (eventful[0], "pl")]:
        status = main([story.ticket.number, *words, "--language", language, "--all"])
        printed = capsys.readouterr()
        assert (status, printed.err) == (0, "")
        assert printed.out.splitlines() == list(told(story, Voice(office, language), whole_lines=True))


def test_the_polish_page_has_the_same_numbers_as_the_english_one(stories, office):
    eventful = sorted(stories, key=lambda story: len(story.moments))[-30:]
    for story in eventful:
        assert (
            next(iter(told(story, Voice(office, "pl")))) == f"{story.ticket.number} · 2026-11-23 · Urząd Gminy Lipowo"
        )
        numbers = [
            [re.findall(r"\d+", line) for line in told(story, Voice(office, language))][1:] for language in ("pl", "en")
        ]
        assert numbers[0] == numbers[1]
