"""`python -m broker`: wrong words give status 2 and one line that helps; `device` keeps the list of devices."""

import re
import sqlite3

import pytest

from broker.__main__ import COMMANDS, main
from broker.store.database import open_database
from tests.builders import SAMPLE_OFFICE
from tests.running_broker import run_broker

WRONG_WORDS = {
    "an option nobody knows": (["--dance", "now"], "unrecognized arguments: --dance now"),
    "an option without a value": (["--mqtt"], "argument --mqtt: expected one argument"),
    "an MQTT server that is none": (["--mqtt", "hall"], "mqtt: 'hall' is no MQTT server; it should be like mqtt://"),
    "a port that is none": (["--mqtt", "embedded:x"], "mqtt: 'embedded:x' should be embedded or embedded:PORT"),
    "a port beyond the last": (["--mqtt", "embedded:65536"], "should be embedded or embedded:PORT"),
    "a database that is no file": (["--database", "h.db"], "database: 'h.db' is no database file; it should be like"),
    "a database in no folder": (["--database", "sqlite:///no/h.db"], "--database names a file in a writable folder"),
    "an office that is not there": (["--office", "no.toml"], "no.toml: cannot be read: No such file or directory"),
    "an office that is a folder": (["--office", "."], "cannot be read: Is a directory; --office names"),
    "a config that is not there": (["--config", "no.toml"], "no.toml: No such file or directory; --config names"),
}
WRONG_CONFIGS = {
    "mqtt = 3": "broker.toml: mqtt: Expected `str`, got `int`",
    "mqtt = 'http://x'": "broker.toml: mqtt: 'http://x' is no MQTT server; it should be like mqtt://127.0.0.1:1883",
    "database = ''": "broker.toml: database: '' is no database file; it should be like sqlite:///hall.db",
    "mqqt = 'embedded'": "broker.toml: Object contains unknown field `mqqt`",
    "mqtt =": "broker.toml: not TOML: ",
    "office = '\udcff'": "broker.toml: not TOML: ",
}
WRONG_OFFICES = {
    "": "office.toml:1: office is missing",
    "[office": "office.toml: not TOML: ",
    "\udcff": "office.toml: cannot be read: not UTF-8",
}


