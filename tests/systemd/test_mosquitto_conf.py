"""Mosquitto's part of the installation, given to a real Mosquitto."""

from pathlib import Path

import pytest

from broker.contract import topics
from broker.contract.bus import Bus
from broker.contract.credentials import server_for
from broker.network.running_server import serving
from tests.clients import eventually
from tests.guarded_mosquitto import GuardedMosquitto, is_listening

LOOPBACK = {"0100007F"}


@pytest.fixture
def make_server(tmp_path):
    servers = []

    def make(**parts):
        server = GuardedMosquitto(tmp_path).install(**parts).start()
        servers.append(server)
        return server

    yield make
    for server in servers:
        server.stop()


def listening(pid):
    """Return address and port of every TCP listener of a process's network, in hexadecimal."""
    lines = [line for table in ("tcp", "tcp6") for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()]
    return {tuple(fields[1].split(":")) for fields in map(str.split, lines) if fields[3] == "0A"}


def test_mosquitto_takes_the_configuration_and_complains_of_nothing(make_server):
    server = make_server()
    assert is_listening(server.port)
    assert eventually(lambda: "running" in server.log.read_text())
    lines = [line for line in server.log.read_text().splitlines() if "run as root" not in line]
    assert not [line for line in lines if "rror" in line or "arning" in line or "Note" in line]


def test_a_program_of_the_hall_is_let_in_by_its_credentials_and_by_nothing_else(make_server):
    server = make_server(hall=False)
    for file, is_let_in in ((server.credentials, True), ("", False)):
        bus = Bus(server_for(server.url, topics.BROKER, str(file)), topics.BROKER, "test")
        bus.start()
        assert eventually(lambda bus=bus: bus.linked or bus.refused)
        assert bus.linked == is_let_in
        assert ("refuses this program" in bus.in_words) != is_let_in
        bus.stop()


def test_nobody_on_any_network_is_let_in_before_there_are_certificates(make_server):
    server = make_server(hall=False)
    assert {address for address, port in listening(server.pid) if port == f"{server.port:04X}"} == {"0100007F"}


def test_the_other_machines_are_listened_to_on_the_chosen_network_alone(make_server):
    server = make_server()
    assert {address for address, port in listening(server.pid) if port == f"{server.hall_port:04X}"} == LOOPBACK


def test_a_mosquitto_without_a_pid_file_is_found_by_its_configuration(make_server, tmp_path):
    server = make_server(hall=False)
    assert serving(str(tmp_path / "mosquitto.conf")) == server.pid
    with pytest.raises(ValueError, match="no Mosquitto runs with"):
        serving(str(tmp_path / "another.conf"))
