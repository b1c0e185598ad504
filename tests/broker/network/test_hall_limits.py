"""What the kernel lets one machine of the hall send: the real rules, loaded by nft in a network of their own."""

import socket
import struct
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress

import pytest

from broker.gate import MOST_HEALTH_BYTES
from broker.network import hall_limits
from broker.network.hall_listener import HallListener
from tests.clients import eventually
from tests.own_network import dropped, load, missing, shut_out

NOT_HERE = missing()
pytestmark = pytest.mark.skipif(bool(NOT_HERE), reason=NOT_HERE)
FLOODER, OTHER = "127.0.0.9", "127.0.0.1"
BLOCK = bytes(16_384)
ALL_BEGUN = f"rate over {hall_limits.ALL_BEGUN_PER_S}/second"
ETHERNET = 1448  # bytes in a packet; the loopback would take 64 KB
HELLO, GREETING = b"hello", b"good morning"


class Port:
    """A port of the hall that greets whoever comes, and then only counts what it is sent, by address."""

    def __init__(self, host, greeting=GREETING):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listening = socket.create_server((host, 0), family=family, backlog=200)
        self.host, self.number = self._listening.getsockname()[:2]
        self.got, self.guests = Counter(), 0
        self._greeting = greeting
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def called(self, address, within_s=10.0):
        """Return a connection from an address that was greeted; OSError if there is none in time."""
        connection = socket.socket(self._listening.family)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, ETHERNET)
        connection.settimeout(within_s)
        try:
            connection.bind((address, 0))
            connection.connect((self.host, self.number))
            connection.sendall(HELLO)
            assert connection.recv(len(GREETING)) == GREETING
        except OSError:
            connection.close()
            raise
        return connection

    @contextmanager
    def rush(self, addresses):
        """Have these addresses connect in one moment, and hold what they get."""
        with ExitStack() as held:
            for address in addresses:
                caller = held.enter_context(socket.socket())
                caller.setblocking(False)
                caller.bind((address, 0))
                caller.connect_ex((self.host, self.number))
            yield

    def is_open_to(self, address, within_s=0.9):
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
            self.guests += 1
            threading.Thread(target=self._serve, args=(connection, peer[0]), daemon=True).start()

    def _serve(self, connection, address):
        with connection, suppress(OSError):
            connection.sendall(self._greeting)
            while data := connection.recv(65_536):
                self.got[address] += len(data)


@pytest.fixture
def limited(alone, tmp_path):
    """Return a function that opens a port on an address, with the rules for it in the kernel."""
    ports = []

    def limited(host=OTHER, greeting=GREETING):
        port = Port(host, greeting)
        ports.append(port)
        file = tmp_path / hall_limits.FILE
        file.write_text(hall_limits.rules(HallListener(host, port.number)))
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
        with suppress(TimeoutError):
            connection.send(BLOCK)


def syn(source, port, to_port):
    """Return a packet that asks for a connection in another's name, as it goes over the wire."""
    addresses = socket.inet_aton(source) + socket.inet_aton(OTHER)
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 40, 0, 0, 64, socket.IPPROTO_TCP, 0) + addresses
    tcp = struct.pack("!HHIIBBHHH", port, to_port, 1, 0, 5 << 4, 0x02, 8192, 0, 0)
    summed = addresses + struct.pack("!BBH", 0, socket.IPPROTO_TCP, len(tcp)) + tcp
    total = sum(struct.unpack(f"!{len(summed) // 2}H", summed))
    total = (total & 0xFFFF) + (total >> 16)
    checksum = ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF
    return ip + tcp[:16] + struct.pack("!H", checksum) + tcp[18:]


@pytest.mark.parametrize(("host", "flooder"), [(OTHER, FLOODER), ("::1", "::1")], ids=["IPv4", "IPv6"])
def test_one_address_gets_no_more_through_than_its_share(limited, host, flooder):
    port, seconds = limited(host), 3
    with port.called(flooder) as connection:
        pour(connection, seconds)
        got = port.got[flooder]
    assert got > 0
    # A packet is let through whole, up to 64 KB of them on the loopback.
    most_kbytes = hall_limits.SENT_KBYTES_AT_ONCE + hall_limits.SENT_KBYTES_PER_S * (seconds + 2) + 64
    assert got < most_kbytes * 1024
    assert dropped("@sent") > 0


def test_what_another_address_says_meanwhile_is_not_held_up(limited):
    port, said = limited(), bytes(MOST_HEALTH_BYTES)
    with port.called(FLOODER) as flooder, port.called(OTHER) as other:
        pour(flooder, 1)
        before = dropped("@sent")
        other.sendall(said)
        assert eventually(lambda: port.got[OTHER] == len(HELLO) + len(said))
        assert before > 0


def test_who_sends_more_again_and_again_is_shut_out_for_a_minute(limited):
    port = limited()
    with port.called(FLOODER) as flooder, port.called(OTHER) as other:
        pour(flooder, 1)
        (left_s,) = shut_out().values()
        assert 0 < left_s <= hall_limits.SHUT_OUT_S
        assert shut_out().keys() == {FLOODER}
        assert not port.is_open_to(FLOODER)
        other.sendall(BLOCK)
        assert eventually(lambda: port.got[OTHER] == len(HELLO) + len(BLOCK))


