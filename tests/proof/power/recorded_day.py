"""An office at work before a real broker, of which every write, sync and word is recorded; the day ends meanwhile."""

import random
import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.clients import eventually
from tests.proof.busy_office import DESKS, TERMINALS, BusyOffice, office
from tests.running_broker import RunningBroker

from .recording import dying, environment, operations, recorded, shifted
from .wire import said

OFFICE_TIME = ZoneInfo("Europe/Warsaw")
DAY_STARTS_H = 4  # as in the sample office
START_LIMIT_S = 120
TIDY_S = 12.0
SHIFT_LIMIT_S = 600
FIRST_REST_S = 9.0
DAYS_END_S = 4.0  # after the office has begun to work
SYNCS_OF_A_LIFE = 40
LIFE_LIMIT_S = 60


class PoweredBroker(RunningBroker):
    """A broker process with its database in a folder of its own, `disk`, and perhaps the recorder in it."""

    def __init__(self, folder, mqtt, *, module="broker", **more):
        super().__init__(folder, mqtt, office=office((*DESKS, *TERMINALS)))
        self.disk = folder / "disk"
        self.disk.mkdir(exist_ok=True)
        self.database = self.disk / "hall.db"
        self._module = module
        self._environment = more

    def start(self, **more):
        """Start the process, `more` being what this life alone has in its environment."""
        options = {"office": self.office, "database": f"sqlite:///{self.database}", "mqtt": self._mqtt}
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        with (self.folder / "broker.log").open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment(self._environment | more),
            )
        return self

    def dies_again_and_again(self, deaths, chance):
        """Return after so many lives, each of which ended in the middle of a sync."""
        assert self.stop() == 0
        for _ in range(deaths):
            self.start(**dying(chance.randint(1, SYNCS_OF_A_LIFE)))
            self._process.wait(LIFE_LIMIT_S)
        self.start()

    def ready(self):
        """Return when the broker takes requests, however busy the computer is with other proofs."""
        assert eventually(lambda: "MQTT on" in self.log, START_LIMIT_S), self.log
        return super().ready()

    def may_tidy(self):
        """Wait until the broker has moved its write-ahead log into the database, if there is enough in it to do so."""
        before = self.database.stat().st_mtime_ns
        eventually(lambda: self.database.stat().st_mtime_ns != before, TIDY_S)


class RecordedDay:
    """What came of it: the `operations`, what was `said` and when, the `requests` of those who insist, by id."""

    def __init__(self, folder, log, offices):
        self.database = folder / "disk" / "hall.db"
        self.office = (folder / "office.toml").read_text(encoding="utf-8")
        self.operations = operations(log)
        self.said = said(self.operations)
        self.requests = {rid: asked for office in offices for rid, asked in office.answers.items()}
        self.heard = [
            (client.client, rid, answers)
            for office in offices
            for client in office.clients
            for rid, answers in client.answers.items()
        ]
        self.files = files_in(self.database.parent)


def files_in(disk):
    """Return every file of a folder by its path, but for the index of a write-ahead log."""
    return {
        str(path.relative_to(disk)): path.read_bytes()
        for path in disk.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }


def record(folder, tools, mqtt, seed, *, shifts, answers, rests=True, deaths=0, module="broker"):  # noqa: PLR0913
    """Let an office work so many shifts of so many answers; the day ends in the first, for which the clock is set.

    Where the office `rests` before and after each shift, the broker tidies its disk. `deaths` times it is killed.
    """
    log = folder / "recording"
    disk = folder / "disk"
    disk.mkdir(parents=True)
    ahead_s = seconds_to_end_of_day() - (FIRST_REST_S if rests else 0) - DAYS_END_S
    more = recorded(tools, disk, log) | shifted(tools, ahead_s)
    broker = PoweredBroker(folder, mqtt, module=module, **more)
    offices = []
    try:
        broker.start().ready()
        if rests:
            broker.may_tidy()
        for shift in range(shifts):
            offices.append(busy := BusyOffice(folder, mqtt, seed * 100 + shift).open())
            assert eventually(lambda busy=busy: len(busy.answers) >= answers, SHIFT_LIMIT_S)
            if deaths:
                broker.dies_again_and_again(deaths, random.Random(seed))
            busy.close()
            if rests:
                broker.may_tidy()
        assert broker.stop() == 0
    finally:
        for at_work in offices:
            at_work.end()
        broker.close()
    return RecordedDay(folder, log, offices)


def seconds_to_end_of_day():
    """Return how far the clock has to be put on for the end of a business day."""
    now = datetime.now(OFFICE_TIME)
    end = (now + timedelta(days=1)).replace(hour=DAY_STARTS_H, minute=0, second=0, microsecond=0)
    return (end - now).total_seconds()
