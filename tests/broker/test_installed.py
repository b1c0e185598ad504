"""Commands that an administrator types without saying where the queue is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from broker import installed
from broker.__main__ import main
from broker.installed import Queue, installed_settings, queue_meant
from broker.settings import SAMPLE_OFFICE
from broker.store.backup import back_up
from broker.store.database import BadDatabase
from broker.store.faults import if_damaged
from tests.broker.conftest import MONDAY_MORNING, SAMPLE, Hallway


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An administrator's own folder, on a machine without a broker."""
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    monkeypatch.setattr(installed, "INSTALLED", tmp_path / "broker.toml")
    monkeypatch.setattr(installed, "RUNS_IN", tmp_path / "var")
    return tmp_path / "home"


@pytest.fixture
def machine(home, tmp_path):
    """The broker's machine: its settings, its office in Lisbon, and a queue of one ticket."""
    (tmp_path / "var").mkdir()
    (tmp_path / "stick").mkdir()
    (tmp_path / "office.toml").write_text(SAMPLE.replace('"Europe/Warsaw"', '"Europe/Lisbon"'))
    (tmp_path / "broker.toml").write_text(
        f'office = "{tmp_path}/office.toml"\ndatabase = "sqlite:///{tmp_path}/var/hall.db"\n'
        f'backup_folder = "{tmp_path}/stick"\n'
    )
    hallway = Hallway(f"sqlite:///{tmp_path}/var/hall.db")
    hallway.start().take()
    hallway.stop()
    return tmp_path


def test_the_advice_for_a_damaged_database_typed_as_it_stands_mends_the_hall(machine, home, capsys):
    queue = machine / "var" / "hall.db"
    copy = back_up(f"sqlite:///{queue}", machine / "stick", MONDAY_MORNING)
    queue.write_bytes(b"Dear clerk, " * 1000)
    command = if_damaged("file is not a database").partition("okienko okienko-broker ")[2].replace("FILE", str(copy))
    assert main(command.split()) == 0
    said = capsys.readouterr().out
    assert said.startswith("restored: the hall as it was on 2026-11-23 08:30:00, from "), "by the clock of its office"
    assert f" to {queue}\n" in said
    assert not list(home.iterdir())
    assert Hallway(f"sqlite:///{queue}").start().query("SELECT count(*) FROM tickets") == [(1,)]


KEEPERS_WORDS = [["verify"], ["backup"], ["device", "list"], ["bookings", "list"], ["explain", "O001"]]


@pytest.mark.parametrize("words", KEEPERS_WORDS, ids=" ".join)
def test_whoever_looks_after_the_broker_need_not_say_where_its_queue_is(machine, home, words):
    assert main(words) == 0
    assert not list(home.iterdir())
    assert len(list((machine / "stick").iterdir())) == (words == ["backup"])


def test_a_queue_in_the_folder_and_one_that_is_named_go_before_the_brokers(machine, home):
    brokers = f"sqlite:///{machine}/var/hall.db"
    assert queue_meant() == Queue(brokers, machine / "office.toml")
    assert queue_meant(office="mine.toml") == Queue(brokers, Path("mine.toml"))
    assert queue_meant("sqlite:///other.db") == Queue("sqlite:///other.db", SAMPLE_OFFICE)
    (home / "hall.db").touch()
    assert queue_meant() == Queue("sqlite:///hall.db", SAMPLE_OFFICE)
    assert installed_settings() is None


def test_without_a_broker_on_the_machine_it_is_the_queue_in_the_folder(home):
    assert home.is_dir()
    assert queue_meant(office="mine.toml") == Queue("sqlite:///hall.db", Path("mine.toml"))


def test_settings_that_leave_something_out_mean_what_the_broker_takes(home):
    home.with_name("broker.toml").write_text('office = "office.toml"\n')
    assert queue_meant() == Queue(f"sqlite:///{home.parent}/var/hall.db", home.parent / "var" / "office.toml")
    home.with_name("broker.toml").write_text("")
    assert queue_meant().office == SAMPLE_OFFICE


def test_settings_that_cannot_be_read_give_one_line_and_no_other_queue_is_taken(machine, home, capsys):
    (machine / "broker.toml").write_text("database = \n")
    for words in (["restore", "copy.db"], ["verify"], ["device", "list"]):
        assert main(words) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert "broker.toml: not TOML" in said
    assert not list(home.iterdir())
    (machine / "broker.toml").unlink()
    (machine / "broker.toml").mkdir()
    with pytest.raises(BadDatabase, match="Is a directory; mend it, or name the broker's database with --database"):
        queue_meant()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_who_may_not_see_the_queue_is_told_to_use_sudo_wherever_that_is_typed(machine, home):
    for folder in machine.parents[:3]:
        folder.chmod(folder.stat().st_mode | 0o055)
    machine.chmod(0o755)
    (machine / "var").chmod(0o700)
    home.chmod(0o700)
    program = (
        "import os, sys; from pathlib import Path; from broker import installed; from broker.__main__ import main\n"
        "from broker import device_command, verify_command\n"
        f"installed.INSTALLED = Path('{machine}/broker.toml')\n"
        "os.setuid(65534)\n"
        "print(main(['verify']), main(['device', 'list']))\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True)
    assert answer.stdout == "2 2\n"
    assert (
        answer.stderr.splitlines()
        == [f"okienko-broker: {machine}/var/hall.db: Permission denied; run it with sudo"] * 2
    )
