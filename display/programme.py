"""What is on a wall beside the calls: the office's messages, and pictures and films while nobody is called."""

from pathlib import Path

from msgspec import Struct


class Programme(Struct, frozen=True):
    """`media` is a folder; its files stand `media_s` each, from `media_after_s` after the last announcement on."""

    messages: tuple[str, ...] = ()
    moving: bool = False
    media: Path | None = None
    media_s: float = 12.0
    media_after_s: float = 60.0


NOTHING_ELSE = Programme()
