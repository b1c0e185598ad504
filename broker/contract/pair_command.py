"""`okienko-kiosk pair`, and the same for the other devices: make this device known to its hall."""

import argparse
import getpass
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from . import credentials
from .bus import Bus
from .credentials import BadCredentials, Credentials
from .pairing import BadPairing, Pairing
from .private_file import NoSuchUser, rewrite
from .server import MDNS, Server
from .tls import certificates, fingerprint
from .toml_keys import with_keys

ANSWER_S = 10.0


class NotPaired(RuntimeError):
    """The device could not be paired; the message says why and what to do."""


def pair_command(program: str, argv: Sequence[str]) -> int:
    """Pair this device with the line that `okienko-broker device add` printed; the exit status."""
    options = _parser(program).parse_args(argv)
    try:
        pairing = Pairing.from_line(options.line or _asked())
        ca = authority(pairing)
        _try(pairing, ca)
        credentials.keep(Path(options.credentials), pairing.client, Credentials(pairing.password, ca), options.owner)
        url = MDNS if options.mdns else f"mqtts://{_host(pairing)}:{pairing.port}"
        told = tell_settings(Path(options.config), pairing.client, url)
    except (BadPairing, BadCredentials, NoSuchUser, NotPaired) as error:
        print(f"{program} pair: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        hint = "; run it with sudo" if os.geteuid() else ""
        print(f"{program} pair: {error.filename}: {error.strerror}{hint}", file=sys.stderr)
        return 1
    print(f"{pairing.client} is paired with the broker at {pairing.host}, and was let in.")
    print(told or f'In its settings: id = "{pairing.client}", mqtt = "{url}"')
    print(f"Now: sudo systemctl restart {program}")
    return 0


def authority(pairing: Pairing) -> str:
    """Return the certificate of the hall's authority, which its server shows: the one with the right fingerprint.

    What else the server says is not believed, so that it does not matter who answers.
    """
    command = ["openssl", "s_client", "-connect", f"{_host(pairing)}:{pairing.port}", "-showcerts"]
    try:
        shown = subprocess.run(  # noqa: S603 - host and port were read from a line that has no spaces
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=ANSWER_S, check=False
        ).stdout
    except FileNotFoundError:
        raise NotPaired("the program openssl is missing; install it with: sudo apt install openssl") from None
    except subprocess.TimeoutExpired:
        shown = ""
    found = certificates(shown)
    if not found:
        raise NotPaired(
            f"nobody answers at {pairing.host}:{pairing.port}; is the broker's machine on, in this network?"
        )
    for ca in found:
        if fingerprint(ca) == pairing.fingerprint:
            return ca
    raise NotPaired(
        f"who answers at {pairing.host}:{pairing.port} is not the broker of the line: its fingerprint is another. "
        "Nothing was sent to it. Pair with a fresh line; if it stays so, somebody pretends to be the broker"
    )


def tell_settings(path: Path, client: str, url: str) -> str:
    """Write id and server into the program's settings where there are some, and return what was done."""
    try:
        before = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    after = with_keys(before, {"id": client, "mqtt": url})
    if after != before:
        rewrite(path, after)
    return f'{path}: id = "{client}", mqtt = "{url}"'


def _try(pairing: Pairing, ca: str) -> None:
    """Connect once as the program will; NotPaired if the server does not let it in."""
    server = Server(pairing.host, pairing.port, pairing.client, pairing.password, tls=True, ca=ca)
    bus = Bus(server, pairing.client, version("okienko"))
    bus.start()
    until = time.monotonic() + ANSWER_S
    while not (bus.linked or bus.refused) and time.monotonic() < until:
        time.sleep(0.02)
    linked = bus.linked
    bus.stop()
    if not linked:
        raise NotPaired(
            f"the broker does not let {pairing.client} in: the line was made anew since, or the device revoked. "
            f"On the broker's machine: sudo okienko-broker device add {pairing.client}"
        )


def _parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"{program} pair", description=__doc__)
    parser.add_argument("line", nargs="?", help="as okienko-broker device add printed it; left out: it is asked for")
    parser.add_argument("--mdns", action="store_true", help="find the broker by its name service from now on")
    parser.add_argument("--credentials", default=credentials.DEFAULT, help=f"where it is kept ({credentials.DEFAULT})")
    parser.add_argument("--owner", default=credentials.USER, help=f"whose file that is ({credentials.USER})")
    config = f"/etc/okienko/{program.removeprefix('okienko-')}.toml"
    parser.add_argument("--config", default=config, help=f"the program's settings ({config})")
    return parser


def _asked() -> str:
    """Ask for the line without showing it, or read it from a pipe: so it stands in no log of commands."""
    return getpass.getpass("The line that the broker printed: ") if sys.stdin.isatty() else sys.stdin.readline()


def _host(pairing: Pairing) -> str:
    return f"[{pairing.host}]" if ":" in pairing.host else pairing.host
