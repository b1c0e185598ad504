"""A device that floods, a stranger who keeps calling, and how long the others wait for their answers meanwhile."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from broker.contract import credentials, topics
from broker.contract.server import Server
from broker.network import hall_limits
from tests.clients import Client, eventually
from tests.own_network import load, missing
from tests.proof.process_figures import figures_of
from tests.running_broker import RunningBroker

ROUNDS = 2
PHASE_S = 45.0
KIOSKS = ("kiosk-1", "kiosk-2", "kiosk-3", "kiosk-4")
PAUSE_S = 0.1
AGAIN_S = 1.0  # a device that hears nothing asks again with the same id
FLOODER = "kiosk-9"
MOST_MEMORY_MB = 100
ADDRESS = "127.0.0.9"  # the flooder's; the others come from 127.0.0.1

NOT_HERE = missing()
pytestmark = [pytest.mark.proof, pytest.mark.skipif(bool(NOT_HERE), reason=NOT_HERE)]


@pytest.fixture
def hall(alone, guarded, tmp_path):
    load(guarded.mosquitto / hall_limits.FILE)
    folder = tmp_path / "broker"
    folder.mkdir()
    guarded.database = f"sqlite:///{folder / 'hall.db'}"
    broker = RunningBroker(folder, guarded.url, credentials=guarded.credentials).start()
    assert eventually(lambda: "okienko-broker: " in broker.log, 30), broker.log
    for client in (*KIOSKS, FLOODER):
        assert guarded.device("add", client, "--here") == 0
    clients = []
    for name in KIOSKS:
        client = Client("mqtt://unused", name).watch(topics.health(topics.BROKER))
        kept = credentials.kept(guarded.credentials)[name]
        client.bus._server = Server("127.0.0.1", guarded.hall_port, name, kept.password, tls=True, ca=kept.ca)
        clients.append(client.start())
    assert eventually(lambda: clients[0].insist("ticket", 1, category="fees"), 30)
    time.sleep(6)  # until the broker has read who is registered
    yield guarded, broker, clients
    for client in clients:
        client.stop()
    broker.close()


def waits(clients, during_s):
    """Let every kiosk ask ten times a second for a while, a ticket and to take it back; how long each waited."""
    found = []

    def timed(client, verb, **fields):
        began = time.monotonic()
        answer = client.insist(verb, AGAIN_S, **fields)
        found.append(time.monotonic() - began)
        assert answer["ok"], answer
        time.sleep(PAUSE_S)
        return answer

    def ask(client, until):
        while time.monotonic() < until:
            number = timed(client, "ticket", category="fees")["ticket"]["number"]
            timed(client, "cancel", number=number)

    until = time.monotonic() + during_s
    asking = [threading.Thread(target=ask, args=(client, until)) for client in clients]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    return found


def percentile(found, share):
    return sorted(found)[int(len(found) * share)]


def figures(found):
    p50, p99 = (percentile(found, share) * 1000 for share in (0.5, 0.99))
    return f"{len(found)} answers, p50 {p50:.1f} ms, p99 {p99:.1f} ms, worst {max(found) * 1000:.0f} ms"


def waits_beside(module, words, clients):
    """Have a program of `tests.proof` do its worst meanwhile; how long each kiosk waited, and how often that could."""
    program = subprocess.Popen(
        [sys.executable, "-m", f"tests.proof.{module}", *map(str, words)],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        assert program.stdout.readline() == "in\n"
        found = waits(clients, PHASE_S)
    finally:
        program.terminate()
        said = program.communicate(timeout=60)[0]
    return found, int(said.split()[-1])


def compared(clients, report, module, what, *words):
    """Return the others' p99 while a program does its worst, as a ratio to the quiet one; both in turns."""
    quiet, flooded, taken = [], [], 0
    for _ in range(ROUNDS):
        quiet += waits(clients, PHASE_S)
        found, times = waits_beside(module, words, clients)
        flooded += found
        taken += times
    ratio = percentile(flooded, 0.99) / percentile(quiet, 0.99)
    report(
        f"\nflood: {taken} {what} in {ROUNDS} x {PHASE_S:.0f} s; the others' p99 {ratio:.2f} times the quiet one\n"
        f"quiet:   {figures(quiet)}\nflooded: {figures(flooded)}"
    )
    return ratio


@pytest.mark.parametrize("harm", ["requests", "pings", "subscriptions", "unread"])
def test_the_others_wait_no_more_than_twice_as_long_while_one_device_floods(hall, report, harm):
    guarded, broker, clients = hall
    words = (guarded.hall_port, guarded.credentials, FLOODER, ADDRESS, harm)
    ratio = compared(clients, report, "flooder", harm, *words)
    memory_mb = figures_of(guarded.pid).memory_mb
    report(f"Mosquitto: {memory_mb:.0f} MB")
    if harm == "requests":
        told = clients[0].states[topics.health(topics.BROKER)]
        assert any(problem["code"] == "flood" and FLOODER in problem["detail"] for problem in told["problems"])
    assert broker.log.count("Traceback") == 0
    assert memory_mb < MOST_MEMORY_MB
    assert ratio <= 2


@pytest.mark.parametrize("addresses", [1, 200])
def test_the_others_wait_no_more_than_twice_as_long_while_a_stranger_keeps_calling(hall, report, addresses):
    guarded, broker, clients = hall
    what = f"handshakes from {addresses} address{'es' if addresses > 1 else ''}"
    ratio = compared(clients, report, "caller", what, guarded.hall_port, addresses)
    assert broker.log.count("Traceback") == 0
    assert ratio <= 2
