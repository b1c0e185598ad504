"""A hundred thousand tickets through one broker that is never restarted, and thousands of updates for kiosk and wall.

An hour of the proof is a business day of the hall, since what a day holds in memory is given back at its end; so 24
hours are 24 days of 4,167 tickets, each far more than an office gives out. After the last the broker is to take what it
took after the first.
"""

import os
import random
import sqlite3
import statistics
import struct
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import encode
from tests.builders import board, call, menu
from tests.clients import Client, eventually
from tests.proof.process_figures import figures_of
from tests.running_broker import office_with

TICKETS = int(os.environ.get("OKIENKO_SOAK_TICKETS", "100000"))
UPDATES = int(os.environ.get("OKIENKO_SOAK_UPDATES", "5000"))
HOURS = 24
DAY_S = 86400
MATTERS = ("id-cards", "population", "fees", "taxes", "filing", "information", "business", "housing", "mzgo", "drivers")
DESKS = tuple("abcdefghijklmnop")
ANSWERS_KEPT_DAYS = 7
GROWTH = 1.10
LOOKS = 10
WARM_UP = 0.2  # of the updates: fonts, pages and glyphs are made when they are first seen


class Time:
    """The hall's clock, in a file that the broker reads."""

    def __init__(self, path):
        self.path = path
        path.write_bytes(struct.pack("d", 0.0))
        self._file = path.open("r+b", buffering=0)

    def is_now(self, seconds):
        self._file.seek(0)
        self._file.write(struct.pack("d", seconds))


class BrokerOfTheSoak:
    """The broker's process, on a clock that the proof moves."""

    def __init__(self, folder, url, clock):
        office = folder / "office.toml"
        matters = ", ".join(f'"{matter}"' for matter in MATTERS)
        desks = (f'[[desk]]\nid = "{desk}"\nlabel = {{ pl = "{desk}" }}\nserves = [{matters}]\n' for desk in DESKS)
        office.write_text("\n".join([office_with(double_press_s=0), *desks]), encoding="utf-8")
        self.database = folder / "hall.db"
        words = ["--office", office, "--database", f"sqlite:///{self.database}", "--mqtt", url]
        program = [sys.executable, Path(__file__).with_name("broker_by_file.py"), clock.path, *words]
        self._log = (folder / "broker.log").open("w")
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        self._process = subprocess.Popen(program, stdout=self._log, stderr=self._log, env=environment)

    @property
    def figures(self):
        return figures_of(self._process.pid)

    @property
    def disk(self):
        return self.database.stat().st_size  # without its write-ahead log, which keeps its size

    def ready(self, url):
        """Return when it takes requests."""
        health = topics.health(topics.BROKER)
        watcher = Client(url, "watcher").watch(health).start()
        assert eventually(lambda: watcher.states.get(health, {}).get("status") == "up", timeout_s=30)
        watcher.stop()
        return self

    def stop(self):
        self._process.terminate()
        return self._process.wait(60)

    def close(self):
        self._process.kill()
        self._process.wait()
        self._log.close()


class Counter:
    """A kiosk and a desk that share a thread: one ticket is taken, then the next in line is called and served."""

    def __init__(self, url, desk, served):
        self._kiosk, self._terminal = Client(url, f"kiosk-{desk}").start(), Client(url, f"desk-{desk}").start()
        self._desk = desk
        self._served = served
        self._chance = random.Random(desk)
        self._thread = threading.Thread(target=self._work, daemon=True)
        self.failure = None

    def start(self):
        self._thread.start()
        return self

    def join(self):
        self._thread.join()
        for client in (self._kiosk, self._terminal):
            client.stop()

    def _work(self):
        try:
            while self._served.begin_one():
                self._one_ticket()
                for client in (self._kiosk, self._terminal):
                    client.answers.clear()
        except Exception as failure:  # noqa: BLE001 - told by the proof's own thread
            self.failure = failure
            self._served.give_up()

    def _one_ticket(self):
        answer = self._kiosk.ask("ticket", category=self._chance.choice(MATTERS), language="pl")
        assert answer["ok"], answer
        # Refused where the day has just changed.
        self._kiosk.ask("printed", number=answer["ticket"]["number"], result="printed")
        while not (called := self._terminal.ask("next", desk=self._desk))["ok"]:
            if called["error"]["code"] == "nothing_waiting":
                return
            # Closed with the day that is over; or a computer so busy that the broker cannot know how old the key is.
            assert called["error"]["code"] in ("desk_closed", "storage_failed"), called
            self._terminal.ask("open", desk=self._desk)
        if self._chance.random() < 0.1:
            self._terminal.ask("recall", desk=self._desk)
        self._terminal.ask("start", desk=self._desk)


