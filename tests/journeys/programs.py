"""The programs of the hall as a journey meets them: started, touched or pressed, killed, started again."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

from gpiozero import Device
from gpiozero.pins.mock import MockFactory

from broker.child import tied_to_parent
from broker.rehearsal.keypad import Keypad
from desk_terminal.__main__ import main as desk_main
from kiosk.printing.decoder import decoded
from kiosk.printing.paper import page_slots
from tests.clients import eventually

KIOSK_SIZE, WALL_SIZE = (540, 960), (960, 540)
PAGE_S = 3600
REPEAT_S = 0.7  # a serial keypad that sends the same key within half a second is held down
SCREENLESS = {"SDL_VIDEODRIVER": "offscreen"}
# Stands for aplay: a line for each announcement that began and for each that was heard to its end.
PLAYER = '#!/bin/sh\necho begin >> "{played}"\nsleep 0.1\necho end >> "{played}"\n'


class Program:
    """A process that can live more than once; what it says in all its lives is in one log.

    What follows `python -m` are the `words()` of each kind of program.
    """

    def __init__(self, name, folder, environment=None):
        self.name = name
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.lives = 0
        self._environment = environment or {}
        self._process = None

    def start(self):
        self.lives += 1
        bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "KIVY_HOME")}
        with (self.folder / f"{self.name}.log").open("a") as log:
            self._process = subprocess.Popen(
                [*tied_to_parent(), sys.executable, "-m", *map(str, self.words())],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                text=True,
                env=bare | {"LIBGL_ALWAYS_SOFTWARE": "1", "PYTHONUNBUFFERED": "1"} | self._environment,
            )
        return self

    def kill(self):
        """Kill -9, and return when it is dead."""
        self._end(signal.SIGKILL)

    def stop(self):
        """End it as systemd does; return its exit status, or None if it does not run."""
        return self._end(signal.SIGTERM)

    def close(self):
        """End it for good."""
        self.stop()

    def _end(self, number):
        if self._process is None:
            return None
        self._process.send_signal(number)
        try:
            status = self._process.wait(15)
        finally:
            self._process.kill()
            self._process.wait()
            self._process.stdin.close()
            self._process = None
        return status

    @property
    def said(self):
        return (self.folder / f"{self.name}.log").read_text()


class Kiosk(Program):
    """The kiosk with a dummy printer; every life has a folder of its own for pictures of the glass."""

    def __init__(self, folder, url, *, name="kiosk-1", printer=None, environment=None, options=()):
        super().__init__(name, folder, environment or SCREENLESS)
        self.tickets = folder / "tickets"
        self._url = url
        self._printer = printer or f"dummy:{self.tickets}"
        self._options = options

    def words(self):
        width, height = KIOSK_SIZE
        return [
            *("kiosk", "--id", self.name, "--mqtt", self._url, "--printer", self._printer),
            *("--width", width, "--height", height, "--pictures", self._pictures, "--taps", "-"),
            *("--settle-s", 0.2, "--answer-s", 1, *self._options),
        ]

    @property
    def _pictures(self):
        return self.folder / f"glass-{self.lives}"

    def told(self, *lines):
        """Have the glass touched, line by line like `tap id-cards`."""
        self._process.stdin.write("".join(f"{line}\n" for line in lines))
        self._process.stdin.flush()

    def tap(self, *names):
        self.told(*(f"tap {name}" for name in names))

    def pictures(self):
        """Return the pictures of this life, oldest first; each is named for its screen."""
        return sorted(self._pictures.glob("*.png"))

    @property
    def screen(self):
        """Return the name of the screen that was pictured last."""
        return next((path.stem.partition("-")[2] for path in reversed(self.pictures())), None)

    def shows(self, screen):
        return eventually(lambda: self.screen == screen)

    def paper(self, number):
        """Return what came out of the printer for a number, as a printer reads its bytes."""
        return decoded((self.tickets / f"{number}.bin").read_bytes(), page_slots("default"))


class Wall(Program):
    """The wall; its memory, its pictures and its list of announcements outlast its lives."""

    def __init__(self, folder, url):
        # Its own computer's clock stands in another zone; the wall must show the office's.
        super().__init__("display-1", folder, SCREENLESS | {"TZ": "Pacific/Auckland"})
        self._url = url
        self._played = folder / "played"
        self._player = folder / "player"
        self._player.write_text(PLAYER.format(played=self._played))
        self._player.chmod(0o755)

    def words(self):
        width, height = WALL_SIZE
        return [
            *("display", "--id", self.name, "--mqtt", self._url, "--width", width, "--height", height),
            *("--reading-s", 0.3, "--player", self._player, "--state", self.folder / "state"),
            *("--page-s", PAGE_S),  # its pictures are compared with one that is drawn later
            *("--pictures", self.folder / "wall", "--announcements", self.folder / "announced.jsonl"),
        ]

    def announced(self):
        """Return every announcement of every life, in order."""
        path = self.folder / "announced.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def played(self):
        """Return how many announcements were heard to their end."""
        return self._played.read_text().split().count("end") if self._played.exists() else 0

    def pictures(self):
        return sorted((self.folder / "wall").glob("[0-9]*-board.png"))


class KeypadDesk(Program):
    """A desk terminal with a reference keypad on a pseudo-terminal; `serial` is more of its `[serial]`."""

    def __init__(self, folder, url, desk, serial=""):
        super().__init__(f"desk-{desk}", folder)
        self.keypad = Keypad()
        self._pressed_at = {}
        self._config = folder / f"{self.name}.toml"
        self._config.write_text(
            f'id = "{self.name}"\nmqtt = "{url}"\n[serial]\nport = "{self.keypad.port}"\n{serial}\n', encoding="utf-8"
        )

    def words(self):
        return ["desk_terminal", "--config", self._config]

    def press(self, key):
        """Press a key by what it sends: N, R, S, F, X or O; not so soon that it is the same press."""
        time.sleep(max(0.0, self._pressed_at.get(key, 0.0) + REPEAT_S - time.monotonic()))
        self.keypad.press(key)
        self._pressed_at[key] = time.monotonic()

    def reads(self, *lines):
        """Whether the clerk comes to read these lines, from the first one on."""
        return eventually(lambda: self.keypad.panel[: len(lines)] == lines)

    def close(self):
        self.stop()
        self.keypad.close()


class PinDesk:
    """A desk terminal in a thread of the test, its keys on gpiozero's mock pins."""

    PINS = {"next": 17, "recall": 27, "start": 22, "open_close": 24}  # noqa: RUF012 - nobody writes to it

    def __init__(self, folder, url, desk):
        self.name = f"desk-{desk}"
        self._config = folder / f"{self.name}.toml"
        keys = "".join(f"{key} = {pin}\n" for key, pin in self.PINS.items())
        self._config.write_text(f'id = "{self.name}"\nmqtt = "{url}"\n[gpio.keys]\n{keys}', encoding="utf-8")

    def start(self):
        terminals = []
        Device.pin_factory = self._pins = MockFactory()
        self._thread = threading.Thread(target=desk_main, args=(["--config", str(self._config)], terminals.append))
        self._thread.start()
        assert eventually(lambda: terminals or not self._thread.is_alive())
        self._terminal = terminals[0]
        return self

    def press(self, key):
        """Press a key by its name, and let it go."""
        pin = self._pins.pin(self.PINS[key])
        pin.drive_low()
        pin.drive_high()

    @property
    def status(self):
        """Return what the terminal knows of its desk; None while it knows nothing."""
        (station,) = self._terminal.stations.values()
        desk = station.view.desk
        return desk and desk.status

    def close(self):
        self._terminal.stop()
        self._thread.join(15)
        self._pins.close()
        Device.pin_factory = None
        assert not self._thread.is_alive()
