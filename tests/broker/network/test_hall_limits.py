"""What the kernel lets one machine of the hall send: the real rules, loaded by nft in a network of their own."""

import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from broker.network.hall_limits import (
    BEGUN_AT_ONCE,
    BEGUN_PER_S,
    FILE,
    KBYTES_AT_ONCE,
    KBYTES_PER_S,
    MOST_OPEN,
    rules,
)
from broker.network.hall_listener import HallListener
from tests.clients import eventually
from tests.own_network import load, missing, own_network

NOT_HERE = missing()
pytestmark = pytest.mark.skipif(bool(NOT_HERE), reason=NOT_HERE)
FLOODER, OTHER = "127.0.0.9", "127.0.0.1"
BLOCK = bytes(16_384)


class Port:
    """A port of the hall that only counts what comes, by address."""

    def __init__(self, host):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listening = socket.create_server((host, 0), family=family, backlog=200)
        self.host, self.number = self._listening.getsockname()[:2]
        self.got = {}
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def called(self, address, within_s):
        """Return a connection from an address; OSError if there is none in time."""
        return socket.create_connection((self.host, self.number), within_s, source_address=(address, 0))

    def is_open_to(self, address, within_s=0.4):
        try:
            self.called(address, within_s).close()
        except OSError:
            return False
        return True

    def _accept(self):
        while True:
            try:
                connection, peer = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._read, args=(connection, peer[0]), daemon=True).start()

    def _read(self, connection, address):
        with connection, suppress(ConnectionResetError):
            while data := connection.recv(65_536):
                self.got[address] = self.got.get(address, 0) + len(data)


@pytest.fixture
def alone():
    with own_network():
        yield


@pytest.fixture
def limited(alone, tmp_path):
    """Return a function that opens a port on an address, with the rules for it in the kernel."""
    ports = []

    def limited(host="127.0.0.1"):
        port = Port(host)
        ports.append(port)
        file = tmp_path / FILE
        file.write_text(rules(HallListener(host, port.number)))
        for _ in range(2):  # the second time in place of the first
            load(file)
        return port

    yield limited
    for port in ports:
        port.close()


def pour(connection, seconds):
    """Send as fast as it goes, for so long."""
    until = time.monotonic() + seconds
    connection.settimeout(0.1)
    while time.monotonic() < until:
        try:
            connection.send(BLOCK)
        except TimeoutError:
            continue


@pytest.mark.parametrize(("host", "flooder"), [(OTHER, FLOODER), ("::1", "::1")], ids=["IPv4", "IPv6"])
def test_one_machine_gets_no_more_through_than_its_share(limited, host, flooder):
    port, seconds = limited(host), 3
    with port.called(flooder, 5) as connection:
        pour(connection, seconds)
        got = port.got[flooder]
    # A packet is let through whole, up to 64 KB of them on the loopback.
    assert got < (KBYTES_AT_ONCE + KBYTES_PER_S * (seconds + 1) + 64) * 1024
    assert got > KBYTES_AT_ONCE * 1024 / 2, "a long honest message passes"


def test_what_another_machine_says_meanwhile_is_not_held_up(limited):
    port, said = limited(), KBYTES_AT_ONCE * 1024 // 2
    with port.called(FLOODER, 5) as flooder, port.called(OTHER, 5) as other:
        pour(flooder, 1)
        before = port.got[FLOODER]
        other.sendall(bytes(said))
        assert eventually(lambda: port.got.get(OTHER) == said)
        assert port.got[FLOODER] - before < KBYTES_AT_ONCE * 1024


def test_one_machine_holds_only_so_many_connections_and_leaves_room_for_the_others(limited):
    port = limited()
    # What is begun too quickly is tried again by TCP itself, after a second.
    held = [port.called(FLOODER, 10) for _ in range(MOST_OPEN)]
    assert not port.is_open_to(FLOODER)
    assert port.is_open_to(OTHER)
    for connection in held:
        connection.close()
    assert eventually(lambda: port.is_open_to(FLOODER))


def test_one_machine_begins_only_so_many_connections(limited):
    port, began = limited(), time.monotonic()
    opened = 0
    while port.is_open_to(FLOODER):
        opened += 1
        assert opened < 1000
    assert BEGUN_AT_ONCE <= opened <= BEGUN_AT_ONCE + BEGUN_PER_S * (time.monotonic() - began)
    assert port.is_open_to(OTHER)
    assert eventually(lambda: port.is_open_to(FLOODER)), "a moment later it may again"


def test_other_ports_of_the_machine_are_nobody_s_business(limited):
    limited()
    elsewhere = Port("127.0.0.1")
    with elsewhere.called(FLOODER, 5) as connection:
        pour(connection, 0.5)
        assert elsewhere.got[FLOODER] > KBYTES_AT_ONCE * 1024 * 2
    elsewhere.close()


def test_the_rules_are_made_with_the_listener(alone, guarded):
    file = Path(guarded.mosquitto) / FILE
    assert f"tcp dport {guarded.hall_port} " in file.read_text()
    load(file)
    assert guarded.certificates("--port", "8884") == 0
    assert "tcp dport 8884 " in file.read_text()
