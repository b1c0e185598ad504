"""Strangers on the hall's network, and devices that want more than is theirs: Mosquitto with our configuration."""

import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from broker.contract import credentials, topics
from broker.contract import messages as m
from broker.contract.bus import Bus
from broker.contract.credentials import server_for
from broker.contract.pair_command import pair_command
from broker.contract.server import Server
from tests.clients import Client, eventually
from tests.guarded_mosquitto import OWNER
from tests.guests import Guest
from tests.running_broker import RunningBroker

MQTT_CONNECT = bytes.fromhex("100d00044d51545405020005000000")  # protocol 5, clean start, nothing else


class Hall:
    """A guarded Mosquitto, with what tests need of its devices."""

    def __init__(self, guarded):
        self.server = guarded
        self.guests = []
        self.buses = []

    def password(self, client):
        """Give a program of this machine an account, and return its password."""
        assert self.server.device("add", client, "--here") == 0
        return credentials.kept(self.server.credentials)[client].password

    def guest(self, *words, hall=False, **more):
        guest = Guest(self.server.hall_port if hall else self.server.port, *words, tls=hall, **more)
        self.guests.append(guest)
        return guest

    def device(self, client):
        """Return a guest who knows the device's password, connected."""
        guest = self.guest(client, self.password(client), client_id=client)
        assert guest.come()
        return guest

    def broker(self):
        """Return a guest who is the broker."""
        kept = credentials.kept(self.server.credentials)[topics.BROKER]
        guest = self.guest(topics.BROKER, kept.password, client_id=topics.BROKER)
        assert guest.come()
        return guest.listen(topics.ALL_REQUESTS, topics.ALL_HEALTH)


@pytest.fixture
def hall(guarded):
    hall = Hall(guarded)
    yield hall
    for guest in hall.guests:
        guest.leave()


def pairing_line(capfd, guarded, *words):
    """Add a device, and return the line that its caretaker reads."""
    capfd.readouterr()
    assert guarded.device("add", *words) == 0
    (line,) = re.findall(r"okienko://[^'\s]+", capfd.readouterr().out)
    return line


@pytest.fixture
def pair(guarded, capfd, tmp_path):
    """Return a function that pairs a device as a caretaker does, and returns its server as its program finds it."""

    def pair(client, *words):
        program = f"okienko-{client.partition('-')[0]}"
        kept, settings = tmp_path / f"{client}-credentials", tmp_path / f"{client}.toml"
        settings.write_text('# Of the installation.\nid = "as-delivered"\nmqtt = "mqtt://127.0.0.1:1883"  # here\n')
        line = pairing_line(capfd, guarded, client, *words)
        options = ["--credentials", str(kept), "--config", str(settings), "--owner", OWNER]
        assert pair_command(program, [line, *options]) == 0, capfd.readouterr().err
        told = dict(re.findall(r'(?m)^(\w+) = "(.*?)"', settings.read_text()))
        assert told["id"] == client
        return server_for(told["mqtt"], client, str(kept))

    return pair


# -- who is let in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hall_side", [False, True], ids=["this machine", "the network"])
def test_a_stranger_without_a_password_or_with_a_wrong_one_is_not_let_in(hall, hall_side):
    hall.password("kiosk-1")
    for words in ((), ("kiosk-1", ""), ("kiosk-1", "kiosk-1"), ("admin", "admin"), (topics.BROKER, "")):
        assert not hall.guest(*words, hall=hall_side).come()


def test_nobody_speaks_without_encryption_on_the_network(hall):
    with socket.create_connection(("127.0.0.1", hall.server.hall_port), 10) as plain:
        plain.sendall(MQTT_CONNECT)
        plain.settimeout(0.5)
        try:
            answer = plain.recv(100)
        except (ConnectionResetError, TimeoutError):
            answer = b""
    assert not answer.startswith(b"\x20"), "an answer to CONNECT"
    with socket.create_connection(("127.0.0.1", hall.server.port), 10) as plain:
        plain.sendall(MQTT_CONNECT)
        assert plain.recv(100).startswith(b"\x20"), "the same bytes are understood where encryption is not asked for"


