"""Let a device onto the hall's network, and put it off again: its account, its line to pair with, its end."""

import secrets
import shlex
import sys
from pathlib import Path
from typing import TextIO

from broker.contract import credentials
from broker.contract.credentials import Credentials
from broker.contract.pairing import Pairing
from broker.contract.tls import fingerprint

from .accounts import SALT_BYTES, Accounts
from .certificates import Certificates
from .hall_listener import HallListener
from .passwords import new_password
from .running_server import reread

PROGRAMS = {"kiosk": "okienko-kiosk", "display": "okienko-display", "desk": "okienko-desk"}


class NotReady(RuntimeError):
    """A device cannot be let in yet; the message says what to do first."""


class Enrolment:
    """What of a device concerns Mosquitto. Passwords are shown once or written for `owner`, and kept as hashes."""

    def __init__(self, accounts: Accounts, folder: Path, pid_file: Path, kept_at: Path, owner: str) -> None:
        self._accounts = accounts
        self._folder = folder
        self._pid_file = pid_file
        self._kept_at = kept_at
        self._owner = owner

    def clients(self) -> list[str]:
        """Return everybody who has an account."""
        return self._accounts.clients()

    def check(self, *, here: bool) -> None:
        """Raise what would stop the device from being let in, before anything is done."""
        self._accounts.check()
        if not here:
            self._listener()

    def enrol_here(self, client: str) -> None:
        """Give an account to a program of this very machine, which finds its password by itself."""
        password = self._account(client)
        ca = Certificates(self._folder).ca
        kept = Credentials(password, ca.read_text() if ca.exists() else None)
        credentials.keep(self._kept_at, client, kept, self._owner)
        print(f"{client} may speak on this machine; its password is in {self._kept_at}")

    def invite(self, client: str, host: str | None) -> None:
        """Give an account to a device elsewhere, and print the one line that pairs it."""
        listener = self._listener()
        found = [host] if host else listener.addresses()
        if not found:
            raise NotReady(f"{listener.listen} has no address now; say --host with this machine's address or name")
        authority = fingerprint(Certificates(self._folder).ca.read_text())
        pairing = Pairing(client, self._account(client), found[0], listener.port, authority)
        _print_invitation(pairing, sys.stdout)

    def revoke(self, client: str) -> bool:
        """Take a device's account, and put it off the server at once; False if it has none."""
        had = self._accounts.take(client)
        reread(self._pid_file)
        if client in credentials.kept(self._kept_at):
            credentials.keep(self._kept_at, client, None, self._owner)
        return had

    def _account(self, client: str) -> str:
        password = new_password()
        self._accounts.give(client, password, secrets.token_bytes(SALT_BYTES))
        reread(self._pid_file)
        return password

    def _listener(self) -> HallListener:
        listener = HallListener.remembered(self._folder)
        if listener is None:
            raise NotReady(
                "no other machine can reach the broker yet: run sudo okienko-broker certificates, and restart "
                "mosquitto; or say --here for a program on this machine"
            )
        return listener


def _print_invitation(pairing: Pairing, out: TextIO) -> None:
    """Print the command for the device, and its code; by a pipe, since sudo writes the words of commands into a log."""
    program = PROGRAMS.get(pairing.client.partition("-")[0], "okienko-PROGRAM")
    line = str(pairing)
    print(f"Type this on {pairing.client}, within its own terminal or over SSH; it is shown only now:\n", file=out)
    print(f" echo {shlex.quote(line)} | sudo {program} pair\n", file=out)
    if out.isatty():
        # A third of a megabyte that nothing else of the broker needs.
        import qrcode  # noqa: PLC0415

        code = qrcode.QRCode(border=2)
        code.add_data(line)
        print("Or with a code reader at that machine, after: sudo", program, "pair\n", file=out)
        code.print_ascii(out, invert=True)
    print("Lost it? The same command again makes a new line, and the old one is worth nothing.", file=out)
