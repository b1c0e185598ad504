"""`okienko-broker explain NUMBER`: a ticket's whole story, and why each of its calls came when it did."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date

from broker.command_words import PROGRAM, OneLineParser, business_day, say
from broker.domain.office import Office
from broker.domain.office_file import BadOffice
from broker.domain.reason import LANGUAGES, Language
from broker.domain.story import stories_of
from broker.domain.story_text import told
from broker.domain.voice import Voice
from broker.installed import add_queue_options, queue_meant
from broker.office_on_disk import read_office
from broker.store.archive import days_kept, events_of
from broker.store.database import BadDatabase
from broker.store.log import StorageFailed


class UnknownDay(ValueError):
    """The log does not hold the day; the message says which it holds."""


def main(argv: Sequence[str]) -> int:
    """Print the story of every ticket with a number, also while the broker runs; 1 if there was none that day."""
    arguments = _parser().parse_args(argv)
    number = arguments.number.strip().upper()
    try:
        queue = queue_meant(arguments.database, arguments.office)
        office = read_office(queue.office)
        day = _day(queue.database, arguments.day)
        stories = stories_of(events_of(queue.database, day), office).get(number, ())
    except (BadOffice, BadDatabase, StorageFailed, UnknownDay) as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    if not stories:
        print(f"{PROGRAM}: {number}: no such number on {day}; --day names another day", file=sys.stderr)
        return 1
    voice = Voice(office, arguments.language or _language_of(office))
    say("\n\n".join("\n".join(told(story, voice, whole_lines=arguments.all)) for story in stories))
    return 0


def _day(database: str, wanted: date | None) -> date:
    """Return the wanted day of the log, or its newest one; UnknownDay if it holds none such."""
    days = days_kept(database)
    if not days:
        raise UnknownDay(f"{database} holds no day yet; --database names the broker's database")
    if wanted is None:
        return days[-1]
    if wanted not in days:
        held = " to ".join(map(str, sorted({days[0], days[-1]})))
        raise UnknownDay(f"{database} does not hold {wanted} but {held}; --day names one of its days")
    return wanted


def _language_of(office: Office) -> Language:
    return next((language for language in LANGUAGES if language == office.languages[0]), "en")


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser("explain", __doc__)
    parser.add_argument("number", help="the number on the ticket, like D017")
    add_queue_options(parser, office=True)
    parser.add_argument("--day", type=business_day, metavar="YYYY-MM-DD", help="the business day; left out: the newest")
    parser.add_argument("--language", choices=LANGUAGES, help="left out: the office's own, or else English")
    parser.add_argument("--all", action="store_true", help="show everybody in line, and not the first alone")
    return parser
