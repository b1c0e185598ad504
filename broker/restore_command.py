"""`okienko-broker restore`: a backup takes the place of the database, and the next number is right."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from broker.command_words import PROGRAM, OneLineParser
from broker.domain.commands import Command, EndDay, SkipNumbers, StartDay
from broker.domain.events import TicketClosed
from broker.domain.hall import Hall
from broker.domain.office import Office
from broker.domain.office_file import BadOffice
from broker.installed import add_queue_options, queue_meant
from broker.office_on_disk import read_office
from broker.store.backup import BadBackup
from broker.store.database import BadDatabase, database_path, open_database
from broker.store.log import Entry, EventLog, StorageFailed
from broker.store.restoring import restoring

# What a hall may give out in each series between two copies of a day, and more.
SKIPPED_ON_THE_SAME_DAY = 100


def main(argv: Sequence[str]) -> int:
    """Restore, and print what is known and what is not; 2 and one line if nothing was restored."""
    arguments = _parser().parse_args(argv)
    try:
        queue = queue_meant(arguments.database, arguments.office)
        lines = restore(arguments.file, queue.database, read_office(queue.office), arguments.skip, datetime.now(UTC))
    except (BadOffice, BadDatabase, BadBackup, StorageFailed) as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 0


def restore(file: Path, database: str, office: Office, skip: int | None, now: datetime) -> list[str]:
    """Put the backup in place of the database, `skip` numbers later; None skips what may be missing of the same day."""
    path = database_path(database)
    with restoring(file, path, now) as (new, kept):
        connection = open_database(f"sqlite:///{new.absolute()}")
        try:
            log = EventLog(connection)
            events = tuple(log.today())
            hall = Hall(office).after_all(events)
            same_day = not hall.is_over(now)
            count = skip if skip is not None else SKIPPED_ON_THE_SAME_DAY * same_day
            if count:
                hall = _skip(log, hall, count, now)
        finally:
            connection.close()
    what = f"the hall as it was on {_local(events[-1].at, office)}" if events else "an empty log"
    lines = [
        f"restored: {what}, from {file} to {path}",
        "whatever happened since then is unknown to it: tickets, calls, devices registered",
        _next_numbers(hall, count, same_day=same_day),
    ]
    return [*lines, f"what was there before is kept as {kept}"] if kept else lines


def _skip(log: EventLog, hall: Hall, count: int, now: datetime) -> Hall:
    """Store that numbers were passed over, on the day that they may have been given out."""
    over: list[Command] = [EndDay(), StartDay()] if hall.is_over(now) else []
    entries = []
    for command in (*over, SkipNumbers(count)):
        if events := hall.decide(command, now):
            hall = hall.after(*events)
            tickets = tuple(hall.ended[event.order] for event in events if isinstance(event, TicketClosed))
            entries.append(Entry(hall.day, events, tickets))
    log.append(entries)
    return hall


def _next_numbers(hall: Hall, count: int, *, same_day: bool) -> str:
    if count:
        series = ", ".join(letter or "no letter" for letter in sorted(hall.last_numbers))
        return f"{count} numbers are passed over in each series ({series}): nobody gets one that is on paper already"
    if same_day:
        return "no number is passed over: right only if none was given out since"
    return "today starts with the first numbers; are some on paper already? Then restore again, with --skip and more"


def _local(at: datetime, office: Office) -> str:
    return f"{at.astimezone(office.time_zone):%Y-%m-%d %H:%M:%S}"


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser("restore", __doc__)
    parser.add_argument("file", type=Path, help="the backup, like /media/okienko/backup/hall-20261123T160000Z.db")
    add_queue_options(parser, office=True)
    parser.add_argument(
        "--skip",
        type=_count,
        metavar="N",
        help=f"pass over N numbers of each series; left out: {SKIPPED_ON_THE_SAME_DAY} on the backup's own day, else 0",
    )
    return parser


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} should be a number of numbers, like 50")
    return int(text)