class Served:
    """How many tickets were begun; the hall's clock goes on with them."""

    def __init__(self, clock, tickets):
        self._clock = clock
        self._tickets = tickets
        self._lock = threading.Lock()
        self._until = 0
        self.begun = 0

    def until(self, tickets):
        self._until = tickets

    def begin_one(self):
        with self._lock:
            if self.begun >= self._until:
                return False
            self.begun += 1
            self._clock.is_now(self.begun / self._tickets * HOURS * DAY_S)
            return True

    def give_up(self):
        self._until = 0


@pytest.fixture
def soaked(tmp_path, mosquitto):
    clock = Time(tmp_path / "clock")
    broker = BrokerOfTheSoak(tmp_path, mosquitto.url, clock)
    yield broker.ready(mosquitto.url), clock, mosquitto.url
    broker.close()


@pytest.mark.proof
@pytest.mark.timeout(7200)
def test_a_broker_after_a_hundred_thousand_tickets_is_what_it_was_after_the_first_hour(soaked, report):
    broker, clock, url = soaked
    served, began = Served(clock, TICKETS), time.monotonic()
    figures, disk = [], []
    for hour in range(1, HOURS + 1):
        served.until(TICKETS * hour // HOURS)
        counters = [Counter(url, desk, served).start() for desk in DESKS]
        for counter in counters:
            counter.join()
            assert counter.failure is None, counter.failure
        figures.append(broker.figures)
        disk.append(broker.disk)
    took_s = time.monotonic() - began
    first, last = figures[0], figures[-1]
    per_day = TICKETS / HOURS
    # Answers are kept for a week: only from then on a day adds what stays.
    settled = ANSWERS_KEPT_DAYS + 1
    daily = statistics.mean(
        after - before for before, after in zip(disk[settled:], disk[settled + 1 : settled + 5], strict=False)
    )
    predicted = disk[settled] + daily * (HOURS - 1 - settled)
    report(
        f"\n{TICKETS} tickets on {HOURS} days in {took_s / 60:.0f} min, {TICKETS / took_s:.0f} a second\n"
        f"memory: {first.memory_mb:.1f} MB after the first day, {last.memory_mb:.1f} at the end, "
        f"{max(each.memory_mb for each in figures):.1f} at most ({last.memory_mb / first.memory_mb:.3f})\n"
        f"open files: {first.files} and {last.files}; threads: {first.threads} and {last.threads}\n"
        f"disk: {disk[0] / per_day:.0f} bytes a ticket on the first day with its answers, "
        f"{daily / per_day:.0f} that stay\n"
        f"database: {disk[-1] / 1e6:.1f} MB at the end, {predicted / 1e6:.1f} predicted after day {settled + 5}\n"
        f"written to the disk: {last.written / TICKETS / 1024:.1f} KiB a ticket"
    )
    assert broker.stop() == 0
    with closing(sqlite3.connect(broker.database)) as books:
        assert books.execute("SELECT count(*) FROM tickets").fetchone() == (TICKETS,)
        assert books.execute("SELECT count(*) FROM (SELECT DISTINCT day, number FROM tickets)").fetchone() == (TICKETS,)
        assert books.execute("SELECT count(*) FROM days").fetchone()[0] in (HOURS, HOURS + 1)
    assert last.memory_mb <= GROWTH * first.memory_mb
    assert (last.files, last.threads) == (first.files, first.threads)
    assert predicted / GROWTH <= disk[-1] <= predicted * GROWTH


# -- the screens -------------------------------------------------------------------------------------------------------


class Screen:
    """A kiosk or a wall as a process of its own, drawn offscreen."""

    def __init__(self, name, folder, url, *options):
        self.name = name
        environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "KIVY_HOME")}
        environment |= {"SDL_VIDEODRIVER": "offscreen", "TMPDIR": str(folder)}
        words = ["--mqtt", url, "--state", folder, "--width", 480, "--height", 800, *options]
        self._process = subprocess.Popen([sys.executable, "-m", name, *map(str, words)], env=environment)

    @property
    def figures(self):
        """Return what it takes at rest: a picture or a voice that is just being made opens files for a moment."""
        return min((self._look() for _ in range(LOOKS)), key=lambda figures: (figures.files, figures.threads))

    def _look(self):
        time.sleep(1 / LOOKS)
        return figures_of(self._process.pid)

    def close(self):
        self._process.terminate()
        assert self._process.wait(30) == 0


