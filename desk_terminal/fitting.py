"""Cuts a name to the width of a panel so that it still reads as one."""

# Less of a word than this says nothing, and a word as short is left hanging when the next is gone.
SHORTEST = 3


def fitting(name: str, width: int) -> str:
    """Return `name`, or as much of it as `width` characters take, with a full stop after a word that is cut.

    >>> fitting("PRZERWA ŚNIADANIOWA", 16), fitting("NARADA Z KIEROWNIKIEM", 10)
    ('PRZERWA ŚNIADAN.', 'NARADA')
    """
    name = " ".join(name.split())
    if len(name) <= width:
        return name
    if " " in name[width - 1 : width + 1]:
        return _without_stubs(name[:width].rstrip())
    whole, _, part = name[: width - 1].rpartition(" ")
    if len(part) >= SHORTEST or not whole:
        return f"{name[: width - 1]}."
    return _without_stubs(whole)


def _without_stubs(words: str) -> str:
    """Leave out the short words at the end, as long as there are others."""
    before, _, last = words.rpartition(" ")
    return words if not before or len(last) >= SHORTEST else _without_stubs(before)
