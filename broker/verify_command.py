"""`okienko-broker verify`: whether the log is whole, as far as its chain of hashes can tell."""

import argparse
import json
import re
import sqlite3
import sys
from collections.abc import Sequence
from datetime import date

from broker.command_words import PROGRAM, OneLineParser, business_day
from broker.installed import add_queue_options, queue_meant
from broker.store.archive import reading
from broker.store.chain import Row
from broker.store.database import BadDatabase
from broker.store.verification import NotChained, UnknownDay, Verdict, verified

_REASONS = {
    "upgrade": "events up to {seq} were stored before there was a chain (upgraded {made_at}): it says nothing of them",
    "retention": "events up to {seq} were reduced to statistics ({made_at}); the last of them had the hash {hash}",
}


def main(argv: Sequence[str]) -> int:
    """Print whether the log is whole, also while the broker runs; 1 if it is not, 2 if it cannot be read."""
    arguments = _parser().parse_args(argv)
    try:
        database = queue_meant(arguments.database).database
        with reading(database) as driver:
            verdict = verified(driver, arguments.day, arguments.noted)
    except (BadDatabase, NotChained, UnknownDay) as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    except sqlite3.Error as error:
        print(f"{PROGRAM}: {database}: {error}", file=sys.stderr)
        return 2
    print("\n".join(in_words(verdict, arguments.day)))
    return 1 if verdict.broken else 0


def in_words(verdict: Verdict, day: date | None = None) -> list[str]:
    """Return the verdict in lines for people: the first says whole or not, the last is the hash to note."""
    if verdict.broken:
        lines = [f"NOT WHOLE: {verdict.broken}"]
    elif verdict.first is None or verdict.last is None:
        lines = ["whole: no events"]
    else:
        of_day = f" of {day}" if day else ""
        lines = [f"whole: {verdict.events} events{of_day} from {_at(verdict.first)} to {_at(verdict.last)}"]
    if start := verdict.start:
        words = _REASONS.get(start.reason, "the chain starts behind event {seq}")
        lines.append(words.format(seq=start.seq, made_at=start.made_at, hash=start.hash.hex()))
    return [*lines, f"newest hash: {verdict.newest.hex()}"]


def _at(row: Row) -> str:
    return str(json.loads(row.data)["at"])


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser("verify", __doc__)
    add_queue_options(parser)
    parser.add_argument("--day", type=business_day, metavar="YYYY-MM-DD", help="one business day; left out: everything")
    parser.add_argument("--noted", type=_hash, metavar="HASH", help="a newest hash of before, which must be there")
    return parser


def _hash(text: str) -> bytes:
    if not re.fullmatch("[0-9a-fA-F]{64}", text):
        raise argparse.ArgumentTypeError(f"{text!r} should be the 64 digits of a hash that verify printed")
    return bytes.fromhex(text)
