"""Where pictures and films stand beside the calls: they take no room that a called resident needs. Pure."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from .look import Look, look
from .themes import Theme

# The board's width beside media, in heights of its letters, and as a share of the wall's.
LETTERS, SHARE, SHARE_MOST = 7.2, 0.45, 0.62
# The media's height above a board, as a share of the wall's, the largest that leaves the board enough.
ABOVE = (0.36, 0.3, 0.25)


class Arrangement(Struct, frozen=True):
    """The look and the size of the board, and where the media are: `within` is in place of the older calls."""

    look: Look
    width: float
    height: float
    media: Literal["none", "beside", "above", "within"] = "none"
    media_width: float = 0.0
    media_height: float = 0.0


def arrangement(theme: Theme, width: float, height: float, smallest: float, *, media: bool) -> Arrangement:
    """Return how a board, and media if there are any, share a wall of this size."""
    plain = Arrangement(look(theme, width, height, smallest), width, height)
    if not media:
        return plain
    shared = _above if plain.look.upright else _beside
    return next(shared(plain, theme, smallest), plain)


def _above(plain: Arrangement, theme: Theme, smallest: float) -> Iterator[Arrangement]:
    for share in ABOVE:
        height = (1 - share) * plain.height
        board = look(theme, plain.width, height, smallest, upright=True)
        if board.caption_height and board.rows:
            yield Arrangement(board, plain.width, height, "above", plain.width, plain.height - height)


def _beside(plain: Arrangement, theme: Theme, smallest: float) -> Iterator[Arrangement]:
    letters = LETTERS * plain.look.row + 2 * plain.look.margin
    width = max(SHARE * plain.width, letters)
    board = look(theme, width, plain.height, smallest, upright=True)
    if width <= SHARE_MOST * plain.width and board.caption_height and board.rows > 1:
        yield Arrangement(board, width, plain.height, "beside", plain.width - width, plain.height)
    if plain.look.caption_height and plain.look.queue_height and letters <= SHARE_MOST * plain.width:
        yield Arrangement(plain.look, plain.width, plain.height, "within", plain.width - letters)
