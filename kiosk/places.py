"""Where a matter is settled: its desks, in as few words as there is room for. Pure functions."""

from collections.abc import Sequence

from broker.contract.messages import Menu

from .printing.desk_names import desk_names
from .printing.phrases import phrases
from .tongue import Tongue, plain


def desk_label(menu: Menu | None, desk: str, tongue: Tongue) -> str:
    """Return what stands over a desk, or its id where the office gives it no label."""
    labels = menu.desk_labels if menu else {}
    return tongue.name(labels.get(desk, {})) or plain(desk)


def desks_in_words(menu: Menu | None, desks: Sequence[str], tongue: Tongue, letters: int) -> str:
    """Return `Stanowiska 26–30`; what is longer than so many letters ends with "and others"."""
    return desk_names(
        [desk_label(menu, desk, tongue) for desk in desks],
        lambda kind: phrases(tongue.language).pgettext("many", kind),
        tongue.words.gettext("and others"),
        letters,
    )
