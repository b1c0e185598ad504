"""Copies at their times, made by a process of its own: a stick may be pulled out, and comes back by itself."""

import sqlite3
from datetime import date

import pytest

from broker.backups import SOON_S, Backups
from tests.clients import eventually

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
MINUTES = 60
# A process that is quicker than ours; it makes a file for each time that it was started.
COPIES = """
n=$(ls "$2" | wc -l) && echo "$@" > "$2/copy-$n" && echo "copy $n"
"""


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def backups(stick):
    return Backups(stick, MINUTES, 30, "sqlite:///hall.db", MONDAY, ["sh", "-c", COPIES, "sh"])


def finished(backups, day, now_s):
    """Look until the process that copies has ended; return what is wrong."""
    assert eventually(lambda: backups.look(day, now_s) is not None or backups._process is None, 60)
    return backups._wrong


def copies(stick):
    return sorted(path.name for path in stick.iterdir())


def test_a_copy_is_made_soon_after_the_start_and_then_at_its_times(backups, stick):
    assert backups.look(MONDAY, 1000.0) is None
    assert backups.look(MONDAY, 1000.0 + SOON_S - 1) is None
    assert backups._process is None
    backups.look(MONDAY, 1000.0 + SOON_S)
    assert finished(backups, MONDAY, 1000.0 + SOON_S) is None
    assert copies(stick) == ["copy-0"]
    assert (stick / "copy-0").read_text() == f"backup {stick} --database sqlite:///hall.db --keep-days 30\n"
    backups.look(MONDAY, 1000.0 + SOON_S + MINUTES * 60 - 1)
    assert backups._process is None
    backups.look(MONDAY, 1000.0 + SOON_S + MINUTES * 60)
    finished(backups, MONDAY, 5000.0)
    assert copies(stick) == ["copy-0", "copy-1"]


def test_the_end_of_a_day_is_copied_at_once(backups, stick):
    backups.look(MONDAY, 1000.0)
    backups.look(TUESDAY, 1001.0)
    assert finished(backups, TUESDAY, 1002.0) is None
    assert copies(stick) == ["copy-0"]


def test_a_stick_that_was_pulled_out_is_told_and_the_copy_made_when_it_is_back(backups, stick):
    stick.rename(stick.with_name("pocket"))
    assert f"{stick} is not there; plug the stick in" in backups.look(MONDAY, 0.0)
    assert not stick.exists(), "nothing is written to the card in its place"
    stick.with_name("pocket").rename(stick)
    assert "not there" in backups.look(MONDAY, 5.0), "until a copy is whole"
    assert eventually(lambda: backups.look(MONDAY, 10.0) is None, 60)
    assert copies(stick) == ["copy-0"]


def test_a_copy_that_failed_says_why_and_is_tried_again_soon(stick):
    failing = ["sh", "-c", "echo 'nice: never mind' >&2; echo 'okienko-broker: the stick is full' >&2; exit 2"]
    backups = Backups(stick, MINUTES, 30, "sqlite:///hall.db", MONDAY, failing)
    backups.look(MONDAY, 0.0)
    backups.look(MONDAY, SOON_S)
    assert finished(backups, MONDAY, SOON_S + 5) == "no copy was made: the stick is full"
    backups.look(MONDAY, 2 * SOON_S + 4)
    assert backups._process is None
    backups.look(MONDAY, 2 * SOON_S + 5)
    assert backups._process is not None
    finished(backups, MONDAY, 3000.0)


def test_a_copy_that_takes_for_ever_is_told(backups):
    backups.look(MONDAY, 0.0)
    backups.look(MONDAY, SOON_S)
    process, backups._process.poll = backups._process, lambda: None  # as if the stick answered no more
    assert backups.look(MONDAY, SOON_S + 3000) is None
    assert "more than an hour" in backups.look(MONDAY, SOON_S + 3700)
    del process.poll
    assert eventually(lambda: backups.look(MONDAY, SOON_S + 3800) is None, 60)


def test_health_tells_of_a_stick_that_is_not_there_until_a_real_copy_is_on_it(hallway, stick):
    hallway.take()
    hallway.service.caretaker.backups = Backups(stick, MINUTES, 30, hallway._url, MONDAY)
    stick.rmdir()
    hallway.passes(minutes=1)
    (problem,) = hallway.bus.problems
    assert (problem.code, problem.since) == ("backup", hallway.now)
    stick.mkdir()
    assert eventually(lambda: hallway.passes(seconds=5) or not hallway.bus.problems, 100)
    (copy,) = copies(stick)
    assert sqlite3.connect(stick / copy).execute("SELECT count(*) FROM tickets").fetchone() == (1,)
