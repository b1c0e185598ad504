"""What a rehearsal is told at start."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

DEFAULTS = Path(__file__).with_name("default.toml")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The sample office without hardware: the real programs, with residents and clerks who act by themselves."""

    output: Annotated[str, Meta(min_length=1, description="folder for pictures, tickets and the log")]
    seconds: Annotated[float, Meta(ge=10, le=600, description="how long residents and clerks act by themselves")]
    windows: Annotated[
        str, Meta(pattern="^(auto|yes|no)$", description="yes: windows for hands, no: a virtual screen, or auto")
    ]
