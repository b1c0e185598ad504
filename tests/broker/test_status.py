"""`okienko-broker status`: the hall on a page of 80 columns, and an exit status for monitoring."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from broker import status_command
from broker.__main__ import main
from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Desk, Health, Problem, encode
from broker.hall_status import Heard, hall_status
from broker.status_page import COLUMNS, Page
from tests.builders import board, menu, ticket
from tests.clients import Client, eventually

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
SEVEN = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
YESTERDAY = SEVEN - timedelta(days=1)


def health(status="up", *problems, since=SEVEN, at=NOW):
    return Health(status, since, "0.1.0", list(problems), at=at)


def desks():
    label = {"pl": "Stanowisko 26", "en": "Desk 26"}
    return {
        "26": Desk("26", "serving", 4, ticket("D017", status="serving"), label=label),
        "p4": Desk("p4", "paused", 0, label={"pl": "Stanowisko 4"}),
        "30": Desk("30", "closed", 0),
    }


def hall(**healths):
    heard = Heard({"broker": health()} | {name.replace("_", "-"): one for name, one in healths.items()}, desks())
    return hall_status(replace_board(heard), NOW)


def replace_board(heard):
    return Heard(heard.healths, heard.desks, board(waiting=1), menu())


def page(language="en", **healths):
    return Page(hall(**healths), language, NOW, UTC).text


LONG = "the clock says 2026-11-20 08:00, but it has been 2026-11-23 09:00: " + "tickets are counted on 2026-11-23 " * 3


def test_a_hall_in_which_all_is_well_is_told_in_a_few_lines():
    lines = page(kiosk_1=health(), desk_26=health()).splitlines()
    assert lines[:9] == [
        "Dąbrowa Górnicza City Office, 2026-11-23 09:05",
        "all is well",
        "",
        "Broker           up          since 07:00, version 0.1.0",
        "",
        "Devices",
        "  desk-26        up          since 07:00, version 0.1.0",
        "  kiosk-1        up          since 07:00, version 0.1.0",
        "",
    ]
    assert "  Identity cards                                           1   5-15 min" in lines
    assert lines[-3:] == [
        "Desks            open: 2 of 3",
        "  Desk 26                        serving D017",
        "  Stanowisko 4                   paused",
    ]


def test_what_is_wrong_stands_under_its_device_with_what_to_do():
    paper = Problem("printer", "paper out", SEVEN + timedelta(minutes=50))
    told = page("pl", kiosk_1=health("degraded", paper), display_1=health("down", since=YESTERDAY))
    assert "coś nie działa" in told
    assert "  display-1      nie działa  od 2026-11-22 07:00, wersja 0.1.0" in told
    assert (
        "  kiosk-1        usterka     od 07:00, wersja 0.1.0\n    - paper out (od 07:50)\n      co zrobić: włóż papier"
        in told
    )


@pytest.mark.parametrize("language", ["pl", "en"])
def test_no_line_is_longer_than_a_terminal_of_eighty_columns(language):
    problems = [Problem("clock", LONG, SEVEN), Problem("of-next-year", "x" * 200)]
    told = page(language, **{"a" * 12: health("degraded", *problems), "kiosk_1": health("down")})
    assert max(map(len, told.splitlines())) <= COLUMNS


@pytest.mark.parametrize(
    ("healths", "status"),
    [
        ({}, "up"),
        ({"kiosk_1": health("degraded")}, "degraded"),
        ({"kiosk_1": health("degraded"), "desk_1": health("down")}, "down"),
        ({"broker": health("down")}, "down"),
    ],
)
def test_the_hall_is_as_well_as_the_worst_of_its_programs(healths, status):
    assert hall(**healths).status == status


def test_a_program_that_beat_and_was_not_heard_for_half_a_minute_is_down_and_one_that_never_beat_is_believed():
    silent = health(at=NOW - timedelta(seconds=30))
    told = page(kiosk_1=silent, kiosk_2=replace(silent, at=UNSET))
    assert "  kiosk-1        down        silent since 09:04, version 0.1.0" in told
    assert "  kiosk-2        up" in told


def test_a_broker_of_which_nothing_was_heard_is_down():
    told = Page(hall_status(Heard({}, {}), NOW), "en", NOW, UTC).text
    assert "Broker           down        nothing heard: the broker is down, or never was up" in told
    assert "no device has told of itself yet" in told


# -- the command on a real MQTT server -------------------------------------------------------------------------------


@pytest.fixture
def status(mosquitto, capsys):
    def run(*words):
        try:
            code = main(["status", "--mqtt", mosquitto.url, *words])
        except SystemExit as ended:
            code = ended.code
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def broker(mosquitto):
    """Stands for the broker: keeps its states on the server."""
    bus = Bus(Server.from_url(mosquitto.url), topics.BROKER, "test")
    bus.start()
    assert eventually(lambda: bus.linked)
    bus.report([])
    bus.publish(topics.BOARD, encode(board(waiting=1)), retain=True)
    bus.publish(topics.MENU, encode(menu()), retain=True)
    for desk in desks().values():
        bus.publish(topics.desk(desk.id), encode(desk), retain=True)
    yield bus
    bus.stop()


def test_the_command_speaks_the_office_s_language_and_says_by_its_status_how_the_hall_is(mosquitto, broker, status):
    kiosk = Client(mosquitto.url, "kiosk-1").start()
    assert eventually(lambda: status()[0] == 0)
    code, told, wrong = status()
    assert (code, wrong) == (0, "")
    assert told.startswith("Urząd Miejski w Dąbrowie Górniczej, ")
    assert "wszystko działa" in told
    kiosk.bus.report([Problem("printer", "paper low")])
    assert eventually(lambda: status()[0] == 1)
    kiosk.stop()
    assert eventually(lambda: status()[0] == 2)


def test_programs_get_the_same_as_json(broker, status):
    code, told, _ = status("--json")
    page = json.loads(told)
    assert (code, page["status"], page["broker"]["status"], page["desks_open"]) == (0, "up", "up", 2)
    assert page["waiting"] == len(menu().categories)


def test_asking_leaves_nothing_behind(mosquitto, broker, status):
    status()
    watcher = Client(mosquitto.url, "watcher").watch("okienko/health/#").start()
    assert eventually(lambda: "okienko/health/broker" in watcher.states)
    watcher.stop()
    assert "okienko/health/status" not in watcher.states


def test_a_broker_that_the_server_still_keeps_as_up_is_waited_for_and_then_down(broker, status, monkeypatch):
    monkeypatch.setattr(status_command, "BEAT_AND_A_BIT_S", 0.5)
    old = Health("up", SEVEN, "test", at=datetime(2026, 11, 1, 7, 0, tzinfo=UTC))
    broker.publish(topics.health(topics.BROKER), encode(old), retain=True)
    code, told, _ = status("--language", "en")
    assert code == 2
    assert "Broker           down        silent since 2026-11-01" in told


def test_a_device_whose_clock_is_wrong_is_believed_once_it_beats(broker, status):
    device = Health("up", YESTERDAY, "test", at=YESTERDAY)
    broker.publish(topics.health("kiosk-1"), encode(device), retain=True)
    listener = status_command.Listener(broker._server, "status")
    listener.bus.when_linked = lambda _linked: None
    listener._turn_until(lambda: "kiosk-1" in listener.heard.healths, 10)
    listener._fresh.clear()
    broker.publish(topics.health("kiosk-1"), encode(device), retain=True)
    listener._turn_until(lambda: "kiosk-1" in listener._fresh, 10)
    listener.bus.stop()
    now = datetime.now(UTC)
    assert hall_status(listener.beating(now), now).devices[0].status == "up"


def test_without_a_server_the_hall_is_down_and_wrong_usage_has_a_status_of_its_own(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(status_command, "LINK_S", 0.5)
    assert main(["status", "--mqtt", "mqtt://127.0.0.1:9", "--language", "en"]) == 2
    assert capsys.readouterr().err == "okienko-broker status: no MQTT server at 127.0.0.1:9\n"
    for words in (["--dance"], ["--mqtt", "hall"], ["--mqtt", "embedded"], ["--config", str(tmp_path / "no.toml")]):
        try:
            code = main(["status", *words])
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr().err
        assert (code, said.count("\n")) == (3, 1), said
        assert said.startswith("okienko-broker status: ")


def test_a_server_with_accounts_lets_it_in_as_a_device_of_its_own(guarded, capsys):
    words = ["status", "--mqtt", guarded.url, "--credentials", str(guarded.credentials), "--language", "en"]
    words += ["--id", "monitor"]
    assert main(words) == 2
    assert "does not let monitor in" in capsys.readouterr().err
    assert guarded.device("add", "monitor", "--here") == 0
    capsys.readouterr()
    assert eventually(lambda: main(words) == 2 and "nothing heard" in capsys.readouterr().out)


def test_when_the_queue_was_last_copied_is_told_where_it_can_be_seen(mosquitto, broker, tmp_path, capsys):
    for made in ("20250104T120000Z", "20250105T060000Z"):
        (tmp_path / f"hall-{made}.db").touch()
    config = tmp_path / "broker.toml"
    config.write_text(f'mqtt = "{mosquitto.url}"\nbackup_folder = "{tmp_path}"\n')
    assert main(["status", "--config", str(config), "--language", "en"]) == 0
    assert "last copy of the queue: 2025-01-05 07:00" in capsys.readouterr().out


@pytest.fixture
def in_tokyo(monkeypatch):
    """A machine whose clock shows the time of Tokyo."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(("zone", "at"), [("Europe/Warsaw", "07:00"), ("", "15:00"), ("Europe/Lipowo", "15:00")])
def test_times_are_those_of_the_offices_clocks_and_of_the_machines_where_the_office_has_told_none(
    mosquitto, broker, in_tokyo, tmp_path, capsys, zone, at
):
    broker.publish(topics.BOARD, encode(replace(board(), time_zone=zone)), retain=True)
    (tmp_path / "hall-20250105T060000Z.db").touch()
    config = tmp_path / "broker.toml"
    config.write_text(f'mqtt = "{mosquitto.url}"\nbackup_folder = "{tmp_path}"\n')
    assert main(["status", "--config", str(config), "--language", "en"]) == 0
    assert f"last copy of the queue: 2025-01-05 {at}" in capsys.readouterr().out
