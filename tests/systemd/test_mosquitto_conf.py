"""Mosquitto's part of the installation, given to a real Mosquitto."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from broker.contract.bus import Bus, Server

SNIPPET = Path(__file__).parents[2] / "systemd" / "mosquitto" / "okienko.conf"
READY_S = 10.0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_listening(port):
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


@pytest.fixture
def server(tmp_path):
    """Mosquitto as Debian sets it up, with our snippet in its folder; only the port is another."""
    port = free_port()
    included, kept = tmp_path / "conf.d", tmp_path / "kept"
    included.mkdir()
    kept.mkdir()
    text = SNIPPET.read_text(encoding="utf-8")
    assert "listener 1883 127.0.0.1\n" in text
    (included / SNIPPET.name).write_text(text.replace("listener 1883 ", f"listener {port} "))
    main = tmp_path / "mosquitto.conf"
    # As Debian's own file, whose folders are the service's.
    user = "user root\n" if os.geteuid() == 0 else ""
    main.write_text(f"{user}persistence true\npersistence_location {kept}/\nlog_dest stderr\ninclude_dir {included}\n")
    program = shutil.which("mosquitto", path=os.environ.get("PATH", os.defpath) + ":/usr/sbin")
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([program, "-c", str(main)], stdin=subprocess.DEVNULL, stderr=log)
    until = time.monotonic() + READY_S
    while process.poll() is None and time.monotonic() < until and not is_listening(port):
        time.sleep(0.01)
    yield process, port, tmp_path
    process.terminate()
    process.wait(10)


def test_mosquitto_takes_the_configuration_and_complains_of_nothing(server):
    process, port, folder = server
    assert is_listening(port)
    assert process.poll() is None
    lines = [line for line in (folder / "log").read_text().splitlines() if "run as root" not in line]
    assert any("running" in line for line in lines)
    assert not [line for line in lines if "rror" in line or "arning" in line]


def test_a_program_of_the_hall_is_let_in(server):
    _, port, _ = server
    bus = Bus(Server("127.0.0.1", port), "display-1", "test")
    bus.start()
    until = time.monotonic() + READY_S
    while not bus.linked and time.monotonic() < until:
        time.sleep(0.01)
    linked = bus.linked
    bus.stop()
    assert linked


def test_nobody_on_the_network_is_let_in(server):
    process, port, _ = server
    hexadecimal = f"{port:04X}"
    listening = [
        fields[1]
        for table in ("tcp", "tcp6")
        for fields in (line.split() for line in Path(f"/proc/{process.pid}/net/{table}").read_text().splitlines())
        if fields[1].endswith(f":{hexadecimal}") and fields[3] == "0A"
    ]
    assert listening == [f"0100007F:{hexadecimal}"]
