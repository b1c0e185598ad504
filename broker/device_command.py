"""`okienko-broker device add|list|revoke`: which devices may speak, once the first is registered."""

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy.exc import DBAPIError

from broker.contract.topics import CLIENT_PATTERN
from broker.store.database import BadDatabase, connect_existing
from broker.store.devices import register, registered, revoke
from broker.store.log import StorageFailed


def main(argv: Sequence[str]) -> int:
    """Carry out one command on the database, also while the broker runs; it takes note within seconds."""
    arguments = _parser().parse_args(argv)
    try:
        connection = connect_existing(arguments.database)
    except BadDatabase as error:
        print(f"okienko-broker: {error}", file=sys.stderr)
        return 2
    try:
        if arguments.action == "add":
            register(connection, arguments.client, tuple(arguments.desk))
        elif arguments.action == "revoke" and not revoke(connection, arguments.client):
            print(f"okienko-broker: {arguments.client} is not registered", file=sys.stderr)
            return 1
        for client, desks in registered(connection).items():
            print(client, *desks)
    except (DBAPIError, StorageFailed) as error:
        print(f"okienko-broker: {arguments.database}: {getattr(error, 'orig', error)}", file=sys.stderr)
        return 2
    finally:
        connection.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="okienko-broker device", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    for name, words in (("add", "register a device"), ("list", "show the devices"), ("revoke", "strike a device off")):
        action = actions.add_parser(name, help=words)
        if name != "list":
            action.add_argument("client", type=_client, help="the device's id, like kiosk-1 or desk-30")
        if name == "add":
            action.add_argument(
                "--desk", action="append", default=[], help="a desk that it may speak for; may be repeated"
            )
        action.add_argument("--database", default="sqlite:///hall.db", help="the broker's database (sqlite:///hall.db)")
    return parser


def _client(text: str) -> str:
    if not CLIENT_PATTERN.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} should be small letters, digits, - _ or .")
    return text
