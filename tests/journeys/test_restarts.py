"""Every program of the hall is killed with -9 and started again, alone, in every order: the hall heals by itself.

Healed means: a resident takes a ticket, a clerk's key calls it, and the wall has shown and spoken it. Measured from
the moment at which the restarted program is up: Mosquitto listens, the broker has read its log, kiosk, wall or desk
have said so on MQTT. How long a process takes to get there is the machine's affair, and printed beside it.
"""

import itertools
import math
import time

import pytest

from broker.mosquitto import PrivateMosquitto
from tests.clients import eventually
from tests.journeys.hall import Hall
from tests.journeys.sights import shows_board
from tests.running_broker import office_with

HEALED_S = 5.0
DESK, DOUBLE_PRESS_S = "20", 1
# A desk asks for the last time two seconds after the key; a broker that comes back later never hears of it.
LAST_ASKED_S = 1.5
PROGRAMS = ("mosquitto", "broker", "desk", "wall", "kiosk")


class HallThatIsKilled:
    """A hall on a Mosquitto of its own, each part of which can be killed and started again by its name."""

    def __init__(self, folder):
        self.mosquitto = PrivateMosquitto()
        self.hall = Hall(folder, DESK, mosquitto=self.mosquitto, office=office_with(double_press_s=DOUBLE_PRESS_S))
        self._processes = {"kiosk": self.hall.kiosk, "wall": self.hall.wall, "desk": self.hall.keypad_desk}

    def __enter__(self):
        self.mosquitto.start()
        self.hall.__enter__()
        return self

    def __exit__(self, *_):
        self.hall.__exit__()
        self.mosquitto.stop()

    def kill(self, name):
        """Kill -9; return once everybody could know."""
        if name == "mosquitto":
            self.mosquitto._process.kill()
            self.mosquitto._process.wait()
        elif name == "broker":
            self.hall.broker.kill()
        else:
            self._processes[name].kill()
            assert eventually(lambda: self.hall.health(self._processes[name].name) == "down")

    def start(self, name):
        """Start it again; return when it is up."""
        if name == "mosquitto":
            assert self.mosquitto.mind()
        elif name == "broker":
            lives = self.broker_lives
            self.hall.broker.start()
            assert eventually(lambda: self.broker_lives > lives), self.hall.broker.log
        else:
            self._processes[name].start()
            self.hall.is_up(self._processes[name].name)

    @property
    def broker_lives(self):
        return self.hall.broker.log.count("MQTT on")

    def take(self):
        return self.hall.take("business")

    def call(self, number):
        """Have the clerk press NEXT once the panel says that somebody waits; return when the wall has shown it."""
        assert eventually(lambda: self.hall.keypad_desk.keypad.panel[1].startswith("CZEKA"))
        self.hall.patient(DESK, DOUBLE_PRESS_S)
        self.hall.keypad_desk.press("N")
        (call,) = self.hall.called(number)
        return call["call"]

    def call_again(self, number):
        """Have the clerk press NEXT once more, where the panel does not say that the number was called."""
        if not eventually(lambda: self.hall.keypad_desk.keypad.panel[0].startswith(number)):
            self.call(number)

    def heals(self, name, driver):
        """Kill and restart one program; return how long its start took, and the healing after it."""
        self.kill(name)
        if name == "wall":
            self.call(self.take())
            self.hall.kiosk.tap("done")
        began = time.monotonic()
        self.start(name)
        up = time.monotonic()
        if name == "wall":
            assert shows_board(self.hall, driver), "the board is not complete"
        number = self.take()
        self.hall.shown(self.call(number))
        healed = time.monotonic()
        self.hall.kiosk.tap("done")
        self.hall.check()
        assert self.hall.ticket(number)["printed"] == "printed"
        return up - began, healed - up


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    with HallThatIsKilled(tmp_path_factory.mktemp("killed")) as killed:
        yield killed


@pytest.mark.parametrize("name", [*PROGRAMS, *reversed(PROGRAMS[:-1])])
def test_the_hall_heals_when_one_of_its_programs_is_killed(killed, wall, name):
    start_s, healing_s = killed.heals(name, wall)
    print(f"{name}: up after {start_s:.1f} s, the hall healed {healing_s:.1f} s later")
    assert healing_s < HEALED_S


@pytest.mark.parametrize("name", ["broker", "mosquitto"])
def test_while_nobody_decides_every_program_says_so_and_all_come_back(killed, wall, name):
    hall = killed.hall
    panel, pictures = hall.keypad_desk.keypad.panel, hall.wall.pictures()
    killed.kill(name)
    assert hall.kiosk.shows("out_of_service")
    assert hall.keypad_desk.reads("BRAK POLACZENIA")
    assert eventually(lambda: hall.wall.pictures() != pictures)
    killed.start(name)
    up = time.monotonic()
    assert hall.kiosk.shows("start")
    assert hall.keypad_desk.reads(*panel)
    assert shows_board(hall, wall)
    assert time.monotonic() - up < HEALED_S
    hall.check()


def test_a_tap_and_a_key_pressed_as_the_broker_dies_are_carried_out_once(killed):
    hall = killed.hall
    tickets, asked = len(hall.rows("SELECT * FROM tickets")), len(hall.asked("ticket"))
    hall.kiosk.tap("business")
    assert eventually(lambda: len(hall.asked("ticket")) > asked)
    killed.kill("broker")
    killed.start("broker")
    number = hall.new_number(tickets)
    assert hall.kiosk.shows("thanks")
    hall.kiosk.tap("done")
    hall.patient(DESK, DOUBLE_PRESS_S)
    asked, pressed = len(hall.asked("next")), time.monotonic()
    hall.keypad_desk.press("N")
    assert eventually(lambda: len(hall.asked("next")) > asked)
    killed.kill("broker")
    killed.start("broker")
    if time.monotonic() - pressed > LAST_ASKED_S:
        killed.call_again(number)
    (call,) = hall.called(number)
    hall.shown(call["call"])
    assert len(hall.rows("SELECT * FROM tickets")) == tickets + 1
    hall.check()


def every_order(things):
    """Return a walk in which every order of `things` occurs as consecutive steps: 153 steps for five things."""
    walk = list(things[:1])
    for count, fresh in enumerate(things[1:], start=1):
        shorter, walk = walk, []
        for order in (shorter[at : at + count] for at in range(len(shorter) - count + 1)):
            if len(set(order)) == count:
                block = [*order, fresh, *order]
                known = next(size for size in range(len(block), -1, -1) if walk[len(walk) - size :] == block[:size])
                walk += block[known:]
    return walk


@pytest.mark.proof
def test_the_hall_heals_in_whatever_order_its_programs_are_killed(killed, wall):
    walk = every_order(PROGRAMS)
    orders = {tuple(walk[at : at + len(PROGRAMS)]) for at in range(len(walk))}
    assert orders >= set(itertools.permutations(PROGRAMS))
    slowest = dict.fromkeys(PROGRAMS, (0.0, 0.0))
    for name in walk:
        slowest[name] = max(slowest[name], killed.heals(name, wall), key=lambda times: times[1])
        assert slowest[name][1] < HEALED_S, (name, slowest[name])
    print(f"{len(walk)} kills, every one of the {math.factorial(len(PROGRAMS))} orders; the slowest healing of each:")
    for name, (start_s, healing_s) in slowest.items():
        print(f"  {name}: up after {start_s:.1f} s, the hall healed {healing_s:.1f} s later")
