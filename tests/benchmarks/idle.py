"""What a hall costs in which nobody presses, and how soon everybody is back after a restart."""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from broker.contract.bus import Bus, Server
from broker.mosquitto import PrivateMosquitto

from .card import Card
from .figure import Figure
from .office import Office, cpu_s, resident_mb

WATCHED_S = 20
DEVICES = [
    *(f"display-{n}" for n in range(50)),
    *(f"kiosk-{n}" for n in range(10)),
    *(f"desk-{n}" for n in range(8)),
]


def figures(card: Card, database: Path) -> list[Figure]:
    """Return the cost of an idle hall with 68 devices, then restart its broker and its Mosquitto.

    The times of the restarts are over the time that a bare Python takes to import what the broker imports.
    """
    mosquitto = PrivateMosquitto()
    mosquitto.start()
    office = Office(card, database, mosquitto)
    office.start()
    office.wait_until_it_answers()
    buses = [Bus(Server.from_url(mosquitto.url), device, "bench") for device in DEVICES]
    heard = _watch_health(buses)
    for bus in buses:
        bus.start()
    _until(lambda: all(bus.linked for bus in buses))
    time.sleep(12)  # the broker lays out its disk when all is quiet
    found = _idle(office)
    bare = bare_start_s()
    found += [
        _restart("broker", lambda: _restart_broker(office), heard, office, bare),
        _restart("Mosquitto", lambda: _restart_mosquitto(mosquitto, heard), heard, office, bare),
    ]
    found.append(_memory(office))
    for bus in buses:
        bus.stop()
    office.stop()
    mosquitto.stop()
    return found


def _idle(office: Office) -> list[Figure]:
    pids = (office.pid, office.mosquitto.pid)
    syncs, before, start = office.card.syncs_returned, sum(map(cpu_s, pids)), time.monotonic()
    time.sleep(WATCHED_S)
    watched = time.monotonic() - start
    cost = (sum(map(cpu_s, pids)) - before) * 1e3 / watched
    return [
        Figure(f"idle, {len(DEVICES)} devices: ms of CPU a second", cost, 4, f"over {watched:.0f} s"),
        Figure("idle: syncs", office.card.syncs_returned - syncs, 0, f"over {watched:.0f} s"),
    ]


def _memory(office: Office) -> Figure:
    """Return what the broker takes after any start but the very first, which lays out the tables."""
    memory = resident_mb(office.pid)
    return Figure("memory of the broker, MB over 60 MB", memory / 60, 1, f"{memory:.0f} MB")


def _watch_health(buses: list[Bus]) -> dict[str, str]:
    """Note for every device what it last heard of the broker's health."""
    from broker.contract import topics
    from broker.contract.messages import Health

    heard = dict.fromkeys(DEVICES, "")
    for bus in buses:
        bus.watch(topics.health("broker"), Health, lambda health, bus=bus: heard.update({bus.client: health.status}))
    return heard


def _restart(what: str, restart, heard: dict[str, str], office: Office, bare_s: float) -> Figure:
    start = time.monotonic()
    restart()
    _until(lambda: all(status == "up" for status in heard.values()))
    office.wait_until_it_answers()
    took = time.monotonic() - start
    compared = f"{took:.2f} s / {bare_s:.2f} s of a bare start"
    return Figure(f"restart of {what} until all {len(DEVICES)} devices are back", took / bare_s, 5.0 / bare_s, compared)


def _restart_broker(office: Office) -> None:
    office.kill()
    office.start()
    time.sleep(0.05)


def _restart_mosquitto(mosquitto: PrivateMosquitto, heard: dict[str, str]) -> None:
    heard.update(dict.fromkeys(heard, ""))
    process = subprocess.Popen(["kill", "-KILL", str(mosquitto.pid)])
    process.wait()
    _until(mosquitto.mind)


def bare_start_s() -> float:
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", "import msgspec, paho.mqtt.client, sqlalchemy"], check=True)
    return time.monotonic() - start


def _until(condition, timeout_s: float = 30) -> None:
    until = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("the hall did not get there")
        time.sleep(0.01)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        for figure in figures(Card(Path(folder), 0), Path(folder) / "hall.db"):
            print(figure)
