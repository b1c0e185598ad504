"""Read the settings, wire the broker, run it until it is told to stop."""

import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from broker.backups import Backups
from broker.contract import topics
from broker.contract.bus import Bus
from broker.contract.computer import Computer
from broker.contract.credentials import server_or_exit
from broker.contract.sd_notify import Systemd
from broker.contract.server import without_password
from broker.contract.settings import settings_or_exit
from broker.day_change import DayChange
from broker.domain.hall import Hall
from broker.domain.office_file import BadOffice
from broker.home_assistant import HomeAssistant
from broker.mosquitto import MosquittoMissing, PrivateMosquitto
from broker.network.accounts import FOLDER
from broker.network.announcement import Announcement
from broker.network.hall_listener import BadListener
from broker.office_on_disk import read_office
from broker.service import Service
from broker.settings import DEFAULTS, Settings
from broker.store.database import BadDatabase, open_database
from broker.store.devices import registered
from broker.store.log import EventLog, StorageFailed
from broker.synchronised import synchronised

PROGRAM = "okienko-broker"
COMMANDS = ("accounts", "backup", "bookings", "certificates", "device", "explain", "restore", "status", "verify")
TURN_S = 0.5


def main(argv: Sequence[str] | None = None) -> int:
    """Run the broker; 2 if it was told something wrong, with one line that says what."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments and arguments[0] in COMMANDS:
        # Each is a module of its own, which a start of the broker has no use for.
        return int(import_module(f"broker.{arguments[0]}_command").main(arguments[1:]))
    settings = settings_or_exit(Settings, DEFAULTS, PROGRAM, arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        run(settings)
    except (BadOffice, BadDatabase, BadListener, MosquittoMissing, StorageFailed) as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    return 0


def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT."""
    systemd = Systemd.of(os.environ)
    office = read_office(settings.office_path)
    connection = open_database(settings.database)
    event_log = EventLog(connection)
    hall = Hall(office).after_all(event_log.today())
    mosquitto = private_mosquitto(settings)
    url = mosquitto.url if mosquitto else settings.mqtt
    server = server_or_exit(url, topics.BROKER, settings.credentials, PROGRAM)
    bus = Bus(server, topics.BROKER, version("okienko"))
    bus.watch_computer(Computer().problems)
    days = DayChange(hall, event_log.days, _steady_s, synchronised)
    service = Service(hall, event_log, bus, lambda: datetime.now(UTC), lambda: registered(connection), days)
    if settings.home_assistant:
        service.health_listeners.append(HomeAssistant(office, partial(bus.publish, retain=True)).hear_health)
    service.caretaker.backups = backups(settings, hall.day)
    announcement = Announcement.of(Path(FOLDER)) if settings.announce else None
    if announcement is not None:
        announcement.start()
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    # What was read at start lives as long as the program: no need to look through it for rubbish again.
    gc.freeze()
    name = office.name[office.languages[0]]
    print(f"{PROGRAM}: {name}: {len(office.desks)} desks, MQTT on {without_password(url)}", flush=True)
    while not stopping:
        service.turn(TURN_S)
        systemd.turned(lambda: f"{in_words(service.hall)}; {bus.in_words}")
        if mosquitto is not None:
            mosquitto.mind()
    systemd.stopping()
    if announcement is not None:
        announcement.stop()
    bus.stop()
    connection.close()
    if mosquitto is not None:
        mosquitto.stop()


def _steady_s() -> float:
    """Return seconds that go on whatever the clock is set to, and while the computer sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def backups(settings: Settings, day: date) -> Backups | None:
    """Return who has copies made, where the office wants them."""
    if not settings.backup_folder or not settings.backup_minutes:
        return None
    folder = Path(settings.backup_folder)
    return Backups(folder, settings.backup_minutes, settings.backup_keep_days, settings.database, day)


def in_words(hall: Hall) -> str:
    """Return the hall in one line, for `systemctl status`."""
    return f"{sum(1 for _ in hall.waiting())} waiting, {len(hall.desks)} desks open"


def private_mosquitto(settings: Settings) -> PrivateMosquitto | None:
    """Start a private Mosquitto where `--mqtt embedded[:PORT]` asks for one."""
    if not settings.has_own_server:
        return None
    mosquitto = PrivateMosquitto(settings.own_port)
    mosquitto.start()
    return mosquitto


if __name__ == "__main__":
    sys.exit(main())
