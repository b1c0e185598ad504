"""`okienko-broker verify` beside a running broker: one line for people, a status for monitoring, a hash to note."""

import pytest

from broker.__main__ import main


@pytest.fixture
def verify(capsys, tmp_path):
    """Return a function that runs the command: status, its lines, what it complained about."""

    def run(*words):
        try:
            status = main(["verify", "--database", f"sqlite:///{tmp_path / 'hall.db'}", *words])
        except SystemExit as ended:
            status = ended.code
        said = capsys.readouterr()
        return status, said.out.splitlines(), said.err

    return run


@pytest.fixture
def busy(hallway):
    hallway.take()
    hallway.at_desk("open")
    hallway.at_desk("next")
    return hallway


def test_a_whole_log_is_said_to_be_whole_with_the_hash_to_note(busy, verify):
    status, (whole, newest), _ = verify()
    assert status == 0
    assert whole.startswith("whole: 4 events from 2026-11-23T08:30:00Z to 2026-11-23T08:30:00Z")
    ((stored,),) = busy.query("SELECT hex(hash) FROM events ORDER BY seq DESC LIMIT 1")
    assert newest == f"newest hash: {stored.lower()}"
    assert verify("--noted", stored)[0] == 0
    assert verify("--day", "2026-11-23")[1][0].startswith("whole: 4 events of 2026-11-23 from")


def test_a_log_that_was_changed_is_told_with_its_first_wrong_place(busy, verify):
    busy.query("UPDATE events SET data = replace(data, 'fees', 'visa') WHERE kind = 'TicketIssued'")
    status, (line, _), _ = verify()
    assert (status, line) == (1, "NOT WHOLE: changed: event 2 (TicketIssued of 2026-11-23), or the one before it")


def test_a_noted_hash_that_is_gone_is_told(busy, verify):
    status, (line, _), _ = verify("--noted", "ab" * 32)
    assert status == 1
    assert line.startswith("NOT WHOLE: cut off: the noted hash is not in the log")


def test_a_new_database_is_whole(tmp_path, hallway, verify):
    hallway.query("DELETE FROM events")
    hallway.query("DELETE FROM days")
    assert verify() == (0, ["whole: no events", f"newest hash: {'0' * 64}"], "")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--day", "2026-11-25"], "okienko-broker: the log does not hold 2026-11-25\n"),
        (["--day", "Monday"], "should be a day like 2026-11-23"),
        (["--noted", "abc"], "should be the 64 digits of a hash"),
        (["--database", "sqlite:///no.db"], "no.db does not exist; --database names the broker's database"),
        (["--database", "hall.db"], "should be like sqlite:///hall.db"),
    ],
)
def test_what_cannot_be_verified_gives_status_2_and_one_line(busy, verify, words, complaint):
    status, lines, said = verify(*words)
    assert (status, lines) == (2, [])
    assert complaint in said
    assert said.count("\n") == 1