def test_a_device_does_not_speak_to_a_server_that_only_pretends_to_be_the_hall(hall, tmp_path):
    from tests.guarded_mosquitto import GuardedMosquitto

    folder = tmp_path / "impostor"
    folder.mkdir()
    impostor = GuardedMosquitto(folder).install()
    # It knows every name, and lets everybody in.
    conf = impostor.included / "okienko.conf"
    conf.write_text(conf.read_text().replace("allow_anonymous false", "allow_anonymous true"))
    impostor.start()
    try:
        trusting = Bus(
            Server("127.0.0.1", impostor.hall_port, "kiosk-1", "secret", tls=True, ca=hall.server.ca), "kiosk-1", ""
        )
        trusting.start()
        assert eventually(lambda: "closed its connection" in impostor.log.read_text() or trusting.linked)
        assert not trusting.linked
        trusting.stop()
        assert "kiosk-1" not in impostor.log.read_text(), "nothing was said to it"
    finally:
        impostor.stop()


# -- what those may who are let in -------------------------------------------------------------------------------------


def test_a_device_hears_its_own_answers_and_the_walls_and_nothing_else(hall):
    broker, kiosk, desk = hall.broker(), hall.device("kiosk-1"), hall.device("desk-17")
    desk.listen("#", "okienko/#", "okienko/request/#", "okienko/reply/+", "$SYS/#", "$share/all/okienko/request/+/+")
    assert kiosk.say(topics.request("kiosk-1", "ticket"))
    assert broker.say(topics.reply("kiosk-1"), b"for the kiosk alone")
    assert broker.say(topics.reply("desk-17"), b"for the desk")
    assert broker.say(topics.BOARD, b"for everybody", retain=True)
    assert eventually(lambda: broker.heard)
    assert eventually(lambda: any(topic == topics.BOARD for topic, _ in desk.heard))
    assert {topic for topic, _ in desk.heard} == {topics.reply("desk-17"), topics.BOARD}
    kiosk.listen(topics.BOARD)
    assert eventually(lambda: kiosk.heard), "what the walls show is retained, and there for who comes late"
    assert broker.say("homeassistant/device/okienko/config", b"what there is to show")


def test_a_kiosk_cannot_speak_as_another_nor_as_the_broker(hall):
    broker, desk, password = hall.broker(), hall.device("desk-17"), hall.password("kiosk-1")
    desk.listen(topics.reply("desk-17"), f"{topics.ROOT}/state/#")
    requests = [topics.request(client, verb) for client in ("desk-17", "broker", "kiosk-2") for verb in m.REQUESTS]
    told = [topics.reply("kiosk-1"), topics.reply("desk-17"), topics.BOARD, topics.MENU, topics.desk("17")]
    elsewhere = [
        topics.health("desk-17"),
        topics.health("broker"),
        "okienko/x",
        "homeassistant/x",
        "$SYS/broker/uptime",
    ]
    kiosk = hall.guest("kiosk-1", password)
    assert kiosk.come()
    for topic in requests + told + elsewhere:
        assert not kiosk.say(topic, retain=True)
        if kiosk.put_out.is_set():
            kiosk = hall.guest("kiosk-1", password)
            assert kiosk.come()
    assert kiosk.say(topics.request("kiosk-1", "ticket"), b"an honest one")
    assert eventually(lambda: broker.heard)
    assert broker.heard == [(topics.request("kiosk-1", "ticket"), b"an honest one")]
    assert desk.heard == []


def test_a_device_that_takes_anothers_client_id_is_only_itself_and_puts_nobody_out(hall):
    broker, desk = hall.broker(), hall.device("desk-17")
    thief = hall.guest("kiosk-1", hall.password("kiosk-1"), client_id=topics.BROKER)
    second = hall.guest("kiosk-1", hall.password("kiosk-1"), client_id="desk-17")
    assert second.come()
    assert not thief.come(), "its password is another by now"
    assert second.say(topics.request("kiosk-1", "ticket"))
    assert eventually(lambda: broker.heard)
    assert not second.say(topics.request("desk-17", "next"))
    assert not broker.put_out.is_set()
    assert not desk.put_out.is_set()


def test_a_message_longer_than_any_honest_one_puts_its_sender_out_and_is_heard_by_nobody(hall):
    broker, kiosk = hall.broker(), hall.device("kiosk-1")
    kiosk.say(topics.request("kiosk-1", "ticket"), b"x" * 300_000)
    assert kiosk.put_out.wait(10)
    assert broker.heard == []


