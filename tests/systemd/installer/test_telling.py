"""An installation goes on when nobody is there any more to read what it says."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

from systemd.installer.main import to_the_end

ROOT = Path(__file__).parents[3]
SAYS = """
import sys
from systemd.installer.main import say
from systemd.installer.telling import tell
say("installing")
say("version 0.2.0 runs")
tell("mend that", sys.stderr)
"""


def says_to(stdout, **options):
    """Say three lines in a program of its own; return the status that it ends with."""
    words = [sys.executable, "-c", SAYS]
    return subprocess.run(words, stdout=stdout, stderr=stdout, cwd=ROOT, check=False, timeout=60, **options).returncode


def test_whose_connection_breaks_off_gets_the_installation_all_the_same():
    terminal, program_side = pty.openpty()
    os.close(terminal)
    assert says_to(program_side) == 0
    os.close(program_side)


def test_a_reader_that_ends_early_does_not_end_the_installation():
    reading, writing = os.pipe()
    os.close(reading)
    assert says_to(writing) == 0
    os.close(writing)


def test_letters_that_a_terminal_does_not_know_are_written_somehow(tmp_path):
    script = "from systemd.installer.main import say; say('zażółć'); say('done')"
    words = [sys.executable, "-c", script]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    answer = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=60)
    assert answer.returncode == 0
    assert answer.stdout.decode("latin-1").splitlines() == [r"okienko: za\u017có\u0142\u0107", "okienko: done"]


def test_nobody_is_left_between_two_versions_by_a_session_that_ends():
    with to_the_end():
        os.kill(os.getpid(), signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
