"""By what the hall's MQTT server knows the programs of this machine: a file with a table for each of them.

["kiosk-1"]
password = "..."
ca = "the certificate of the authority that the server must prove itself by, as PEM"
"""

import json
import logging
import sys
import tomllib
from pathlib import Path

import msgspec

from .private_file import replace_file
from .server import MDNS, BadServer, Server
from .tls import readable

log = logging.getLogger(__name__)

DEFAULT = "/etc/okienko/credentials"
USER = "okienko"  # whose file it is
_ADVICE = "delete the file and pair the device again (on the broker's machine: run the installer again)"
_HEAD = "# Made by Okienko when a device is paired. Whoever reads this can speak as the device: keep it to yourself.\n"


class BadCredentials(ValueError):
    """The file is not what pairing writes; the message says what it should be, and holds nothing of it."""


class Credentials(msgspec.Struct, frozen=True, omit_defaults=True):
    """The password of one program, and whom it trusts."""

    password: str
    ca: str | None = None


def kept(path: Path) -> dict[str, Credentials]:
    """Read the file; nothing where there is none, BadCredentials where it holds something else."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), dict[str, Credentials])
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError):
        raise BadCredentials(f"{path}: should be a file made by pairing; {_ADVICE}") from None
    if broken := [client for client, one in found.items() if one.ca is not None and not readable(one.ca)]:
        raise BadCredentials(f"{path}: {broken[0]}.ca: should be a certificate; {_ADVICE}")
    return found


def keep(path: Path, client: str, credentials: Credentials | None, owner: str = USER) -> None:
    """Write the credentials of one program beside those of the others; None strikes it off."""
    others = {name: one for name, one in kept(path).items() if name != client}
    every = others | ({client: credentials} if credentials is not None else {})
    replace_file(path, _HEAD + "".join(_table(name, every[name]) for name in sorted(every)), owner=owner)


def server_for(url: str, client: str, path: str) -> Server:
    """Return the server of `url`, with what the file at `path` has for this program; BadCredentials if that is bad.

    Names in the address go before the file. No file, or one that this user may not read, is no credentials: a private
    server on this machine asks for none, and any other says no by itself.
    """
    server = Server.from_url(url)
    if server.user is not None or not path:
        return server
    try:
        mine = kept(Path(path)).get(client)
    except OSError as error:
        log.warning("credentials: %s: %s", path, error.strerror)
        mine = None
    if mine is not None:
        return msgspec.structs.replace(server, user=client, password=mine.password, ca=mine.ca if server.tls else None)
    if url == MDNS:
        raise BadCredentials(f"{path}: nothing for {client}; it should be paired before mqtt is {MDNS!r}")
    return server


def server_or_exit(url: str, client: str, path: str, program: str) -> Server:
    """Return the server of a program; on a mistake print one line and exit with status 2."""
    try:
        return server_for(url, client, path)
    except (BadCredentials, BadServer) as error:
        print(f"{program}: credentials: {error}", file=sys.stderr)
        raise SystemExit(2) from None


def _table(client: str, credentials: Credentials) -> str:
    # A JSON string is a TOML string.
    pairs = (f"{key} = {json.dumps(value)}\n" for key, value in msgspec.structs.asdict(credentials).items() if value)
    return f"\n[{json.dumps(client)}]\n{''.join(pairs)}"
