"""The whole rehearsal: real programs, a virtual screen, a real X server where there is one."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from PIL import Image

from broker.rehearsal import window_place
from tests.clients import eventually

PATIENCE_S = 60


class Rehearsal:
    """`python -m broker.rehearsal` with its output in a folder."""

    def __init__(self, folder, scratch, *options, **environment):
        self.folder = folder / "demo"
        self._out = folder / "out.txt"
        with self._out.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "broker.rehearsal", "--output", str(self.folder), *options],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=os.environ | {"TMPDIR": scratch} | environment,
            )

    @property
    def said(self):
        return self._out.read_text()

    def says(self, pattern):
        """Wait for a line."""
        return eventually(lambda: re.search(pattern, self.said) or self.process.poll() is not None, PATIENCE_S)

    def family(self):
        """Return the processes that it started, and those that these started."""
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(stat.parent.name)] = int(fields[1])
        found, looked_at = set(), {self.process.pid}
        while looked_at:
            looked_at = {pid for pid, parent in parents.items() if parent in looked_at}
            found |= looked_at
        return found


@pytest.fixture
def rehearse(tmp_path):
    # What one leaves behind that is killed; Mosquitto, as another user, must find its folder there.
    scratch = tempfile.TemporaryDirectory(prefix="okienko-test-")
    Path(scratch.name).chmod(0o755)
    started = []

    def start(*options, **environment):
        started.append(Rehearsal(tmp_path, scratch.name, *options, **environment))
        return started[-1]

    yield start
    for rehearsal in started:
        rehearsal.process.kill()
        rehearsal.process.wait()
    scratch.cleanup()


def alive(pid):
    """Whether a process still runs; a dead one that nobody has buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def screen():
    """A real X server without glass; gives its name."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("needs Xvfb and xdotool")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        yield f":{number.readline().strip()}"
    server.terminate()
    server.wait()


@pytest.mark.timeout(240)
def test_the_rehearsal_plays_by_itself_and_leaves_pictures(rehearse):
    rehearsal = rehearse("--windows", "no", "--seconds", "10")
    assert rehearsal.process.wait(200) == 0, rehearsal.said
    said = rehearsal.said
    assert re.search(r"kiosk-1    D\d{3} Dowody osobiste, \d before\n", said)
    assert re.search(r"kiosk-1    E\d{3} Ewidencja ludności, \d before, in Ukrainian\n", said)
    assert re.search(
        r"wall       shows D\d{3} at desk 26 and says „Numer D .+, stanowisko dwadzieścia sześć\.”\n", said
    )
    assert re.search(r"tickets    \d+ given: \d+ served", said)
    assert re.search(r"wall       (\d+) calls shown, \1 spoken, each once and in order\n", said)
    pictures = {path.name: Image.open(path).size for path in rehearsal.folder.glob("*.png")}
    for name in ("kiosk-polish-start", "kiosk-polish-matters", "kiosk-polish-number", "kiosk-ukrainian-number"):
        assert pictures[f"{name}.png"] == (1080, 1920)
    for name in ("wall-1-people-wait", "wall-4-last-call"):
        assert pictures[f"{name}.png"] == (1920, 1080)
    tickets = {path.stem for path in (rehearsal.folder / "tickets").glob("*.png")}
    assert tickets == set(re.findall(r"kiosk-1    ([A-Z]\d{3}) is on paper", said))
    log = (rehearsal.folder / "log.txt").read_text()
    assert re.search(r"keypad 26  display \[D\d{3} WEZWANY", log)
    assert re.search(r"keypad 30  key OPEN\n.*keypad 30  display \[WOLNE ", log, re.DOTALL), "on the RS-485 line"


def test_a_rehearsal_that_is_killed_takes_all_its_programs_with_it(rehearse):
    rehearsal = rehearse("--windows", "no")
    assert rehearsal.says("kiosk-2 ")
    family = rehearsal.family()
    assert len(family) == 10  # broker and Mosquitto, kiosk, wall, six desks
    rehearsal.process.kill()
    rehearsal.process.wait()
    assert eventually(lambda: not any(map(alive, family)))


def test_a_program_that_dies_ends_the_rehearsal_with_its_last_words(rehearse):
    rehearsal = rehearse("--windows", "no")
    assert eventually((rehearsal.folder / "logs" / "desk-1.log").exists, PATIENCE_S)
    family = rehearsal.family()
    (wall,) = (pid for pid in family if b"display" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"))
    os.kill(wall, signal.SIGKILL)
    assert rehearsal.process.wait(PATIENCE_S) == 1
    assert "okienko rehearsal: the wall ended with status -9" in rehearsal.said
    assert not any(map(alive, family))


@pytest.mark.timeout(240)
def test_hands_take_a_number_on_the_kiosk_and_call_it_from_the_keypad(rehearse, screen):
    def touch(window, x, y):
        left, top = window.left + x, window.top + y
        # A window that opened under the pointer knows where it is only once it moves.
        words = ["mousemove", str(left - 5), str(top - 5), "mousemove", str(left), str(top), "click", "1"]
        subprocess.run(["xdotool", *words], env=os.environ | {"DISPLAY": screen}, check=True)

    rehearsal = rehearse(DISPLAY=screen, SDL_AUDIODRIVER="dummy", LIBGL_ALWAYS_SOFTWARE="1")
    assert rehearsal.says("desk 30    opens")
    assert rehearsal.says("desk 26    opens")
    # A window may miss the first touch while it is still being laid out.
    for _ in range(5):
        touch(window_place.KEYPADS, 99, 205)  # NEXT of desk 26
        if eventually(lambda: "wall       shows D001 at desk 26" in rehearsal.said, 5):
            break
    assert "wall       shows D001 at desk 26" in rehearsal.said
    # First the group of identity cards stands there, then one of its matters, then the number.
    until = time.monotonic() + PATIENCE_S
    while "kiosk-1" not in rehearsal.said and time.monotonic() < until:
        touch(window_place.KIOSK, 260, 318)
        time.sleep(1)
    assert rehearsal.says(r"kiosk-1    (D003|E002) is on paper")
    rehearsal.process.send_signal(signal.SIGINT)
    assert rehearsal.process.wait(PATIENCE_S) == 0, rehearsal.said


def test_wrong_settings_are_one_line_and_status_2(rehearse):
    rehearsal = rehearse("--windows", "maybe")
    assert rehearsal.process.wait(PATIENCE_S) == 2
    assert rehearsal.said.count("\n") == 1
    assert "windows" in rehearsal.said


def test_only_the_window_of_the_keypads_needs_kivy():
    code = "import sys, broker.rehearsal.__main__; sys.exit(any(name.startswith('kivy') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
