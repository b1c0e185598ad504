"""Numbers and lists as the office says them, in the language of a catalogue. Pure functions."""

from collections.abc import Sequence
from gettext import NullTranslations
from itertools import groupby

from broker.contract.messages import Minutes

RUN = 3  # three numbers in a row are written 1–3


def people_waiting(words: NullTranslations, count: int) -> str:
    """Say how many people wait for a matter."""
    if not count:
        return words.gettext("nobody is waiting")
    return words.ngettext("%d person is waiting", "%d people are waiting", count) % count


def people_ahead(words: NullTranslations, count: int) -> str:
    """Say how many people come before a ticket."""
    if not count:
        return words.gettext("nobody")
    return words.ngettext("%d person", "%d people", count) % count


def expected_wait(words: NullTranslations, minutes: Minutes | None) -> str:
    """Say how long it will take; nothing where there is too little to say."""
    if minutes is None:
        return ""
    low, high = minutes
    if high <= 0:
        return words.gettext("no wait")
    if low <= 0:
        return words.gettext("up to %d min") % high
    if low == high:
        return words.gettext("about %d min") % low
    return words.gettext("%(low)d–%(high)d min") % {"low": low, "high": high}


def desks(labels: Sequence[str]) -> str:
    """Put desk labels together: Room 4, Desk 1, Desk 2, Desk 3 -> Room 4, Desk 1–3."""
    parts = [label.rpartition(" ") for label in labels]
    return ", ".join(
        f"{kind} {_runs([number for _, _, number in run])}" if kind else ", ".join(number for _, _, number in run)
        for kind, run in ((kind, list(run)) for kind, run in groupby(parts, key=lambda part: part[0]))
    )


def _runs(numbers: Sequence[str]) -> str:
    """Write numbers in a row as first–last; whatever is no number stays as it is."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and number.isdecimal() and runs[-1][-1].isdecimal() and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) >= RUN else ", ".join(run) for run in runs)
