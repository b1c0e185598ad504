"""The card dies in the middle of a busy day: the last copy on an empty card, and no number is given out twice."""

import itertools
import threading
from pathlib import Path

import pytest

from tests.running_broker import RunningBroker, run_broker

ROUNDS = 3
CATEGORIES = ("fees", "filing", "id-cards", "population")


class Kiosks:
    """Residents who take tickets one after the other, as long as the broker answers."""

    def __init__(self, broker):
        self.given = []
        self._kiosks = [broker.client(f"kiosk-{number}") for number in (1, 2, 3)]
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._take, args=(kiosk,), daemon=True) for kiosk in self._kiosks]
        for thread in self._threads:
            thread.start()

    def _take(self, kiosk):
        for category in itertools.cycle(CATEGORIES):
            if self._closing.is_set():
                return
            answer = kiosk.insist("ticket", 0.5, category=category)
            if answer["ok"]:
                self.given.append(answer["ticket"]["number"])

    def wait_for(self, count):
        while len(self.given) < count:
            self._closing.wait(0.01)

    def close(self):
        self._closing.set()
        for thread in self._threads:
            thread.join()


def lose_the_card(broker):
    """Kill the broker, and take away everything that it has stored."""
    broker.kill()
    for path in Path(broker.folder).glob("hall.db*"):
        path.unlink()


@pytest.mark.proof
def test_a_copy_of_the_same_day_on_an_empty_card_gives_no_number_twice(tmp_path, mosquitto, report):
    stick = tmp_path / "stick"
    stick.mkdir()
    broker = RunningBroker(tmp_path, mosquitto.url)
    database = ("--database", f"sqlite:///{broker.database}")
    try:
        broker.start().ready()
        kiosks = Kiosks(broker)
        unknown = 0
        for _ in range(ROUNDS):
            kiosks.wait_for(len(kiosks.given) + 30)
            copied = run_broker("backup", str(stick), *database)
            assert copied.returncode == 0, copied.stderr
            before = len(kiosks.given)
            kiosks.wait_for(before + 40)
            lose_the_card(broker)
            unknown += len(kiosks.given) - before
            newest = max(stick.iterdir())
            restored = run_broker("restore", str(newest), *database, "--office", str(broker.office))
            assert restored.returncode == 0, restored.stderr
            assert "100 numbers are passed over in each series" in restored.stdout
            broker.start().ready()
        kiosks.wait_for(len(kiosks.given) + 30)
        kiosks.close()
        assert len(set(kiosks.given)) == len(kiosks.given), "every resident has a number of their own"
        broker.stop()
        whole = run_broker("verify", *database)
        assert whole.returncode == 0, whole.stdout
        report(
            f"\n{ROUNDS} cards lost in the middle of the day: {len(kiosks.given)} tickets given out, "
            f"{unknown} of them unknown to the copies, 0 numbers twice; {whole.stdout.splitlines()[0]}"
        )
    finally:
        broker.close()
