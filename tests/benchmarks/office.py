"""A real broker on a card, with a Mosquitto of its own, for the benchmarks."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from broker.mosquitto import PrivateMosquitto
from broker.settings import SAMPLE_OFFICE

from .card import Card
from .raw_mqtt import RawClient

ROOT = Path(__file__).parents[2]
BOARD = "okienko/state/board"


class Office:
    """One running broker, and what it takes to ask it."""

    def __init__(self, card: Card, database: Path, mosquitto: PrivateMosquitto) -> None:
        self.card = card
        self.mosquitto = mosquitto
        self.database = database
        self._process: subprocess.Popen[str] | None = None
        self._asked = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self) -> None:
        office = self.card.folder / "office.toml"
        # The benchmark presses faster than any clerk may.
        office.write_text(SAMPLE_OFFICE.read_text().replace("double_press_s = 2", "double_press_s = 0"))
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "broker", "--office", str(office)),
                *("--database", f"sqlite:///{self.database}", "--mqtt", self.mosquitto.url),
            ],
            cwd=ROOT,
            env=self.card.environment,
            stdout=subprocess.DEVNULL,
            stderr=(self.card.folder / "broker.log").open("a"),
        )

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def client(self, name: str, *topics: str) -> RawClient:
        return RawClient(self.mosquitto.port, name, f"okienko/reply/{name}", *topics)

    def request_id(self) -> str:
        self._asked += 1
        return f"{os.getpid()}-{id(self)}-{self._asked}"

    def ask(self, client: RawClient, name: str, verb: str, **fields: str) -> dict:
        """Ask, and wait for the answer."""
        request_id = self.request_id()
        client.publish(f"okienko/request/{name}/{verb}", json.dumps({"request_id": request_id, **fields}).encode())
        while (reply := json.loads(client.receive_on(f"okienko/reply/{name}")))["request_id"] != request_id:
            pass
        return reply

    def wait_until_it_answers(self, timeout_s: float = 30) -> None:
        """Ask for a ticket until one comes."""
        client = self.client("bench-first")
        client.socket.settimeout(0.02)
        payload = json.dumps({"request_id": self.request_id(), "category": "information"}).encode()
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            client.publish("okienko/request/bench-first/ticket", payload)
            try:
                client.receive_on("okienko/reply/bench-first")
            except TimeoutError:
                continue
            client.close()
            return
        raise TimeoutError("the broker does not answer")


@contextmanager
def running_office(card: Card, database: Path | None = None):
    mosquitto = PrivateMosquitto()
    mosquitto.start()
    office = Office(card, database or card.folder / "hall.db", mosquitto)
    office.start()
    try:
        office.wait_until_it_answers()
        time.sleep(8)  # the broker lays out its disk when all is quiet
        yield office
    finally:
        office.stop()
        mosquitto.stop()


def cpu_s(pid: int) -> float:
    """Return the processor time of a process's threads so far, to the nanosecond."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def resident_mb(pid: int) -> float:
    """Return the memory that a process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)