def test_the_longest_honest_message_shuts_nobody_out(limited):
    port = limited()
    with port.called(OTHER) as other:
        other.sendall(bytes(MOST_HEALTH_BYTES))
        assert eventually(lambda: port.got[OTHER] == len(HELLO) + MOST_HEALTH_BYTES)
    assert shut_out() == {}


def test_who_is_sent_all_the_states_of_a_hall_at_once_is_not_shut_out_for_saying_so(limited):
    much = hall_limits.HEARD_KBYTES_AT_ONCE * 1024
    port = limited(greeting=GREETING + bytes(much))
    heard = 0
    with port.called(OTHER) as wall:
        while heard < much:
            heard += len(wall.recv(2000))
    assert shut_out() == {}


def test_who_sends_nothing_but_small_packets_is_shut_out_as_well(limited, monkeypatch):
    # So few that each can be awaited: what waits together would go in one longer packet.
    monkeypatch.setattr(hall_limits, "BARE_PER_S", 1)
    monkeypatch.setattr(hall_limits, "BARE_AT_ONCE", 40)
    monkeypatch.setattr(hall_limits, "EXCESS_AT_ONCE", 1)
    port, few = limited(), 60
    with port.called(FLOODER) as flooder:
        flooder.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for sent in range(1, few):
            flooder.sendall(b"x")
            if not eventually(lambda sent=sent: port.got[FLOODER] == len(HELLO) + sent, 1):
                break
        assert eventually(shut_out)
        assert shut_out().keys() == {FLOODER}
        assert dropped("@sent") == 0


def test_one_address_is_sent_no_more_than_its_share(limited):
    port = limited(greeting=GREETING + bytes(50_000_000))
    with port.called(FLOODER) as flooder:
        heard, until = 0, time.monotonic() + 3
        while time.monotonic() < until:
            heard += len(flooder.recv(1 << 20))
    assert heard < 9 * 1024 * 1024
    assert heard > hall_limits.HEARD_KBYTES_AT_ONCE * 1024 / 2, "a row of desks gets the longest state together"
    assert dropped("@heard") > 0


def test_one_address_holds_only_so_many_connections_and_leaves_room_for_the_others(limited):
    port = limited()
    held = [port.called(FLOODER) for _ in range(hall_limits.MOST_OPEN)]
    assert dropped("@open") == 0
    assert not port.is_open_to(FLOODER)
    assert dropped("@open") > 0
    assert port.is_open_to(OTHER)
    for connection in held:
        connection.close()
    assert eventually(lambda: port.is_open_to(FLOODER))


def test_one_address_begins_only_so_many_connections(limited):
    port = limited()
    with port.rush([FLOODER] * hall_limits.BEGUN_AT_ONCE):
        assert eventually(lambda: port.guests == hall_limits.BEGUN_AT_ONCE)
        assert dropped("@begun") == 0
        with port.rush([FLOODER] * (hall_limits.BEGUN_AT_ONCE + 1)):
            assert dropped("@begun") > 0
            assert port.is_open_to(OTHER)
            assert eventually(lambda: port.is_open_to(FLOODER)), "a moment later it may again"


def test_many_addresses_together_begin_only_so_many_connections(limited):
    port, many = limited(), hall_limits.ALL_BEGUN_AT_ONCE
    with port.rush(f"127.0.1.{number}" for number in range(many)):
        assert eventually(lambda: port.guests == many)
        assert dropped(ALL_BEGUN) == 0
        with port.rush(f"127.0.2.{number}" for number in range(many + 1)):
            assert dropped(ALL_BEGUN) > 0
            assert dropped("@begun") == 0
            assert eventually(lambda: port.is_open_to(OTHER)), "a moment later there is room"


def test_forged_sources_take_nothing_from_those_whom_they_pretend_to_be(limited):
    port = limited()
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        for number in range(2000):
            raw.sendto(syn(OTHER, 1024 + number, port.number), (OTHER, 0))
    assert port.is_open_to(OTHER, 5)
    assert dropped("@begun") == dropped(ALL_BEGUN) == 0


def test_other_ports_of_the_machine_are_nobody_s_business(limited):
    limited()
    elsewhere = Port(OTHER)
    with elsewhere.called(FLOODER) as connection:
        pour(connection, 0.5)
        assert elsewhere.got[FLOODER] > hall_limits.SENT_KBYTES_AT_ONCE * 1024 * 8
    elsewhere.close()


def test_the_rules_are_made_with_the_listener_and_again_with_the_accounts(alone, guarded, capsys):
    file = guarded.mosquitto / hall_limits.FILE
    assert f"tcp dport {guarded.hall_port} " in file.read_text()
    load(file)
    file.unlink()
    capsys.readouterr()
    for told in (True, False):
        assert guarded.accounts() == 0
        assert ("sudo systemctl restart mosquitto" in capsys.readouterr().out) is told
    load(file)
    assert guarded.certificates() == 0
    file.write_text("of another version")
    capsys.readouterr()
    assert guarded.certificates("--port", str(guarded.hall_port)) == 0
    assert "sudo systemctl restart mosquitto" in capsys.readouterr().out
    assert f"tcp dport {guarded.hall_port} " in file.read_text()