@pytest.fixture
def broker(tmp_path, monkeypatch, capsys):
    """Return a function that runs the program in a folder of its own: status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        try:
            status = main(words)
        except SystemExit as ended:
            status = ended.code
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def refusal(broker):
    """Return a function that runs the program, and returns the one line that it says before it ends with status 2."""

    def run(*words):
        status, said, line = broker(*words)
        assert (status, said, line.count("\n")) == (2, "", 1), line
        assert line.startswith("okienko-broker: ")
        return line

    return run


@pytest.mark.parametrize("what", WRONG_WORDS)
def test_wrong_words_on_the_command_line_give_one_line(refusal, what):
    words, line = WRONG_WORDS[what]
    assert line in refusal(*words)


def test_the_help_names_every_command_and_each_of_them_helps(broker):
    status, said, _ = broker("--help")
    description = said.partition("options:")[0]
    assert status == 0
    assert tuple(re.findall(r"`(\w+)`", description)) == COMMANDS
    for command in COMMANDS:
        status, said, wrong = broker(command, "--help")
        assert (status, wrong) == (0, "")
        assert said.startswith(f"usage: okienko-broker {command} ")


@pytest.mark.parametrize("text", WRONG_CONFIGS)
def test_a_wrong_config_gives_one_line_with_file_and_key(refusal, tmp_path, text):
    (tmp_path / "broker.toml").write_text(text, encoding="utf-8", errors="surrogateescape")
    assert WRONG_CONFIGS[text] in refusal("--config", "broker.toml")


@pytest.mark.parametrize("text", WRONG_OFFICES)
def test_a_wrong_office_gives_one_line_with_file_and_line(refusal, tmp_path, text):
    (tmp_path / "office.toml").write_text(text, encoding="utf-8", errors="surrogateescape")
    assert WRONG_OFFICES[text] in refusal("--office", "office.toml")


def test_an_office_with_a_slip_of_the_pen_is_told_the_line(refusal, tmp_path):
    sample = SAMPLE_OFFICE.read_text(encoding="utf-8").replace('serves = ["transport"]', 'serves = ["transprot"]')
    (tmp_path / "office.toml").write_text(sample, encoding="utf-8")
    line = 1 + sample.splitlines().index('serves = ["transprot"]')
    assert f"office.toml:{line}: desk[1].serves names the category 'transprot'" in refusal("--office", "office.toml")


def test_a_database_that_is_none_and_one_that_is_too_new_give_one_line(refusal, tmp_path):
    (tmp_path / "letter.db").write_text("Dear clerk, " * 100)
    assert "letter.db: file is not a database" in refusal("--database", "sqlite:///letter.db")
    open_database(f"sqlite:///{tmp_path / 'hall.db'}").close()
    with sqlite3.connect(tmp_path / "hall.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = 'next year'")
    assert "hall.db has tables 'next year' of a newer version" in refusal()


def test_a_second_broker_on_the_same_database_gives_one_line(refusal, tmp_path):
    connection = open_database(f"sqlite:///{tmp_path / 'hall.db'}")
    assert "hall.db is in use by another broker; stop that one first" in refusal()
    connection.close()


def test_a_hall_without_mosquitto_is_told_how_to_get_it(refusal, monkeypatch):
    monkeypatch.setattr("broker.mosquitto.shutil.which", lambda *_args, **_options: None)
    assert "the program mosquitto is missing; install it with: sudo apt install mosquitto" in refusal()


def test_the_real_program_ends_with_status_2_and_no_traceback(tmp_path):
    ended = run_broker("--database", "hall.db", cwd=tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)


# -- device ----------------------------------------------------------------------------------------------------


@pytest.fixture
def database(tmp_path):
    open_database(f"sqlite:///{tmp_path / 'hall.db'}").close()


def test_devices_are_added_changed_listed_and_revoked(broker, database):
    def device(*words):
        status, said, wrong = broker("device", *words)
        assert (status, wrong) == (0, "")
        return said.splitlines()

    assert device("add", "kiosk-1") == ["kiosk-1"]
    assert device("add", "desk-30", "--desk", "30") == ["desk-30 30", "kiosk-1"]
    assert device("add", "desk-30", "--desk", "30", "--desk", "31") == ["desk-30 30 31", "kiosk-1"]
    assert device("revoke", "kiosk-1") == ["desk-30 30 31"]
    assert device("list") == ["desk-30 30 31"]


def test_a_list_of_no_devices_says_how_to_register_one(broker, database):
    status, said, wrong = broker("device", "list")
    assert (status, said, wrong.count("\n")) == (0, "", 1)
    assert "no device is registered; register each with: okienko-broker device add kiosk-1" in wrong


def test_a_device_that_was_never_registered_cannot_be_revoked(broker, database):
    assert broker("device", "revoke", "kiosk-1") == (1, "", "okienko-broker: kiosk-1 is not registered\n")


@pytest.mark.parametrize("name", ["Kiosk", "kiosk/1", "", "kiosk+", "k" * 65])
def test_a_device_gets_no_name_that_mqtt_could_misread(broker, database, name):
    status, _, wrong = broker("device", "add", name)
    assert status == 2
    assert "should be small letters, digits" in wrong


def test_the_list_of_a_database_that_is_of_no_use_gives_one_line(refusal, tmp_path):
    assert "hall.db does not exist; --database names the broker's database" in refusal("device", "list")
    (tmp_path / "hall.db").write_text("Dear clerk, " * 100)
    assert "hall.db: file is not a database" in refusal("device", "list")
    (tmp_path / "hall.db").write_bytes(b"")
    assert "no such table: devices" in refusal("device", "list")
