"""Set up the virtual hall, let it play, and give the account."""

import contextlib
import time
from collections.abc import Callable

from .album import Album
from .clerk_at_work import ClerkAtWork
from .clerks import CLERKS, Clerk
from .clerks_keypad import on_bus, on_serial_line
from .facts import Facts
from .hall_ear import HallEar
from .output import Output
from .programs import VIRTUAL_SCREEN, Programs
from .residents import AT_THE_KIOSK, ELSEWHERE, coming
from .residents_at_kiosk import ResidentsAtKiosk
from .stored import stored_tickets
from .summary import faults, summary
from .teller import Teller
from .virtual_hall import VirtualHall

Play = Callable[[Programs, Output, Teller, float], int]
# Calls follow each other faster than in life, and nobody listens: a second and a half to read each, no sound.
WALL = ("--width", "1920", "--height", "1080", "--reading-s", "1.5", "--player", "")
ON_BUS = "30"  # the desk whose keypad hangs on an RS-485 line
KIOSK = ("--width", "1080", "--height", "1920", "--taps", "-")


def play(programs: Programs, output: Output, teller: Teller, seconds: float) -> int:
    """Play `seconds` of a day on a virtual screen; return the exit status."""
    teller.say("The hall of the sample office, on a virtual screen: residents and clerks act by themselves.")
    with contextlib.ExitStack() as clearing_up:
        hall = _set_up(programs, output, teller, seconds, clearing_up)
        teller.say()
        hall.play(seconds)
        programs.processes.end()  # while the keypads are still plugged in
    return _account(programs, output, teller, hall.facts, seconds)


def _set_up(
    programs: Programs, output: Output, teller: Teller, seconds: float, clearing_up: contextlib.ExitStack
) -> VirtualHall:
    programs.broker()
    scratch = programs.announcements.parent
    kiosk_pictures, wall_pictures = scratch / "kiosk", scratch / "wall"
    kiosk = programs.kiosk(*KIOSK, "--pictures", str(kiosk_pictures), environment=VIRTUAL_SCREEN, hears=True)
    programs.wall(*WALL, "--pictures", str(wall_pictures), environment=VIRTUAL_SCREEN)
    clerks = [_sits_down(clerk, programs, clearing_up) for clerk in CLERKS]
    ear = HallEar(programs.url, programs.announcements)
    ear.bus.start()
    clearing_up.callback(ear.bus.stop)
    programs.wait_for(lambda: any(kiosk_pictures.glob("*-start.png")), "the kiosk's first screen")
    assert kiosk.stdin is not None
    residents = ResidentsAtKiosk(coming(AT_THE_KIOSK, seconds), kiosk.stdin)
    album = Album(kiosk_pictures, wall_pictures, output.folder)
    return VirtualHall(programs, ear, album, teller, clerks, residents, coming(ELSEWHERE, seconds))


def _sits_down(clerk: Clerk, programs: Programs, clearing_up: contextlib.ExitStack) -> ClerkAtWork:
    """Give a clerk a keypad, one of them on an RS-485 line, and start the desk's terminal."""
    keypad = on_bus(time.monotonic) if clerk.desk == ON_BUS else on_serial_line()
    clearing_up.callback(keypad.close)
    programs.desk(clerk.desk, keypad.wiring)
    return ClerkAtWork(clerk, keypad, time.monotonic())


def _account(programs: Programs, output: Output, teller: Teller, facts: Facts, seconds: float) -> int:
    """Say what was done and what does not hold."""
    at_the_kiosk, elsewhere = coming(AT_THE_KIOSK, seconds), coming(ELSEWHERE, seconds)
    stored = stored_tickets(f"sqlite:///{programs.database}")
    wrong = faults(
        facts,
        visits=len(at_the_kiosk) + len(elsewhere),
        kiosk_visits=len(at_the_kiosk),
        stored=[number for number, _ in stored],
        pictures={path.stem for path in output.tickets.glob("*.png")},
    )
    wrong += [
        f"the {name} ended with status {status}" for name, status in programs.processes.statuses.items() if status
    ]
    teller.say()
    for line in summary(facts, stored):
        teller.say(line)
    for line in wrong:
        teller.say(f"WRONG      {line}")
    teller.say(f"pictures   {output.folder}/kiosk-*.png, wall-*.png and tickets/; all that happened: {output.log.name}")
    return 1 if wrong else 0
