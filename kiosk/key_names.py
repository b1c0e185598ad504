"""The keys of a USB keypad by name, as Kivy numbers them."""

_NAMED = {
    "backspace": 8, "tab": 9, "enter": 13, "escape": 27, "spacebar": 32, "delete": 127,
    "up": 273, "down": 274, "right": 275, "left": 276, "insert": 277, "home": 278, "end": 279,
    "pageup": 280, "pagedown": 281, "numpaddivide": 267, "numpadmul": 268, "numpadsubstract": 269,
    "numpadadd": 270, "numpadenter": 271, "volumeup": 1073741952, "volumedown": 1073741953, "mute": 1073741951,
}  # fmt: skip
_FUNCTION = {f"f{number}": 281 + number for number in range(1, 16)}
_FUNCTION |= {f"f{number}": 1073741915 + number for number in range(16, 25)}
_DIGITS = {str(digit): 48 + digit for digit in range(10)} | {f"numpad{digit}": 256 + digit for digit in range(10)}
_LETTERS = {letter: ord(letter) for letter in "abcdefghijklmnopqrstuvwxyz"}

CODES = _NAMED | _FUNCTION | _DIGITS | _LETTERS


def codes(names: str) -> frozenset[int]:
    """Read `up left`: names of keys, or `code:1073741931` for one without a name; ValueError says which is neither."""
    return frozenset(_code(name) for name in names.split())


def _code(name: str) -> int:
    kind, _, number = name.partition(":")
    if kind == "code" and number.isdecimal():
        return int(number)
    if name not in CODES:
        raise ValueError(f"{name!r} is no key; it should be like up, enter, f1, numpadadd or code:1073741931")
    return CODES[name]
