"""`okienko-broker explain`: a ticket's story for whoever asks, or one line that says what to do."""

import subprocess
import sys

import pytest

from broker.__main__ import main
from tests.broker.conftest import Hallway
from tests.broker.explained_day import OFFICE


@pytest.fixture
def explain(tmp_path, monkeypatch, capsys):
    """Return a function that explains a number, in a folder of its own: status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        try:
            status = main(["explain", *words])
        except SystemExit as ended:
            status = ended.code
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def called(tmp_path):
    """A running broker in whose hall W002, with a small child, was called before W001."""
    hallway = Hallway(f"sqlite:///{tmp_path / 'hall.db'}").start()
    hallway.take("filing")
    hallway.passes(minutes=5)
    hallway.take("filing", priority="small-child")
    hallway.at_desk("open", "14")
    hallway.passes(minutes=10)
    hallway.at_desk("next", "14")
    yield hallway
    hallway.stop()


def test_a_called_ticket_is_explained_in_the_offices_own_language_while_the_broker_runs(explain, called):
    status, said, wrong = explain("W002")
    assert (status, wrong) == (0, "")
    assert said.splitlines() == [
        "W002 · 2026-11-23 · Urząd Miejski w Dąbrowie Górniczej",
        "",
        "09:35:00  wydany: Biuro podawcze; Z małym dzieckiem, pierwszeństwo 15 min",
        "09:45:00  wezwany: Stanowisko 14 (wezwanie 1)",
        "          powód: miejsce 09:20: wydany o 09:35, pierwszeństwo 15 min; następny w kolejce: W001, miejsce 09:30",
        "          miejsce w liczbach: 09:35:00 - 15 min + 0 min = 09:20:00",
        "          kolejka do stanowiska w tej chwili, od najwcześniejszego miejsca (razem 2):",
        "            numer  miejsce   liczony od  pierwszeństwo  zastępstwo  sprawa",
        "          > W002   09:20:00  09:35:00    15 min         -           Biuro podawcze",
        "            W001   09:30:00  09:30:00    -              -           Biuro podawcze",
        "",
        "stan na koniec zapisu: wezwany",
        "oczekiwanie: 10,0 min; od wezwania do podejścia: 0,0 min; obsługa: 0,0 min",
    ]


def test_the_broker_goes_on_as_if_nobody_had_asked(explain, called):
    assert explain("W002")[0] == 0
    called.passes(minutes=2)
    assert called.at_desk("next", "14")["ticket"]["number"] == "W001"
    assert "wezwany: Stanowisko 14 (wezwanie 2)" in explain("W001")[1]


def test_a_number_may_be_typed_in_small_letters_and_the_language_chosen(explain, called):
    status, said, _ = explain("w001", "--language", "en")
    assert status == 0
    assert said.splitlines()[2:] == [
        "09:30:00  issued: Filing office",
        "",
        "as the log ends: waiting",
    ]


@pytest.mark.parametrize("own", ["en", "uk"])
def test_an_office_of_another_language_is_answered_in_english(explain, called, tmp_path, own):
    office = OFFICE.replace('"pl", "en"', f'"{own}", "pl"').replace(" en = ", f" {own} = ")
    (tmp_path / "office.toml").write_text(office, encoding="utf-8")
    status, said, wrong = explain("W002", "--office", "office.toml")
    assert (status, wrong) == (0, "")
    assert said.startswith("W002 · 2026-11-23 · Lipowo Commune Office\n")
    assert "called to 14 (call 1)\n          reason: place 09:20" in said
    assert "this office.toml has no desk 14" in said


def test_a_day_of_the_past_is_explained_by_its_date(explain, called):
    called.passes(days=1)
    called.take("filing")
    assert explain("W002")[0] == 1
    assert "powód: miejsce 09:20" in explain("W002", "--day", "2026-11-23")[1]


WRONG = {
    "a number that was not given out": (
        ["D999"],
        1,
        "okienko-broker: D999: no such number on 2026-11-23; --day names another day\n",
    ),
    "a day that is not there": (
        ["W001", "--day", "2026-11-22"],
        2,
        "okienko-broker: sqlite:///hall.db does not hold 2026-11-22 but 2026-11-23; --day names one of its days\n",
    ),
    "a day that is none": (["W001", "--day", "yesterday"], 2, "'yesterday' should be a day like 2026-11-23"),
    "a database that is not there": (
        ["W001", "--database", "sqlite:///no.db"],
        2,
        "okienko-broker: no.db does not exist; --database names the broker's database\n",
    ),
    "a database that is no file": (
        ["W001", "--database", "hall.db"],
        2,
        "okienko-broker: 'hall.db' is no database file; it should be like sqlite:///hall.db\n",
    ),
    "an office that is not there": (
        ["W001", "--office", "no.toml"],
        2,
        "okienko-broker: no.toml: cannot be read: No such file or directory; --office names the office's TOML file\n",
    ),
    "no number": ([], 2, "the following arguments are required: number; okienko-broker explain --help says what"),
    "a language without words": (["W001", "--language", "uk"], 2, "invalid choice: 'uk' (choose from "),
    "an option nobody knows": (["W001", "--why"], 2, "unrecognized arguments: --why"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_explained_gives_one_line(explain, called, what):
    words, status, line = WRONG[what]
    ended, said, wrong = explain(*words)
    assert (ended, said, wrong.count("\n")) == (status, "", 1)
    assert wrong.startswith("okienko-broker: ")
    assert line in wrong


def test_a_database_without_a_day_and_one_that_is_no_database_give_one_line(explain, tmp_path):
    Hallway(f"sqlite:///{tmp_path / 'hall.db'}").stop()
    (tmp_path / "letter.db").write_text("Dear clerk, " * 100)
    assert "letter.db: file is not a database" in explain("W001", "--database", "sqlite:///letter.db")[2]
    (tmp_path / "empty.db").write_bytes(b"")
    assert "empty.db: no such table: days" in explain("W001", "--database", "sqlite:///empty.db")[2]


def test_whoever_reads_the_beginning_alone_sees_no_traceback(called, tmp_path):
    words = [sys.executable, "-m", "broker", "explain", "W002", "--database", f"sqlite:///{tmp_path / 'hall.db'}"]
    asked = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    asked.stdout.close()
    assert (asked.stderr.read(), asked.wait(30)) == (b"", 0)
    asked.stderr.close()


def test_a_terminal_without_polish_letters_gets_the_story_all_the_same(called, tmp_path):
    words = [sys.executable, "-m", "broker", "explain", "W002", "--database", f"sqlite:///{tmp_path / 'hall.db'}"]
    asked = subprocess.run(
        words, capture_output=True, check=False, timeout=30, env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin"}
    )
    assert (asked.returncode, asked.stderr) == (0, b"")
    assert b"pierwsze?stwo 15 min" in asked.stdout


# -- the contract ------------------------------------------------------------------------------------------------------


def test_a_called_ticket_tells_its_reason_in_polish_and_in_english(called):
    ticket = called.at_desk("recall", "14")["ticket"]
    assert ticket["reasons"] == {
        "pl": "miejsce 09:20: wydany o 09:35, pierwszeństwo 15 min; następny w kolejce: W001, miejsce 09:30",
        "en": "place 09:20: issued 09:35, head start 15 min; next in line W001 at 09:30",
    }
    assert ticket["reason"] == ticket["reasons"]["en"]
    assert "reasons" not in called.ask("cancel", number="W001")["ticket"]


def test_the_reasons_outlive_a_restart_of_the_broker(called):
    before = called.at_desk("recall", "14")["ticket"]["reasons"]
    called.start()
    assert called.at_desk("recall", "14")["ticket"]["reasons"] == before


def test_a_log_that_kept_no_numbers_is_read_by_todays_broker(called):
    called.query("UPDATE events SET data = json_remove(data, '$.grounds') WHERE kind = 'TicketCalled'")
    ticket = called.start().at_desk("recall", "14")["ticket"]
    assert ticket["reason"] == "place 09:20: issued 09:35, head start 15 min; next in line W001 at 09:30"
    assert "reasons" not in ticket
