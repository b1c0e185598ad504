"""Reads the office's file from the disk."""

from pathlib import Path

from broker.domain.office import Office
from broker.domain.office_file import BadOffice, office_from_toml
from broker.public_holidays import public_holidays


def read_office(path: Path) -> Office:
    """Read the office's file; BadOffice says what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise BadOffice(f"{path}: cannot be read: {reason}; --office names the office's TOML file") from None
    return office_from_toml(text, str(path), public_holidays)
