"""The PIN of the service menu: kept as a hash in a file, compared slowly."""

import argparse
import getpass
import hashlib
import hmac
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from broker.contract.credentials import USER
from broker.contract.private_file import NoSuchUser, replace_file

METHOD = "pbkdf2_sha256"
ROUNDS = 200_000
SHORTEST, LONGEST = 4, 12


class BadPin(ValueError):
    """A PIN or a file of it that makes no sense; the message says what it should be."""


def hashed(pin: str, salt: bytes, rounds: int = ROUNDS) -> str:
    """Return what a file keeps of a PIN: method, rounds, salt and hash, with dollars between."""
    digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, rounds)
    return f"{METHOD}${rounds}${salt.hex()}${digest.hex()}"


def is_right(pin: str, kept: str) -> bool:
    """Whether this is the PIN of which a file keeps the hash."""
    method, rounds, salt, _ = kept.split("$")
    return method == METHOD and hmac.compare_digest(hashed(pin, bytes.fromhex(salt), int(rounds)), kept)


def kept_pin(path: str) -> str | None:
    """Read the hash from a file; None where there is no file, BadPin where it holds something else."""
    if not path:
        return None
    try:
        kept = Path(path).read_text(encoding="utf-8").strip()
        is_right("", kept)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadPin(f"service_pin: {path}: {error.strerror}; should be a file made by okienko-kiosk pin") from None
    except ValueError:
        raise BadPin(f"service_pin: {path}: should be a file made by okienko-kiosk pin") from None
    return kept


def keep_pin(pin: str, path: Path, owner: str | None = None) -> None:
    """Write the hash of a PIN, readable by its owner alone; where root writes, the `owner` is who that is."""
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isdecimal() and pin.isascii()):
        raise BadPin(f"a PIN has {SHORTEST} to {LONGEST} digits")
    replace_file(path, hashed(pin, secrets.token_bytes(16)) + "\n", owner=owner)


def pin_command(argv: Sequence[str]) -> int:
    """`okienko-kiosk pin FILE`: ask twice for a PIN, or read it from a pipe, and keep its hash."""
    options = _parser().parse_args(argv)
    try:
        keep_pin(_asked(), options.file, options.owner)
    except (BadPin, NoSuchUser, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        print(f"okienko-kiosk pin: {options.file}: {said}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="okienko-kiosk pin", description="Keep the PIN of the service menu.")
    parser.add_argument("file", metavar="FILE", type=Path, help="where its hash is kept")
    parser.add_argument("--owner", default=USER, help=f"whose file that is, where root makes it ({USER})")
    return parser


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    pin = getpass.getpass("PIN: ")
    if getpass.getpass("Again: ") != pin:
        raise BadPin("the two are not the same")
    return pin
