"""Play the hall of the sample office: with windows for hands, or on a virtual screen by itself."""

import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType

from broker.contract.settings import settings_or_exit
from broker.domain.office_file import office_from_toml
from broker.settings import SAMPLE_OFFICE

from . import by_hand, by_itself
from .failures import Failed
from .output import Output
from .processes import Processes
from .programs import Programs
from .screen import windows_wanted
from .settings import DEFAULTS, Settings
from .teller import Teller

PROGRAM = "okienko rehearsal"
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Play; 0 if everything held, 1 with a line for each thing that did not."""
    settings = settings_or_exit(Settings, DEFAULTS, PROGRAM, argv)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _interrupt)
    windows = windows_wanted(settings.windows, os.environ)
    try:
        return _play(settings, by_hand.play if windows else by_itself.play)
    except Failed as failure:
        print(f"{PROGRAM}: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        if windows:
            return 0
        print(f"{PROGRAM}: ended before its time", file=sys.stderr)
        return INTERRUPTED


def _play(settings: Settings, play: by_itself.Play) -> int:
    output = Output(Path(settings.output))
    output.prepare()
    zone = office_from_toml(SAMPLE_OFFICE.read_text(encoding="utf-8"), str(SAMPLE_OFFICE)).time_zone
    # The clocks of all programs show the office's time, wherever this is played.
    os.environ["TZ"] = str(zone)
    teller = Teller(output.log, lambda: datetime.now(zone))
    with tempfile.TemporaryDirectory(prefix="okienko-rehearsal-") as scratch, Processes(output.logs) as processes:
        # What the programs leave behind goes with it; Mosquitto, as another user, must find its own folder there.
        Path(scratch).chmod(0o755)
        os.environ["TMPDIR"] = tempfile.tempdir = scratch
        programs = Programs(processes, output, Path(scratch))
        return play(programs, output, teller, settings.seconds)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    # Once is enough: what follows is the clearing up.
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
