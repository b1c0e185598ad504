"""The four real programs under systemd's watchdog: ready when they are, silent as soon as their main loop hangs."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from broker.rehearsal.keypad import Keypad
from tests.clients import eventually
from tests.systemd_ear import SystemdEar

# The program as it is; but SIGUSR1 holds up its main thread, and that alone, for as long as a file is there.
HELD_UP = """
import runpy, signal, sys, time
from pathlib import Path

def hold_up(*_):
    Path(held + ".now").touch()
    while Path(held).exists():
        time.sleep(0.02)

held = sys.argv.pop(1)
signal.signal(signal.SIGUSR1, hold_up)
runpy.run_module(sys.argv.pop(1), run_name="__main__")
"""
# Twice the longest time that a desk, which nobody touches, sleeps in its loop.
SILENT_S = 2.0


class WatchedProgram:
    """A program that believes to have been started by a unit of Type=notify."""

    def __init__(self, name, folder, *options):
        self.name = name
        self.ear = SystemdEar(f"@okienko-test-{os.getpid()}-{name}" if name == "broker" else str(folder / name))
        self._hold = folder / f"{name}.hold"
        environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "KIVY_HOME")}
        environment |= {"NOTIFY_SOCKET": self.ear.address, "WATCHDOG_USEC": "2000000", "SDL_VIDEODRIVER": "offscreen"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", HELD_UP, str(self._hold), name, *map(str, options)], env=environment
        )

    def hang(self):
        self._hold.touch()
        self.process.send_signal(signal.SIGUSR1)

    @property
    def hangs(self):
        return Path(f"{self._hold}.now").exists()

    def go_on(self):
        self._hold.unlink()

    def close(self):
        self.process.kill()
        self.process.wait()
        self.ear.close()


@pytest.fixture
def programs(mosquitto, tmp_path):
    here = ("--mqtt", mosquitto.url)
    small = (*here, "--width", 320, "--height", 480)
    with Keypad() as keypad:
        (tmp_path / "desk.toml").write_text(f'id = "desk-1"\n[serial]\nport = "{keypad.port}"\n')
        started = [
            WatchedProgram("broker", tmp_path, "--database", f"sqlite:///{tmp_path / 'hall.db'}", *here),
            WatchedProgram("kiosk", tmp_path, "--printer", f"dummy:{tmp_path}", "--state", tmp_path, *small),
            WatchedProgram("display", tmp_path, "--state", tmp_path, *small),
            WatchedProgram("desk_terminal", tmp_path, "--config", tmp_path / "desk.toml", *here),
        ]
        yield started
        for program in started:
            program.close()


def test_a_program_whose_main_loop_hangs_falls_silent_and_one_that_goes_on_speaks_again(programs):
    for program in programs:
        assert program.ear.hears("READY=1"), program.name
        assert program.ear.hears("WATCHDOG=1"), program.name
    for program in programs:
        program.hang()
    assert all(eventually(lambda program=program: program.hangs) for program in programs)
    for program in programs:
        program.ear.forget()
    assert programs[0].ear.listen(SILENT_S) == []
    assert [program.ear.listen(0) for program in programs] == [[]] * 4
    for program in programs:
        program.go_on()
        assert program.ear.hears("WATCHDOG=1"), program.name
        program.process.terminate()
        assert program.ear.hears("STOPPING=1"), program.name
        assert program.process.wait(30) == 0, program.name
