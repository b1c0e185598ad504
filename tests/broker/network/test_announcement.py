"""The broker says where it is, and its devices find it; both on the loopback, by real mDNS."""

import contextlib
import socket
import threading

import pytest
from zeroconf import DNSOutgoing, DNSPointer

from broker.contract import finding
from broker.contract.server import Server
from broker.contract.tls import fingerprint
from broker.network.announcement import Announcement
from broker.network.hall_listener import BadListener, HallListener
from tests.guarded_mosquitto import GuardedMosquitto

LOOPBACK = ["127.0.0.1"]


@pytest.fixture
def announce():
    announced = []

    def announce(listener, ca):
        announcement = Announcement(listener, ca, lambda: LOOPBACK)
        announcement.start()
        announced.append(announcement)

    yield announce
    for announcement in announced:
        announcement.stop()


@pytest.fixture
def ca(tmp_path):
    return GuardedMosquitto(tmp_path).install().ca


def test_a_paired_device_finds_its_broker_and_not_that_of_another_hall(announce, ca):
    announce(HallListener("lo", 18883), ca)
    until_heard = 20
    ((address, port, told),) = finding.answers(until_heard, LOOPBACK)
    assert (address, port, told) == ("127.0.0.1", 18883, fingerprint(ca))
    assert finding.place(Server("", tls=True, ca=ca), LOOPBACK) == ("127.0.0.1", 18883)
    another = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    with pytest.raises(OSError, match="no broker of this hall"):
        finding.place(Server("", tls=True, ca=another), LOOPBACK)


RESPONSE, PTR, IN, LASTING_S = 0x8400, 12, 1, 4500
MDNS_GROUP = ("224.0.0.251", 5353)


@contextlib.contextmanager
def stranger(*names):
    """Somebody who announces these as brokers, again and again."""
    said, ended = DNSOutgoing(RESPONSE), threading.Event()
    for name in names:
        said.add_answer_at_time(DNSPointer(finding.SERVICE, PTR, IN, LASTING_S, name), 0)

    def announce():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(LOOPBACK[0]))
            while not ended.wait(0.05):
                sock.sendto(said.packets()[0], MDNS_GROUP)

    thread = threading.Thread(target=announce)
    thread.start()
    yield
    ended.set()
    thread.join()


def test_who_announces_nonsense_keeps_no_device_from_its_broker(announce, ca):
    with stranger("x._http._tcp.local.", f"nobody.{finding.SERVICE}", "a.local."):
        assert finding.answers(2, LOOPBACK) == []
        announce(HallListener("lo", 18883), ca)
        assert ("127.0.0.1", 18883, fingerprint(ca)) in finding.answers(20, LOOPBACK)


def test_a_broker_that_was_told_no_network_has_nothing_to_announce(tmp_path):
    with pytest.raises(BadListener, match="run sudo okienko-broker certificates"):
        Announcement.of(tmp_path)


def test_a_device_that_knows_the_address_asks_nobody(announce):
    assert finding.place(Server("hall.example", 8883)) == ("hall.example", 8883)


def test_a_broker_whose_network_is_away_goes_on(ca):
    announcement = Announcement(HallListener("lo"), ca, list)
    announcement.start()
    announcement.stop()
    assert not announcement._thread.is_alive()


def test_finding_and_announcing_cost_nothing_where_they_are_not_used():
    import subprocess
    import sys

    program = "import sys, broker.__main__, kiosk.settings, broker.contract.bus; print('zeroconf' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
    )
