"""`okienko-broker device add|list|revoke`: which devices may speak, once the first is registered.

Where this machine runs the hall's Mosquitto, a device also gets its account there, and the line that it is paired with.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from broker.contract import credentials, topics
from broker.contract.credentials import BadCredentials
from broker.contract.private_file import NoSuchUser
from broker.installed import add_queue_options, queue_meant
from broker.network.accounts import FOLDER, Accounts, NoAccounts
from broker.network.enrolment import Enrolment, NotReady
from broker.network.hall_listener import BadListener
from broker.network.running_server import PID_FILE
from broker.store.database import BadDatabase, connect_existing
from broker.store.devices import Devices, last_asked, register, registered, revoke
from broker.store.log import StorageFailed

NOBODY = (
    "okienko-broker: no device is registered; register each with: okienko-broker device add kiosk-1, "
    "and for a desk: okienko-broker device add desk-30 --desk 30"
)


def main(argv: Sequence[str]) -> int:
    """Carry out one command on the database, also while the broker runs; it takes note within seconds."""
    arguments = _parser().parse_args(argv)
    try:
        database = queue_meant(arguments.database).database
        connection = connect_existing(database)
    except BadDatabase as error:
        print(f"okienko-broker: {error}", file=sys.stderr)
        return 2
    try:
        return _ACTIONS[arguments.action](connection, arguments)
    except (DBAPIError, StorageFailed) as error:
        print(f"okienko-broker: {database}: {getattr(error, 'orig', error)}", file=sys.stderr)
    except (NoAccounts, NotReady, NoSuchUser, BadCredentials, BadListener) as error:
        print(f"okienko-broker device: {error}", file=sys.stderr)
    except OSError as error:
        hint = "; run it with sudo" if os.geteuid() else ""
        print(f"okienko-broker device: {error.filename}: {error.strerror}{hint}", file=sys.stderr)
    finally:
        connection.close()
    return 2


def _add(connection: Connection, arguments: argparse.Namespace) -> int:
    enrolment = _enrolment(arguments)
    if enrolment is None:
        register(connection, arguments.client, tuple(arguments.desk))
        return _show(registered(connection))
    enrolment.check(here=arguments.here)
    register(connection, arguments.client, tuple(arguments.desk))
    if arguments.here:
        enrolment.enrol_here(arguments.client)
    else:
        enrolment.invite(arguments.client, arguments.host)
    return 0


def _list(connection: Connection, arguments: argparse.Namespace) -> int:
    enrolment = _enrolment(arguments)
    accounts = enrolment.clients() if enrolment else None
    devices = registered(connection)
    notes = {client: [f"last asked {at}"] for client, at in last_asked(connection).items()}
    for client in devices:
        if accounts is not None and client not in accounts:
            notes.setdefault(client, []).append(f"no account: okienko-broker device add {client}")
    if not devices:
        print(NOBODY, file=sys.stderr)  # the list itself, which programs read, is empty
    return _show(devices, notes)


def _revoke(connection: Connection, arguments: argparse.Namespace) -> int:
    enrolment = _enrolment(arguments)
    # The account first: from then on it is off the network, whatever comes between.
    known = enrolment is not None and enrolment.revoke(arguments.client)
    if not revoke(connection, arguments.client) and not known:
        print(f"okienko-broker: {arguments.client} is not registered", file=sys.stderr)
        return 1
    return _show(registered(connection))


_ACTIONS = {"add": _add, "list": _list, "revoke": _revoke}


def _enrolment(arguments: argparse.Namespace) -> Enrolment | None:
    """Return what gives accounts to devices; None where this machine has no Mosquitto with accounts."""
    accounts = Accounts(Path(arguments.mosquitto))
    if not accounts.exist:
        return None
    files = Path(arguments.mosquitto), Path(arguments.pid_file), Path(arguments.credentials)
    return Enrolment(accounts, *files, arguments.owner)


def _show(devices: Devices, notes: Mapping[str, Sequence[str]] | None = None) -> int:
    for client, desks in devices.items():
        print(" ".join([client, *desks]) + "".join(f"   {note}" for note in (notes or {}).get(client, [])))
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
            action.add_argument("--here", action="store_true", help="it runs on this machine: nothing to type there")
            action.add_argument("--host", help="address of this machine in the line to pair with (found out)")
        add_queue_options(action)
        action.add_argument("--mosquitto", default=FOLDER, help=f"the folder of its accounts ({FOLDER})")
        action.add_argument("--pid-file", default=PID_FILE, help=f"of the running Mosquitto ({PID_FILE})")
        action.add_argument("--credentials", default=credentials.DEFAULT, help=f"for --here ({credentials.DEFAULT})")
        action.add_argument("--owner", default=credentials.USER, help=f"whose file that is ({credentials.USER})")
    return parser


def _client(text: str) -> str:
    if not topics.CLIENT_PATTERN.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} should be small letters, digits, - _ or .")
    if text == topics.BROKER:
        raise argparse.ArgumentTypeError(f"{text!r} is the broker itself; a device is like kiosk-1")
    return text
