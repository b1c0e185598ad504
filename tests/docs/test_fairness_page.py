"""docs/fairness.md: what it shows of a ticket's story is what explain prints of such a morning."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from broker.__main__ import main
from broker.domain import commands as c
from broker.domain.hall import Hall
from broker.domain.office_file import office_from_toml
from broker.explain_command import _parser
from broker.store.database import open_database
from broker.store.log import Entry, EventLog
from tests.broker.domain.test_reason import SAID
from tests.docs.pages import code_words, page, section
from tests.docs.test_office_page import example_office

TEN_O_CLOCK = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHOLE = slice(None)
AT_DESK_1 = ("1", "desk-1")
# Minutes after ten, and what somebody does.
MORNING = (
    (-30, c.StartDay()),
    (-30, c.OpenDesk(*AT_DESK_1)),
    (-30, c.OpenDesk("2", "desk-2")),
    (0, c.IssueTicket("filing")),
    (1, c.CallNext("2", "desk-2")),
    (2, c.IssueTicket("filing")),
    (5, c.IssueTicket("id-cards")),
    (17, c.IssueTicket("id-cards", "disability")),
    (17.2, c.ReportPrint("D002", "printed")),
    (20, c.CallNext(*AT_DESK_1)),
    (20.5, c.StartService(*AT_DESK_1)),
    (24, c.HoldTicket(*AT_DESK_1)),
    (25, c.CallNext(*AT_DESK_1)),
    (31, c.ResumeTicket(*AT_DESK_1, "D002")),
    (32, c.CallNext(*AT_DESK_1)),
    (38, c.FinishService(*AT_DESK_1)),
)


@pytest.fixture
def database(tmp_path, monkeypatch):
    """The morning of the page in `hall.db`, and its office in `office.toml`, in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "office.toml").write_text(example_office(), encoding="utf-8")
    hall, entries = Hall(office_from_toml(example_office(), "office.toml")), []
    for after, command in MORNING:
        events = hall.decide(command, TEN_O_CLOCK + timedelta(minutes=after))
        hall = hall.after(*events)
        entries.append(Entry(hall.day, events))
    connection = open_database("sqlite:///hall.db")
    EventLog(connection).append(entries)
    connection.close()


def shown_commands():
    """Return each command of the page with what it shows of it."""
    blocks = re.findall(
        r"^    \$ okienko-broker explain (.*)\n((?:    .*\n|\n(?=    ))*)", page("fairness.md"), re.MULTILINE
    )
    return {words: [line.removeprefix("    ") for line in shown.rstrip("\n").split("\n")] for words, shown in blocks}


def test_a_story_on_the_page_is_what_explain_prints(database, capsys):
    commands = shown_commands()
    assert len(commands) == 2
    for words, shown in commands.items():
        assert main(["explain", *words.split()]) == 0
        assert capsys.readouterr().out.splitlines() == shown


def test_the_places_worked_out_by_hand_are_those_of_the_first_call(database, capsys):
    main(["explain", "D002", "--office", "office.toml"])
    printed = re.findall(r"^ +>? +(\w{4}) +(\d\d:\d\d):00", capsys.readouterr().out, re.MULTILINE)[:3]
    rows = re.findall(r"^\| (\w{4}) \|.* (\d+:\d\d) \|$", section(page("fairness.md"), "By hand"), re.MULTILINE)
    assert [(number, place.lstrip("0")) for number, place in printed] == rows


@pytest.mark.parametrize(
    ("when", "clauses"),
    [
        ("in turn", WHOLE),
        ("at a desk that stands in", WHOLE),
        ("by number", WHOLE),
        ("booked and in time", slice(1)),
        ("booked and late", slice(1)),
        ("without a press", slice(-1, None)),
    ],
)
def test_the_page_shows_the_reasons_as_they_are_stored(when, clauses):
    shown = section(page("fairness.md"), "The reason that is kept")
    _, *both = SAID[when]
    for words in both:
        assert "; ".join(words.split("; ")[clauses]) in shown


def test_every_option_of_explain_is_on_the_page():
    told = code_words(section(page("fairness.md"), "Ask about a ticket"))
    options = {option for action in _parser()._actions for option in action.option_strings}
    assert options - {"-h", "--help"} <= told
