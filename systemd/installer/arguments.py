"""What `systemd/install` is told."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .roles import EVERY

PATIENCE_S = 60.0


@dataclass(frozen=True)
class Arguments:
    """The options, as given."""

    roles: tuple[str, ...]
    bundle: Path | None
    listen: str | None
    patience_s: float
    uninstall: bool
    purge: bool
    gather: Path | None


def parse(words: Sequence[str]) -> Arguments:
    """Read the command line; ends the program with status 2 and a line if it makes no sense."""
    parser = _parser()
    given = parser.parse_args(words)
    if given.purge and not given.uninstall:
        parser.error("--purge goes with --uninstall")
    return Arguments(
        _roles(given.role),
        given.bundle,
        given.listen,
        given.patience,
        given.uninstall,
        given.purge,
        given.bundle_to,
    )


def _roles(given: list[str]) -> tuple[str, ...]:
    return EVERY if "all" in given else tuple(role for role in EVERY if role in given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="install",
        description="Install Okienko on this machine; run again, bring it up to date. A version that does not start "
        "is left for the one before. What is in /etc/okienko is never overwritten.",
        epilog="docs/install.md tells what to see after each step.",
    )
    parser.add_argument(
        "--role",
        action="append",
        default=[],
        choices=[*EVERY, "all"],
        help="what this machine is; may be repeated, and adds to what it was; left out: what it was",
    )
    parser.add_argument("--from", dest="bundle", metavar="FOLDER", type=Path, help="a bundle: install without internet")
    parser.add_argument(
        "--listen",
        metavar="ADDRESS",
        help="broker: let devices on other machines connect here; an address or a network interface of this machine",
    )
    parser.add_argument(
        "--patience",
        metavar="SECONDS",
        type=float,
        default=PATIENCE_S,
        help=f"how long a start may take before it counts as failed ({PATIENCE_S:g})",
    )
    parser.add_argument("--uninstall", action="store_true", help="remove Okienko; settings and the queue stay")
    parser.add_argument("--purge", action="store_true", help="with --uninstall: settings, passwords and the queue, too")
    parser.add_argument(
        "--bundle-to", metavar="FOLDER", type=Path, help="install nothing: make a bundle for machines like this one"
    )
    return parser
