"""Open the kiosk, the wall and two desks, and wait for hands until the windows are closed."""

import contextlib
import os
import re
import time

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import DeskRequest, TicketRequest, encode

from .chronicle import Chronicle
from .clerks_keypad import serial_wiring
from .hall_ear import HallEar
from .output import Output
from .programs import Programs
from .screen import screen_size
from .teller import Teller
from .window_place import KEYPADS, KIOSK, WALL, fitted, window

TURN_S = 0.05
WINDOWS = ("kiosk", "wall", "keypads")
DESKS = ("26", "30")
# Somebody waits already, so that the first NEXT calls somebody.
EARLIER = ("id-cards", "population", "id-cards")
WELCOME = """\
The hall of the sample office: a kiosk, a wall, and the keypads of two desks.
  Touch "Dowody i meldunki" on the kiosk and take a number; its paper is drawn in {tickets}/.
  Press NEXT on a desk: the wall shows and says who is called. UNDO takes it back.
  Type a number before CALL or HOLD, and 2 (vehicles) to 6 (business) or a desk's number before TRANSFER.
Close the windows, or press Ctrl-C, to end."""


def play(programs: Programs, output: Output, teller: Teller, _seconds: float) -> int:
    """Play until the windows are closed; return the exit status."""
    _open_windows(programs)
    ear = HallEar(programs.url, programs.announcements)
    chronicle = Chronicle()
    second_kiosk = Bus(Server.from_url(programs.url), "kiosk-2", "rehearsal")
    with contextlib.ExitStack() as clearing_up:
        for bus in (ear.bus, second_kiosk):
            clearing_up.callback(bus.stop)
            bus.start()
        programs.wait_for(lambda: second_kiosk.linked, "the second kiosk")
        programs.wait_for(lambda: _everyone_is_there(ear, chronicle, teller), "the kiosk, the wall or a desk")
        _make_the_hall_lively(second_kiosk)
        teller.say(WELCOME.format(tickets=output.tickets))
        teller.say()
        while not all(programs.processes.ended().get(window) == 0 for window in WINDOWS):
            programs.processes.check(*WINDOWS)
            _listen(ear, chronicle, teller)
            time.sleep(TURN_S)
    return 0


def _open_windows(programs: Programs) -> None:
    scratch = programs.announcements.parent
    screen = screen_size(os.environ)
    keypads, kiosk, wall = (
        window(fitted(place, screen), scratch / f"kivy-{name}")
        for name, place in (("keypads", KEYPADS), ("kiosk", KIOSK), ("wall", WALL))
    )
    programs.broker()
    words = ["broker.rehearsal.keypad_window", *keypads.options, "--desks", ",".join(DESKS)]
    programs.processes.start("keypads", *words, environment=keypads.environment)
    programs.kiosk(*kiosk.options, environment=kiosk.environment)
    programs.wall(*wall.options, environment=wall.environment)
    log = programs.processes.log("keypads")
    programs.wait_for(lambda: len(_ports(log.read_text())) == len(DESKS), "the window of the keypads")
    for desk, port in _ports(log.read_text()).items():
        programs.desk(desk, serial_wiring(port))


def _ports(said: str) -> dict[str, str]:
    """Read where the window of the keypads says that each desk's port is."""
    return dict(re.findall(r"^desk (\S+) at (\S+)\n", said, re.MULTILINE))


def _everyone_is_there(ear: HallEar, chronicle: Chronicle, teller: Teller) -> bool:
    _listen(ear, chronicle, teller)
    return ear.is_up("broker", "kiosk-1", "display-1", *(f"desk-{desk}" for desk in DESKS))


def _make_the_hall_lively(bus: Bus) -> None:
    """Let a few residents wait, and the clerks open their desks."""
    for number, category in enumerate(EARLIER):
        bus.ask("ticket", TicketRequest(f"earlier-{number}", category))
    for desk in DESKS:
        # As the desk's own terminal, which is then the one that may serve there.
        bus.publish(topics.request(f"desk-{desk}", "open"), encode(DeskRequest(f"opens-{desk}", desk)))


def _listen(ear: HallEar, chronicle: Chronicle, teller: Teller) -> None:
    for topic, payload in ear.hear():
        for line in chronicle.heard(topic, payload):
            teller.tell(line)
    for announced in ear.announcements():
        teller.tell(chronicle.announced(announced))