def test_a_revoked_device_is_put_off_at_once_and_does_not_come_back(hall):
    password = hall.password("kiosk-1")
    kiosk = hall.guest("kiosk-1", password, client_id="kiosk-1")
    desk = hall.device("desk-17")
    assert kiosk.come()
    assert hall.server.device("revoke", "kiosk-1") == 0
    assert kiosk.put_out.wait(10)
    assert not hall.guest("kiosk-1", password).come()
    assert desk.say(topics.request("desk-17", "next")), "the others stay"
    assert "kiosk-1" not in (hall.server.mosquitto / "acl").read_text()


# -- the whole way: paired, encrypted, with the real broker ------------------------------------------------------------


@pytest.fixture
def broker(guarded, tmp_path):
    folder = tmp_path / "broker"
    folder.mkdir()
    guarded.database = f"sqlite:///{folder / 'hall.db'}"
    broker = RunningBroker(folder, guarded.url, credentials=guarded.credentials).start()
    assert eventually(lambda: "okienko-broker: " in broker.log and (folder / "hall.db").exists(), 30), broker.log
    yield broker
    broker.close()


class Paired(Client):
    """A device that was paired."""

    def __init__(self, server, client):
        super().__init__("mqtt://unused", client)
        self.bus._server = server


def test_a_paired_kiosk_gets_a_ticket_over_the_network_and_cannot_call_it(broker, pair):
    kiosk, desk = Paired(pair("kiosk-1"), "kiosk-1"), Paired(pair("desk-17", "--desk", "17"), "desk-17")
    kiosk.start()
    desk.start()
    try:
        until = time.monotonic() + 30
        while not (answer := kiosk.insist("ticket", 1, category="fees"))["ok"] and time.monotonic() < until:
            assert answer["error"]["code"] == "not_allowed", "the broker learns of new devices within seconds"
            time.sleep(0.1)
        assert answer["ok"]
        assert eventually(lambda: desk.insist("open", 1, desk="17")["ok"])
        # Within seconds the broker knows whose desk it is.
        assert eventually(lambda: kiosk.code("next", desk="17") == "not_allowed")
        assert desk.code("open", desk="19") == "not_allowed"
        called = desk.ask("next", desk="17")
        assert called["ticket"]["number"] == answer["ticket"]["number"]
    finally:
        kiosk.stop()
        desk.stop()


def test_the_desk_program_itself_is_let_in_by_what_pairing_wrote(broker, guarded, capfd, tmp_path):
    watcher = guarded.folder
    line = pairing_line(capfd, guarded, "desk-17", "--desk", "17")
    kept, settings = tmp_path / "credentials", tmp_path / "desk.toml"
    settings.write_text(f'credentials = "{kept}"\n[gpio.keys]\nnext = 17\n')
    paired = subprocess.run(
        [sys.executable, "-m", "desk_terminal", "pair", "--credentials", kept, "--config", settings, "--owner", OWNER],
        input=line, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert paired.returncode == 0, paired.stderr
    assert "desk-17 is paired" in paired.stdout
    assert "sudo systemctl restart okienko-desk" in paired.stdout
    program = subprocess.Popen(
        [sys.executable, "-m", "desk_terminal", "--config", settings],
        env={"PATH": "/usr/bin:/bin", "GPIOZERO_PIN_FACTORY": "mock"},
        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        log = watcher / "mosquitto.log"
        assert eventually(lambda: log.read_text().count("as desk-17 (p5") >= 2, 30), log.read_text()
    finally:
        program.terminate()
        program.wait(10)


def test_no_password_stands_in_any_log_nor_in_any_file_that_others_may_read(broker, guarded, pair, capfd, tmp_path):
    server = pair("kiosk-1")
    kiosk = Paired(server, "kiosk-1").start()
    kiosk.insist("ticket", 1, category="fees")
    wrong = Guest(guarded.hall_port, "kiosk-1", f"{server.password}x", tls=True)
    assert not wrong.come()
    wrong.leave()
    kiosk.stop()
    broker.stop()
    secrets = [server.password, credentials.kept(guarded.credentials)[topics.BROKER].password]
    secrets += ["PRIVATE KEY", *(guarded.mosquitto / "server.key").read_text().splitlines()[1:-1]]
    said = "".join(capfd.readouterr())
    for secret in secrets:
        assert secret not in said
        for file in filter(Path.is_file, tmp_path.rglob("*")):
            if secret.encode() in file.read_bytes():
                assert file.stat().st_mode & 0o077 == 0, f"{file} is readable by others"
                assert file.suffix == ".key" or file.name.endswith("credentials")
