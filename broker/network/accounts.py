"""The accounts of the hall's Mosquitto: a hashed password for each device, and what each may say and hear.

Whoever has no account is not let in, and whoever has one may say nothing but its own requests and health, and hear
nothing but its own replies and what the walls show anyway.
"""

import base64
import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from broker.contract import topics
from broker.contract.private_file import replace_file

FOLDER = "/etc/mosquitto/okienko"
SERVER_USER = "mosquitto"
ROUNDS = 101  # as mosquitto_passwd: a random password of 140 bits needs no slowness, and Mosquitto waits for each
SALT_BYTES = 12
HOME_ASSISTANT = "homeassistant"  # where Home Assistant looks for what there is to show; no secret

# `%u` is the user, which is also the client: Mosquitto takes the one for the other.
_OWN = f"""\
# Made by okienko-broker. Own requests, own answers, own health; nothing else that is not named below.
pattern write {topics.request("%u", "+")}
pattern read {topics.reply("%u")}
pattern readwrite {topics.health("%u")}
"""
_BROKER = f"""
user {topics.BROKER}
topic read {topics.ALL_REQUESTS}
topic read {topics.ALL_HEALTH}
topic write {topics.reply("+")}
topic readwrite {topics.ROOT}/state/#
topic write {HOME_ASSISTANT}/#
"""
_DEVICE = f"""
user {{client}}
topic read {topics.ROOT}/state/#
topic read {topics.ALL_HEALTH}
topic read {HOME_ASSISTANT}/#
"""


class NoAccounts(RuntimeError):
    """Mosquitto's files are missing or may not be changed; the message says what to do."""


class Accounts:
    """Mosquitto's files of passwords and of rights, in one folder; both are written whole, one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._passwords = folder / "passwords"
        self._rights = folder / "acl"

    @property
    def exist(self) -> bool:
        """Whether this machine has accounts at all; a private Mosquitto needs none."""
        return self._passwords.exists()

    def clients(self) -> list[str]:
        """Return everybody who has an account."""
        return sorted(self._kept())

    def make(self) -> None:
        """Make the folder and the files, where they are missing; the rights are written anew."""
        with self._told(), self._alone(make=True):
            self._write(self._kept())

    def give(self, client: str, password: str, salt: bytes) -> None:
        """Give a device an account, or the one that it has another password."""
        with self._told(), self._alone():
            self._write(self._kept() | {client: hashed(password, salt)})

    def take(self, client: str) -> bool:
        """Strike a device's account off; False if it has none."""
        with self._told(), self._alone():
            kept = self._kept()
            self._write({name: password for name, password in kept.items() if name != client})
            return client in kept

    def check(self) -> None:
        """Raise NoAccounts if this user could not change them; before anything else is changed."""
        if not os.access(self._folder, os.W_OK):
            raise NoAccounts(f"{self._folder}: only root may change it; run it with sudo")

    def _kept(self) -> dict[str, str]:
        try:
            lines = self._passwords.read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return {}
        return dict(line.split(":", 1) for line in lines if ":" in line)

    def _write(self, kept: dict[str, str]) -> None:
        devices = [client for client in sorted(kept) if client != topics.BROKER]
        rights = [_OWN, _BROKER, *(_DEVICE.format(client=client) for client in devices)]
        # Rights first: whoever can log in has them.
        replace_file(self._rights, "".join(rights), owner=SERVER_USER)
        replace_file(self._passwords, "".join(f"{name}:{kept[name]}\n" for name in sorted(kept)), owner=SERVER_USER)

    @contextlib.contextmanager
    def _alone(self, *, make: bool = False) -> Iterator[None]:
        """Keep others out who add a device at the same moment."""
        if make:
            self._folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            hint = "; run it with sudo" if os.geteuid() else ""
            raise NoAccounts(f"{error.filename}: {error.strerror}{hint}") from None


def hashed(password: str, salt: bytes, rounds: int = ROUNDS) -> str:
    """Return what Mosquitto keeps of a password: PBKDF2 with SHA-512, as `mosquitto_passwd` writes it."""
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, rounds)
    return f"$7${rounds}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"
