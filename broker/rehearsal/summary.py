"""The end of a rehearsal: what was done, and what of it does not hold. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from .facts import Facts

# As it is said at the end of the day, in this order.
ENDS = {
    "served": "served",
    "no_show": "did not come",
    "serving": "at a desk",
    "on_hold": "to come back",
    "waiting": "still waiting",
}


def summary(facts: Facts, stored: Iterable[tuple[str, str]]) -> list[str]:
    """Return the rehearsal in a few lines; `stored` are the numbers and statuses in the database."""
    recalls = sum(call.kind == "recall" for call in facts.calls.values())
    spoken = sum(announced.spoken for announced in facts.announced)
    ends = Counter(status for _, status in stored)
    ordered = [status for status in dict.fromkeys([*ENDS, *ends]) if ends[status]]
    became = ", ".join(f"{ends[status]} {ENDS.get(status, status)}" for status in ordered)
    duly = "" if wall_faults(facts) else ", each once and in order"
    return [
        f"tickets    {len(facts.issued)} given: {became}",
        f"paper      {len(facts.printed)} printed by the kiosk",
        f"calls      {len(facts.calls) - recalls} and {recalls} again, {len(facts.taken_back)} taken back",
        f"wall       {len(facts.announced)} calls shown, {spoken} spoken{duly}",
    ]


def faults(
    facts: Facts, *, visits: int, kiosk_visits: int, stored: Sequence[str], pictures: AbstractSet[str]
) -> list[str]:
    """Return what does not hold, one line each.

    `visits` residents came, `kiosk_visits` of them to the kiosk; `stored` are the numbers in the database,
    `pictures` the names of the tickets' pictures.
    """
    return [
        *_ticket_faults(facts, visits, kiosk_visits),
        *_paper_faults(facts, pictures),
        *wall_faults(facts),
        *_database_faults(facts, stored),
    ]


def _ticket_faults(facts: Facts, visits: int, kiosk_visits: int) -> list[str]:
    lines = [f"{number} was given to {n} residents" for number, n in Counter(facts.issued).items() if n > 1]
    if len(facts.issued) != visits:
        lines.append(f"{visits} residents came and {len(facts.issued)} numbers were given")
    if len(facts.issued_at_the_kiosk) != kiosk_visits:
        lines.append(f"{kiosk_visits} residents used the kiosk and {len(facts.issued_at_the_kiosk)} got a number there")
    if not facts.calls:
        lines.append("nobody was called")
    return lines


def _paper_faults(facts: Facts, pictures: AbstractSet[str]) -> list[str]:
    times = Counter(facts.printed)
    lines = [
        f"{number} was printed {times[number]} times" for number in facts.issued_at_the_kiosk if times[number] != 1
    ]
    return lines + [f"there is no picture of the ticket {number}" for number in times if number not in pictures]


def wall_faults(facts: Facts) -> list[str]:
    """Return what the wall missed, repeated, left unsaid or mixed up."""
    times = Counter(announced.call for announced in facts.announced)
    lines = []
    for number, call in sorted(facts.calls.items()):
        what = f"call {number} ({call.number} to desk {call.desk})"
        taken_back = number in facts.taken_back
        # One that was taken back may have fallen silent before its turn came.
        if times[number] > 1 or not (times[number] or taken_back):
            lines.append(f"{what} was announced {times[number]} times")
        if number not in facts.shown and not taken_back:
            lines.append(f"{what} was not confirmed by the wall")
    lines += [f"call {a.call} ({a.number}) was shown and not spoken" for a in facts.announced if not a.spoken]
    order = [announced.call for announced in facts.announced]
    if order != sorted(order):
        lines.append(f"the calls were announced in the order {order}")
    return lines


def _database_faults(facts: Facts, stored: Sequence[str]) -> list[str]:
    lines = [f"{number} is not in the database" for number in facts.issued if number not in stored]
    return lines + [f"{number} is in the database {n} times" for number, n in Counter(stored).items() if n > 1]
