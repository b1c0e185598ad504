"""The hall's Mosquitto as an installation has it: our configuration, our commands, a real server on the loopback."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from broker import accounts_command, certificates_command, device_command
from broker.store.database import open_database

SNIPPET = Path(__file__).parents[1] / "systemd" / "mosquitto" / "okienko.conf"
OWNER = "root" if os.geteuid() == 0 else ""
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


class GuardedMosquitto:
    """Mosquitto with accounts, rights and certificates, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.mosquitto = folder / "okienko"
        self.credentials = folder / "credentials"
        self.pid_file = folder / "mosquitto.pid"
        self.log = folder / "mosquitto.log"
        self.included = folder / "conf.d"
        self.database = f"sqlite:///{folder / 'hall.db'}"
        self.port, self.hall_port = free_port(), free_port()
        self._process = None

    @property
    def url(self):
        return f"mqtt://127.0.0.1:{self.port}"

    @property
    def hall_url(self):
        return f"mqtts://127.0.0.1:{self.hall_port}"

    @property
    def pid(self):
        return self._process.pid

    @property
    def ca(self):
        return (self.mosquitto / "ca.crt").read_text()

    def install(self, *, hall=True):
        """Do what the installer does, with the installation's own file but for ports and folders."""
        self.included.mkdir()
        (self.folder / "kept").mkdir()
        text = SNIPPET.read_text(encoding="utf-8")
        for old, new in (("listener 1883 ", f"listener {self.port} "), ("/etc/mosquitto/okienko", str(self.mosquitto))):
            assert old in text
            text = text.replace(old, new)
        (self.included / SNIPPET.name).write_text(text)
        user = "user root\n" if OWNER else ""
        # As Debian's own file, whose folders are the service's.
        (self.folder / "mosquitto.conf").write_text(
            f"{user}pid_file {self.pid_file}\npersistence true\npersistence_location {self.folder}/kept/\n"
            f"log_dest stderr\ninclude_dir {self.included}\n"
        )
        assert self.accounts() == 0
        if hall:
            assert self.certificates("--listen", "lo", "--port", str(self.hall_port), "--name", "127.0.0.1") == 0
        open_database(self.database).close()
        return self

    def accounts(self):
        return accounts_command.main([*self._files(), "--credentials", str(self.credentials), "--owner", OWNER])

    def certificates(self, *words):
        return certificates_command.main([*self._files(), "--listener", f"{self.included}/okienko-hall.conf", *words])

    def device(self, *words):
        """Run `okienko-broker device`; its status."""
        files = [*self._files(), "--credentials", str(self.credentials), "--owner", OWNER]
        return device_command.main([*words, "--database", self.database, *files])

    def start(self):
        program = shutil.which("mosquitto", path=os.environ.get("PATH", os.defpath) + ":/usr/sbin")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [program, "-c", str(self.folder / "mosquitto.conf")], stdin=subprocess.DEVNULL, stderr=log
            )
        until = time.monotonic() + READY_S
        while self._process.poll() is None and time.monotonic() < until and not is_listening(self.port):
            time.sleep(0.01)
        assert self._process.poll() is None, self.log.read_text()
        return self

    def stop(self):
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)

    def _files(self):
        return ["--mosquitto", str(self.mosquitto), "--pid-file", str(self.pid_file)]
