"""What the installer hears of the programs, from a real Mosquitto."""

from broker.contract.bus import Bus, Server
from broker.contract.credentials import server_for
from broker.contract.messages import Problem
from systemd.installer.clients import ONLOOKER
from systemd.installer.hall_health import heard, well
from tests.clients import eventually
from tests.guarded_mosquitto import GuardedMosquitto

PATIENCE_S = 30.0


def test_programs_that_are_up_or_have_a_fault_of_their_own_are_well(mosquitto, tmp_path):
    server = Server.from_url(mosquitto.url)
    buses = [Bus(server, "broker", "0.2.0"), Bus(server, "kiosk-1", "0.2.0")]
    buses[1].report([Problem("paper", "paper out")])
    for bus in buses:
        bus.start()
    says = heard(mosquitto.url, tmp_path / "credentials", PATIENCE_S, "0.2.0", ["broker", "kiosk-1"])
    for bus in buses:
        bus.stop()
    assert says["kiosk-1"]["status"] == "degraded"
    assert all(well(told, "0.2.0") for told in says.values())


def test_what_the_version_before_said_of_itself_does_not_count(mosquitto, tmp_path):
    bus = Bus(Server.from_url(mosquitto.url), "broker", "0.1.0")
    bus.start()
    says = heard(mosquitto.url, tmp_path / "credentials", 0.5, "0.2.0", ["broker", "desk-30"])
    bus.stop()
    assert not any(well(told, "0.2.0") for told in says.values())


def test_who_looks_at_a_guarded_hall_puts_nobody_out(tmp_path):
    server = GuardedMosquitto(tmp_path).install(hall=False).start()
    try:
        assert server.device("add", ONLOOKER, "--here") == 0
        bus = Bus(server_for(server.url, "broker", str(server.credentials)), "broker", "0.2.0")
        links = []
        bus.when_linked = links.append
        bus.start()
        assert eventually(lambda: links == [True])
        says = heard(server.url, server.credentials, PATIENCE_S, "0.2.0", ["broker"])
        assert well(says["broker"], "0.2.0")
        assert links == [True]
        bus.stop()
    finally:
        server.stop()
