"""Which queue a command means where none is named: the one in this folder, else that of this machine's broker."""

import tomllib
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from broker.settings import SAMPLE_OFFICE
from broker.store.database import BadDatabase, database_path

HERE = "hall.db"
INSTALLED = Path("/etc/okienko/broker.toml")
# Where the installed broker runs: what its settings name without a folder is there.
RUNS_IN = Path("/var/lib/okienko")


@dataclass(frozen=True)
class Queue:
    """Where a queue is kept, and the file of its office."""

    database: str
    office: Path


def add_queue_options(parser: ArgumentParser, *, office: bool = False) -> None:
    """Let a command take `--database`, and `--office` where the office matters; they go to `queue_meant`."""
    parser.add_argument("--database", help=f"the broker's database ({HERE} here, else that of {INSTALLED})")
    if office:
        parser.add_argument("--office", help=f"the office's file; left out: that of {INSTALLED}, or the sample office")


def queue_meant(database: str | None = None, office: str | None = None) -> Queue:
    """Return the queue that the options of a command name, or leave out.

    BadDatabase where this machine's broker is meant and its settings cannot be read. A database that is named, or lies
    in this folder, goes with the sample office where none is named.
    """
    if database is None and (settings := installed_settings()) is not None:
        found = _queue_of(settings)
        return Queue(found.database, Path(office) if office else found.office)
    return Queue(database or f"sqlite:///{HERE}", Path(office) if office else SAMPLE_OFFICE)


def installed_settings() -> Path | None:
    """Return the settings of this machine's broker; None where it has none, or a queue lies in this folder."""
    return INSTALLED if not _is_there(Path(HERE)) and _is_there(INSTALLED) else None


def _queue_of(settings: Path) -> Queue:
    advice = "mend it, or name the broker's database with --database"
    try:
        says = tomllib.loads(settings.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadDatabase(f"{settings}: {error.strerror}; {advice}") from None
    except ValueError as error:
        raise BadDatabase(f"{settings}: not TOML: {error}; {advice}") from None
    database = RUNS_IN / database_path(str(says.get("database", f"sqlite:///{HERE}")))
    office = says.get("office")
    return Queue(f"sqlite:///{database}", RUNS_IN / str(office) if office else SAMPLE_OFFICE)


def _is_there(file: Path) -> bool:
    """Whether there is such a file; in a folder of somebody else's that cannot be looked into there is none."""
    try:
        return file.exists()
    except OSError:
        return False
