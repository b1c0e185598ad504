"""`okienko-broker bookings import|list|remove`: the booked visits, whose codes residents show at the kiosk."""

import argparse
import sqlite3
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from broker.booking_cells import code
from broker.booking_file import BadBookings, BookingList, bookings_in
from broker.command_words import PROGRAM, business_day
from broker.domain.booking import Booking
from broker.domain.office import Office
from broker.domain.office_file import BadOffice
from broker.installed import add_queue_options, queue_meant
from broker.office_on_disk import read_office
from broker.store.bookings import BookingTable
from broker.store.database import BadDatabase, connect_existing

REPORT = {
    "new": "{} new",
    "moved": "{} moved or changed",
    "cancelled": "{} cancelled",
    "same": "{} as before",
    "used": "{} checked in already, left as they were",
    "past": "{} of days past, left out",
}


def main(argv: Sequence[str], now: datetime | None = None) -> int:
    """Carry out one command on the database, also while the broker runs; it takes note within seconds."""
    arguments = _parser().parse_args(argv)
    try:
        queue = queue_meant(arguments.database, arguments.office)
        office = read_office(queue.office)
        connection = connect_existing(queue.database)
    except (BadOffice, BadDatabase) as error:
        return _complain(error)
    try:
        table = BookingTable.of(connection)
        if arguments.action == "import":
            return _import(Path(arguments.file), table, office, now or datetime.now(UTC))
        if arguments.action == "remove":
            return _remove(arguments.code, table)
        _list(table, office, arguments.day)
    except (sqlite3.Error, DBAPIError) as error:
        return _complain(f"{queue.database}: {getattr(error, 'orig', error)}; has the broker of this version run?")
    finally:
        connection.close()
    return 0


def _import(file: Path, table: BookingTable, office: Office, now: datetime) -> int:
    """Take all of a file in, or, where any line is bad, nothing."""
    try:
        listed = bookings_in(file.read_bytes(), office, now)
    except OSError as error:
        return _complain(f"{file}: {error.strerror}")
    except BadBookings as error:
        for fault in error.faults:
            _complain(f"{file}, {fault}")
        return _complain(f"{file}: nothing was imported")
    with table.transaction():
        done = take_in(listed, table, office, now)
    print(f"{file}:", ", ".join(words.format(done[what]) for what, words in REPORT.items() if done[what]) or "nothing")
    return 0


def take_in(listed: BookingList, table: BookingTable, office: Office, now: datetime) -> Counter[str]:
    """Bring the table up to what a file says, and count what became of its lines; a visit with a number stays."""
    done = Counter(past=listed.past)
    table.forget(office.business_day(now))
    for booking in listed.booked:
        before = table.find(booking.code)
        if before is None or not (before.number or before == booking):
            table.keep(booking, office.business_day(booking.booked_at))
        done["new" if before is None else "used" if before.number else "same" if before == booking else "moved"] += 1
    for cancelled in sorted(listed.cancelled):
        before = table.find(cancelled)
        if before is not None and before.number is not None:
            done["used"] += 1
        elif before is not None:
            table.drop(cancelled)
            done["cancelled"] += 1
    return done


def _remove(unwanted: str, table: BookingTable) -> int:
    with table.transaction():
        booking = table.find(unwanted)
        if booking is None:
            return _complain(f"{unwanted}: no such booking", 1)
        if booking.number is not None:
            return _complain(f"{unwanted}: checked in already, number {booking.number}", 1)
        table.drop(unwanted)
    return 0


def _list(table: BookingTable, office: Office, day: date | None) -> None:
    for booking in table.all():
        if day in (None, office.business_day(booking.booked_at)):
            print(_in_words(booking, office))


def _in_words(booking: Booking, office: Office) -> str:
    local = booking.booked_at.astimezone(office.time_zone)
    parts = [booking.code, f"{local:%Y-%m-%d %H:%M}", booking.category]
    parts += [f"{booking.minutes} min"] if booking.minutes else []
    return "  ".join([*parts, *([booking.number] if booking.number else [])])


def _complain(what: object, status: int = 2) -> int:
    print(f"{PROGRAM}: {what}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"{PROGRAM} bookings", description=__doc__, allow_abbrev=False)
    actions = parser.add_subparsers(dest="action", required=True)
    taken = actions.add_parser("import", help="take in a file of visits; one that it has already is moved")
    taken.add_argument(
        "file", help="CSV with the columns code, category, time, and minutes, status where there are any"
    )
    listed = actions.add_parser("list", help="show the visits")
    listed.add_argument("--day", type=business_day, metavar="YYYY-MM-DD", help="those of one day alone")
    actions.add_parser("remove", help="cancel a visit").add_argument("code", type=_code, help="its six digits")
    for action in actions.choices.values():
        add_queue_options(action, office=True)
    return parser


def _code(text: str) -> str:
    try:
        return code(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
