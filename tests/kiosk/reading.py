"""What a resident's eye can tell of the glass: whether words fit, how large they are, how they stand out."""

from functools import cache

from PIL import Image, ImageFont


def shown(glass):
    """Every label with words on it."""
    from kiosk.screens.text import KioskText

    return [label for label in glass.seen(KioskText) if label.text]


def lines(label):
    """What stands on each line of a label, as Kivy has broken it."""
    return ["".join(word.text for word in line.words) for line in label._label._cached_lines]


def misfit(label, size):
    """Why a label's words cannot all be read: none, if they can."""
    from kivy.core.text import Label

    from kiosk.screens.text import BREAK

    words = Label(
        text=label.text,
        font_size=label.font_size,
        text_size=(label.width, None),
        bold=label.bold,
        line_height=label.line_height,
    )
    words.resolve_font_name()
    if max(words.get_extents(word)[0] for word in BREAK.split(label.text)) > label.width + 1:
        return "a word is wider than its place"
    if words.render()[1] > (label.room or label.height) + 1:
        return "higher than its place"
    left, bottom = label.to_window(*label.pos)
    inside = left >= 0 and bottom >= 0 and left + label.width <= size[0] and bottom + label.height <= size[1]
    return "" if inside else "outside the glass"


@cache
def capital_height(font, size):
    """The height of a capital H in pixels, measured on the letter itself, a hundred times enlarged."""
    _, top, _, bottom = ImageFont.truetype(font, round(100 * size)).getbbox("H")
    return (bottom - top) / 100


def capital_mm(label, panel):
    return capital_height(label._label.options["font_name_r"], label.font_size) / panel.pixels_per_mm


def picture_of(glass):
    """What is on the glass, as large as it is."""
    texture = glass.stage.export_as_image().texture
    return Image.frombytes("RGBA", texture.size, texture.pixels).convert("RGB")


def contrast(one, other):
    """The ratio of WCAG between two colours of the screen, 0 to 255."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def box(widget, picture):
    """The place of a widget on a picture: left, top, right, bottom."""
    left, bottom = widget.to_window(*widget.pos)
    edges = left, picture.height - bottom - widget.height, left + widget.width, picture.height - bottom
    return tuple(round(edge) for edge in edges)


def ground(widget, picture):
    """The colour that most of a widget's place has."""
    return max(picture.crop(box(widget, picture)).getcolors(2**20))[1]


def edge_contrast(widget, picture, reach=5):
    """How the edge of something to touch stands out from what is around it."""
    left, top, _, bottom = box(widget, picture)
    y = (top + bottom) // 2
    outside = picture.getpixel((left - reach - 4, y))
    return max(contrast(picture.getpixel((x, y)), outside) for x in range(left - reach, left + reach))


def at_rest(caplog):
    """Whether no layout runs in a circle; Kivy complains of one that does."""
    return not [record for record in caplog.records if "too much iteration" in record.getMessage()]