class Feeder:
    """Stands for a broker that tells kiosk and wall something new all the time."""

    def __init__(self, url):
        self.bus = Bus(Server.from_url(url), "broker", "soak")
        self.healths = set()
        self.bus.watch_raw(topics.ALL_HEALTH, lambda topic, _payload: self.healths.add(topic))
        self.bus.start()
        assert eventually(lambda: self.bus.linked)
        self.calls = []

    def update(self, count):
        """Tell new waits; every tenth time call somebody."""
        if count % 10 == 0:
            number = count // 10
            self.calls.insert(0, call(f"D{number % 1000:03d}", ("26", "30", "31")[number % 3], number + 1))
            del self.calls[12:]
        waiting, minutes = count % 40, (count % 30, count % 30 + 10)
        new = board(*self.calls, waiting=waiting, wait_minutes=minutes, seq=count)
        self.bus.publish(topics.BOARD, encode(new), retain=True)
        full = ("fees",) if count % 50 < 10 else ()
        self.bus.publish(topics.MENU, encode(menu(full=full, waiting=waiting, wait_minutes=minutes)), retain=True)


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_kiosk_and_wall_stay_as_large_as_they_were_over_thousands_of_updates(tmp_path, mosquitto, report):
    feeder = Feeder(mosquitto.url)
    feeder.update(0)
    screens = [
        # Never covered by the office's messages: every update is drawn.
        Screen("kiosk", tmp_path, mosquitto.url, "--printer", f"dummy:{tmp_path / 'tickets'}", "--attract-s", "0"),
        Screen("display", tmp_path, mosquitto.url, "--mute", "true", "--reading-s", "0.1"),
    ]
    try:
        assert eventually(lambda: len(feeder.healths) >= 3, timeout_s=60)
        first = []
        for count in range(1, UPDATES + 1):
            feeder.update(count)
            time.sleep(0.04)
            if count == int(UPDATES * WARM_UP):
                first = [screen.figures for screen in screens]
        last = [screen.figures for screen in screens]
        for screen, before, after in zip(screens, first, last, strict=True):
            report(
                f"\n{screen.name}: {UPDATES} updates, {before.memory_mb:.1f} MB after the first fifth, "
                f"{after.memory_mb:.1f} at the end; "
                f"open files {before.files} and {after.files}, threads {before.threads} and {after.threads}"
            )
            assert after.memory_mb <= GROWTH * before.memory_mb
            assert after.files <= before.files
            assert after.threads <= before.threads
    finally:
        for screen in screens:
            screen.close()
        feeder.bus.stop()
