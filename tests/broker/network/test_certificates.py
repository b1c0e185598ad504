"""The hall's authority and its server's certificate, and the command that makes them."""

import stat
import subprocess

import pytest

from broker.contract.tls import certificates, fingerprint
from broker.network.hall_listener import BadListener, HallListener, addresses_of, default_interface
from tests.clients import eventually
from tests.guarded_mosquitto import GuardedMosquitto
from tests.guests import Guest

ROUTES = """\
Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT
wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
"""


@pytest.fixture
def server(tmp_path):
    return GuardedMosquitto(tmp_path).install()


def openssl(*words):
    return subprocess.run(["openssl", *words], capture_output=True, text=True, check=True).stdout


def shown_by(port):
    """Return what a server shows of its certificates."""
    return subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-showcerts"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False,
    ).stdout  # fmt: skip


def test_the_server_proves_its_names_and_addresses_by_the_halls_authority(server):
    crt = server.mosquitto / "server.crt"
    assert "OK" in openssl("verify", "-CAfile", server.mosquitto / "ca.crt", crt)
    text = openssl("x509", "-in", crt, "-noout", "-text")
    assert "prime256v1" in text
    assert "CA:FALSE" in text
    assert "DNS:okienko-broker" in text
    assert "IP Address:127.0.0.1" in text
    assert certificates(crt.read_text())[1] == server.ca, "the authority stands behind, for devices to be paired"
    told = openssl("x509", "-in", server.mosquitto / "ca.crt", "-noout", "-fingerprint", "-sha256", "-enddate")
    assert fingerprint(server.ca) == told.split("=")[1].split("\n")[0].replace(":", "").lower()
    assert int(told.split()[-2]) - 20 >= 2026, "twenty years"


def test_keys_are_for_their_user_alone(server):
    for name, mode in (("ca.key", 0o600), ("server.key", 0o600), ("ca.crt", 0o644), ("server.crt", 0o644)):
        assert stat.S_IMODE((server.mosquitto / name).stat().st_mode) == mode


def test_a_renewal_keeps_authority_network_and_port_and_the_running_server_takes_it_at_once(guarded, capsys):
    before, listener = guarded.ca, (guarded.included / "okienko-hall.conf").read_text()
    served = (guarded.mosquitto / "server.crt").read_text()
    capsys.readouterr()
    assert guarded.certificates() == 0
    assert "restart" not in capsys.readouterr().out
    assert guarded.ca == before
    assert (guarded.included / "okienko-hall.conf").read_text() == listener
    assert (guarded.mosquitto / "server.crt").read_text() != served
    renewed = certificates((guarded.mosquitto / "server.crt").read_text())[0]
    assert eventually(lambda: certificates(shown_by(guarded.hall_port))[0] == renewed)
    guest = Guest(guarded.hall_port, "kiosk-1", "wrong", tls=True)
    assert not guest.come()
    guest.leave()


def test_another_network_needs_a_restart_and_is_told_so(guarded, capsys):
    assert guarded.certificates("--listen", "127.0.0.2", "--name", "hall.example") == 0
    assert "sudo systemctl restart mosquitto" in capsys.readouterr().out
    text = (guarded.included / "okienko-hall.conf").read_text()
    assert f"listener {guarded.hall_port} 127.0.0.2\n" in text
    assert "bind_interface" not in text
    assert "DNS:hall.example" in openssl("x509", "-in", guarded.mosquitto / "server.crt", "-noout", "-text")


@pytest.mark.parametrize(
    "listen", ["", "0.0.0.0", "::", "eth0 allow_anonymous true", "eth0\nallow_anonymous true", "a/b"]
)
def test_it_listens_on_no_network_that_is_not_named(server, listen, capsys):
    with pytest.raises(BadListener, match="should be an address of this machine"):
        HallListener(listen)
    if listen:
        assert server.certificates("--listen", listen) == 2
        assert "should be an address of this machine" in capsys.readouterr().err


def test_a_name_that_no_machine_has_is_refused():
    with pytest.raises(BadListener, match="should be a name"):
        HallListener("eth0", names=("hall,DNS:evil",))


def test_on_an_interface_mosquitto_is_kept_from_ipv6_addresses_of_the_link_alone(tmp_path):
    lines = HallListener("eth0").configuration(tmp_path).splitlines()
    assert {"listener 8883", "bind_interface eth0", "socket_domain ipv4"} <= set(lines)
    assert "socket_domain" not in HallListener("fd00::7").configuration(tmp_path)


def test_a_machine_is_known_by_the_addresses_that_others_can_reach():
    assert addresses_of("lo") == ["127.0.0.1"]
    assert addresses_of("no-such-interface") == []


def test_the_halls_network_is_that_of_the_default_route():
    assert default_interface(ROUTES) == "eth0"
    assert default_interface(ROUTES.splitlines()[0]) is None
