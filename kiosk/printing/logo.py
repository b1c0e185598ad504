"""The office's logo as a thermal printer can burn it."""

from pathlib import Path

from PIL import Image, UnidentifiedImageError

from kiosk.printing.extras import BadExtra
from kiosk.printing.lines import Picture

_HIGHEST = 160  # dots: 2 cm
_SHARE = 0.75  # of the width of the paper


def logo(path: str, dots: int) -> Picture | None:
    """Read the office's logo, made to fit a paper so wide; BadExtra where it is no picture."""
    if not path:
        return None
    try:
        with Image.open(Path(path)) as picture:
            return _black_and_white(picture.convert("RGBA"), int(dots * _SHARE))
    except UnidentifiedImageError:
        raise BadExtra(f"{path}: should be a picture, like PNG") from None
    except OSError as error:
        raise BadExtra(f"{path}: {error.strerror or error}; should be a picture, like PNG") from None


def _black_and_white(picture: Image.Image, widest: int) -> Picture:
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    scale = min(widest / white.width, _HIGHEST / white.height)
    size = max(1, round(white.width * scale)), max(1, round(white.height * scale))
    # Dithered: a coat of arms keeps its shades on a printer that has none.
    ink = white.convert("L").resize(size, Image.Resampling.LANCZOS).convert("1").point(lambda dot: 0 if dot else 1, "1")
    return Picture(ink.width, ink.height, ink.tobytes())
