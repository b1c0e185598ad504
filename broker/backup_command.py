"""`okienko-broker backup`: a copy of the queue, beside the running broker, checked whole."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from broker.command_words import PROGRAM, OneLineParser
from broker.contract.settings import SettingsError, read_settings
from broker.installed import INSTALLED, add_queue_options, installed_settings
from broker.settings import DEFAULTS, Settings
from broker.store.backup import BadBackup, back_up, no_longer_kept
from broker.store.database import BadDatabase


def main(argv: Sequence[str]) -> int:
    """Make one copy; 2 and one line if that failed. With --keep-days older ones go, once the new one is whole."""
    arguments = _parser().parse_args(argv)
    now = datetime.now(UTC)
    try:
        settings = read_settings(Settings, DEFAULTS, PROGRAM, _given(arguments))
        folder = _folder(arguments.folder or settings.backup_folder)
        copy = back_up(settings.database, folder, now)
        if arguments.keep_days is not None:
            _thin_out(folder, now, arguments.keep_days)
    except (SettingsError, BadDatabase, BadBackup) as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    print(f"{copy} ({copy.stat().st_size / 1e6:.1f} MB), checked whole")
    return 0


def _folder(name: str) -> Path:
    if not name:
        raise BadBackup("into which folder? Name one, or a --config with backup_folder")
    return Path(name)


def _thin_out(folder: Path, now: datetime, keep_days: int) -> None:
    try:
        # `None` is the time zone of this machine: the days of who looks into the folder.
        for copy in no_longer_kept(folder.iterdir(), now.astimezone().date(), keep_days, None):
            copy.unlink()
    except OSError as error:
        raise BadBackup(f"{folder}: {error}") from None


def _given(arguments: argparse.Namespace) -> list[str]:
    """Return the words that the broker's own settings understand."""
    config = arguments.config or (None if arguments.database else installed_settings())
    words = (("--config", config), ("--database", arguments.database))
    return [str(word) for name, value in words if value for word in (name, value)]


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser("backup", __doc__)
    parser.add_argument("folder", nargs="?", help="where the copy goes; left out: backup_folder of --config")
    add_queue_options(parser)
    parser.add_argument("--config", metavar="FILE", help=f"the broker's TOML file; {INSTALLED}, where it is meant")
    parser.add_argument("--keep-days", type=int, metavar="N", help="then drop older ones, and all but each day's last")
    return parser
