"""Polish numerals in words."""

_UNITS = (  # noqa: SIM905 - nobody reads a list of quotes
    "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście "
    "piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście"
).split()
_TENS = (  # noqa: SIM905
    "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
).split()
_HUNDREDS = "sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset".split()  # noqa: SIM905


def numeral(number: int) -> str:
    """Write 0 to 9999 in words; a larger number stays in digits."""
    thousands, rest = divmod(number, 1000)
    if thousands >= 10:  # noqa: PLR2004
        return str(number)
    if not thousands:
        return _under_thousand(rest)
    words = "tysiąc" if thousands == 1 else f"{_UNITS[thousands]} {_form(thousands)}"
    return f"{words} {_under_thousand(rest)}" if rest else words


def _form(thousands: int) -> str:
    return "tysiące" if 2 <= thousands <= 4 else "tysięcy"  # noqa: PLR2004


def _under_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [_HUNDREDS[hundreds - 1]] if hundreds else []
    if rest >= len(_UNITS):
        words.append(_TENS[rest // 10 - 2])
        rest %= 10
        words += [_UNITS[rest]] if rest else []
    elif rest or not hundreds:
        words.append(_UNITS[rest])
    return " ".join(words)
