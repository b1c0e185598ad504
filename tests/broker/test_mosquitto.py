"""The private Mosquitto: ready when it says so, minded, and honest about why it cannot start."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from broker.contract.bus import Bus, Server
from broker.mosquitto import MosquittoMissing, PrivateMosquitto
from tests.clients import eventually


def test_a_port_that_another_program_has_is_never_taken_for_ours():
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        with pytest.raises(MosquittoMissing, match=f"port {port} is taken by another program"):
            PrivateMosquitto(port).start()


def test_a_port_that_is_freed_in_a_moment_is_waited_for(mosquitto):
    bus = Bus(Server.from_url(mosquitto.url), "kiosk-1", "test")
    bus.start()
    assert eventually(lambda: bus.linked), "it serves; a SIGTERM before that is lost on it"
    bus.stop()
    again = PrivateMosquitto(mosquitto.port)
    started = time.monotonic()
    os.kill(mosquitto.pid, signal.SIGTERM)
    again.start()
    assert time.monotonic() - started < 2
    assert mosquitto._process.wait(10) == 0
    again.stop()


def test_a_mosquitto_that_died_is_started_again_on_its_port(mosquitto):
    assert not mosquitto.mind()
    url = mosquitto.url
    os.kill(mosquitto.pid, signal.SIGKILL)
    mosquitto._process.wait()
    assert mosquitto.mind()
    assert not mosquitto.mind()
    bus = Bus(Server.from_url(url), "kiosk-1", "test")
    bus.start()
    assert eventually(lambda: bus.linked)
    bus.stop()


def test_it_takes_a_thousand_messages_for_a_wall_that_is_slow(mosquitto):
    port = str(mosquitto.port)
    wall = subprocess.Popen(
        ["mosquitto_sub", "-h", "127.0.0.1", "-p", port, "-q", "1", "-t", "hall", "-C", "3000", "-W", "30"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert wall.poll() is None
    bus = Bus(Server.from_url(mosquitto.url), "broker", "test")
    bus.start()
    assert eventually(lambda: bus.linked)
    time.sleep(0.3)
    wall.send_signal(signal.SIGSTOP)
    for call in range(3000):
        bus.publish("hall", str(call).encode())
    time.sleep(0.3)
    wall.send_signal(signal.SIGCONT)
    said, _ = wall.communicate(timeout=30)
    bus.stop()
    assert said.split() == [str(call) for call in range(3000)]


def test_it_listens_to_this_machine_alone_and_leaves_nothing_behind(monkeypatch):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr("tempfile.tempdir", folder)
        server = PrivateMosquitto()
        server.start()
        assert list(Path(folder).iterdir()) == [], "not even if it is killed"
    listening = subprocess.run(["ss", "-ltnH"], capture_output=True, text=True, check=True).stdout
    addresses = [line.split()[3] for line in listening.splitlines() if line.split()[3].endswith(f":{server.port}")]
    server.stop()
    assert addresses == [f"127.0.0.1:{server.port}"]


def test_a_broker_ended_by_systemd_takes_its_mosquitto_along(tmp_path):
    from tests.running_broker import RunningBroker

    broker = RunningBroker(tmp_path, f"embedded:{PrivateMosquitto().port}").start().ready()
    assert broker.stop() == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(broker.url.rpartition(":")[2])), 1)
