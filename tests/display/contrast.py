"""How far two colours stand apart, as WCAG 2.2 measures it."""


def contrast(one, other):
    """Return the contrast of two colours of three parts from 0 to 1: 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def ground_under(widget, picture):
    """Return the colour that most of a widget and what is close around it stands on, in a picture of the window."""
    x, y = widget.to_window(*widget.pos)
    around = 0.2 * widget.height
    left, upper = max(int(x - around), 0), max(int(picture.height - y - widget.height), 0)
    pixels = picture.crop((left, upper, int(x + widget.width + around), int(picture.height - y)))
    _, colour = max(pixels.getcolors(pixels.width * pixels.height))
    return [channel / 255 for channel in colour]
