"""Run a wall screen: `python -m display`, or `okienko-display`."""

import logging
import os
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version

from broker.contract import screen
from broker.contract.bus import Bus
from broker.contract.computer import Computer
from broker.contract.credentials import server_or_exit
from broker.contract.drawn_watch import watch_drawing
from broker.contract.pair_command import pair_command
from broker.contract.sd_notify import Systemd
from broker.contract.settings import SettingsError, make_folder, settings_or_exit

from .album.command import main as album
from .kivy_environment import prepare_kivy
from .memory import MemoryFile
from .settings import DEFAULTS, Settings, state_folder

PROGRAM = "okienko-display"


def main(argv: Sequence[str] | None = None) -> int:
    """Read the settings, open the wall, and draw until told to stop; or draw an album."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == ["pair"]:
        return pair_command(PROGRAM, given[1:])
    if given[:1] == ["album"]:
        return album(given[1:])
    settings = settings_or_exit(Settings, DEFAULTS, PROGRAM, given)
    try:
        make_folder("pictures", settings.pictures)
    except SettingsError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    prepare_kivy(settings.width, settings.height, settings.rotation, settings.screen)
    memory = MemoryFile(state_folder(settings) / f"{settings.id}.json")
    server = server_or_exit(settings.mqtt, settings.id, settings.credentials, PROGRAM)
    bus = Bus(server, settings.id, version("okienko"), shows_calls=True)
    try:
        return run(settings, bus, memory)
    except screen.NoScreen as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2


def run(settings: Settings, bus: Bus, memory: MemoryFile) -> int:
    """Open the window, or raise NoScreen; Kivy is imported only now that its environment is set."""
    from kivy.base import EventLoop  # noqa: PLC0415
    from kivy.clock import Clock  # noqa: PLC0415

    from .app import DisplayApp  # noqa: PLC0415
    from .window import open_window, stop_at  # noqa: PLC0415

    limping = screen.problems(open_window(settings.screen, software=settings.software_rendering))
    computer = Computer()
    bus.watch_computer(lambda: [*limping, *computer.problems()])
    app = DisplayApp(settings, bus, memory)
    watch_drawing(app, EventLoop.window, Clock, Systemd.of(os.environ), lambda: bus.in_words)
    stop_at(app, signal.SIGTERM, signal.SIGINT)
    app.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
