"""What the broker is told at start."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

DEFAULTS = Path(__file__).with_name("default.toml")
SAMPLE_OFFICE = Path(__file__).with_name("sample_office.toml")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The queue broker: decides who is called next, remembers it, and tells the hall."""

    office: Annotated[str, Meta(description="the office's file; left out: the sample office")]
    database: Annotated[str, Meta(description="where the queue is kept, like sqlite:///hall.db")]
    mqtt: Annotated[str, Meta(description="mqtt://[user:password@]host[:port], or embedded[:port] for a private one")]

    @property
    def office_path(self) -> Path:
        """Return the office's file, or the sample office where none is named."""
        return Path(self.office) if self.office else SAMPLE_OFFICE
