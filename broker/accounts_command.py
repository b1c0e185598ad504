"""`okienko-broker accounts`: Mosquitto's accounts and rights, and the broker's own; may run again."""

import argparse
import secrets
from collections.abc import Sequence
from pathlib import Path

from broker.contract import credentials, topics
from broker.contract.credentials import Credentials
from broker.network import hall_limits
from broker.network.accounts import SALT_BYTES, Accounts
from broker.network.command_line import parser, told
from broker.network.hall_listener import HallListener
from broker.network.passwords import new_password
from broker.network.running_server import reread

# The broker, and `okienko-broker status`, which only listens.
OWN = (topics.BROKER, "status")


def main(argv: Sequence[str]) -> int:
    """Make Mosquitto's files of accounts and rights, and the broker's own account."""
    words = parser("accounts", __doc__)
    words.add_argument("--credentials", default=credentials.DEFAULT, help=f"of this machine ({credentials.DEFAULT})")
    words.add_argument("--owner", default=credentials.USER, help=f"whose file that is ({credentials.USER})")
    options = words.parse_args(argv)
    return told("accounts", lambda: _make_accounts(options))


def _make_accounts(options: argparse.Namespace) -> None:
    accounts, kept_at = Accounts(Path(options.mosquitto)), Path(options.credentials)
    accounts.make()
    for client in OWN:
        if client not in accounts.clients() or client not in credentials.kept(kept_at):
            password = new_password()
            accounts.give(client, password, secrets.token_bytes(SALT_BYTES))
            credentials.keep(kept_at, client, Credentials(password), options.owner)
    listener = HallListener.remembered(Path(options.mosquitto))
    limits_are_new = listener is not None and hall_limits.keep(listener, Path(options.mosquitto))
    print(f"Mosquitto's accounts: {options.mosquitto}/passwords: {', '.join(accounts.clients())}")
    if not reread(Path(options.pid_file)):
        print("Mosquitto does not run; it reads them when it starts.")
    elif limits_are_new:
        print("What other machines may send is limited anew. Now: sudo systemctl restart mosquitto")
