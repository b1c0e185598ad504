"""The real broker as a process of its own, with its database and its office in a folder."""

import os
import signal
import subprocess
import sys

from broker.contract import topics
from tests.builders import SAMPLE_OFFICE
from tests.clients import Client, eventually


class RunningBroker:
    """`python -m broker`, started, killed and started again on one database."""

    def __init__(self, folder, mqtt, *, office=None, **options):
        self.folder = folder
        self.url = mqtt.replace("embedded:", "mqtt://127.0.0.1:")
        self.database = folder / "hall.db"
        self.office = folder / "office.toml"
        self.office.write_text(office or SAMPLE_OFFICE.read_text(encoding="utf-8"), encoding="utf-8")
        self._mqtt = mqtt
        self._options = options
        self._process = None
        self._clients = []

    @property
    def pid(self):
        return self._process.pid

    @property
    def log(self):
        return (self.folder / "broker.log").read_text()

    def start(self):
        """Start the process, and return at once."""
        options = {"office": self.office, "database": f"sqlite:///{self.database}", "mqtt": self._mqtt}
        options |= self._options
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        with (self.folder / "broker.log").open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "broker", *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        return self

    def ready(self):
        """Return when the broker takes requests: it reports itself up once it has subscribed to them."""
        health = topics.health(topics.BROKER)
        watcher = Client(self.url, "watcher").watch(health)
        watcher.bus.start()
        try:
            assert eventually(lambda: watcher.states.get(health, {}).get("status") == "up"), self.log
        finally:
            watcher.stop()
        return self

    def client(self, name, *watched):
        """Return a device that is connected, and stopped with the broker."""
        client = Client(self.url, name).watch(*watched)
        self._clients.append(client)
        return client.start()

    def kill(self):
        """Kill -9, and return when it is dead."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self):
        """End it as systemd does; return its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(10)

    def close(self):
        """End everything that the test started."""
        for client in self._clients:
            client.stop()
        if self._process is not None and self._process.poll() is None:
            self.kill()

    def devices(self, *words):
        """Run `okienko-broker device ...` on its database."""
        return device_command(*words, "--database", f"sqlite:///{self.database}")


def device_command(*words):
    return run_broker("device", *words)


def run_broker(*words, **options):
    """Run the broker with words that make it end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "broker", *words], capture_output=True, text=True, timeout=30, check=False, **options
    )


def office_with(**rules):
    """Return the sample office's text with other rules in its `[office]`."""
    lines = SAMPLE_OFFICE.read_text(encoding="utf-8").splitlines()
    for key, value in rules.items():
        (index,) = (index for index, line in enumerate(lines) if line.startswith(f"{key} = ") and index < 20)
        lines[index] = f"{key} = {value}"
    return os.linesep.join([*lines, ""])
