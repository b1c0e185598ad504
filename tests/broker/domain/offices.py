"""Random offices for the properties: matters and their series, desks and stand-ins, classes of priority, rules."""

from random import Random

from hypothesis import strategies as st

from broker.domain.hours import Hours, span
from broker.domain.office import Desk, Pause
from tests.broker.domain.halls import category, office

AN_HOUR = Hours({"mon": (span("09:00-10:00"),)})
PAUSES = {"break": Pause("break", {"pl": "Przerwa"})}
# What a desk makes of each matter: its own, not its business, or a handicap in minutes.
ROLES = ("own", None, "own", 0, 5, 30)


def _categories(chance, how_many):
    """Make matters, each with a series of its own or with the common one, which begin where the office likes."""
    common, first_number = chance.choice(["K", ""]), chance.choice([1, 1, 17])
    return [
        category(
            f"matter-{letter}",
            common if chance.random() < 0.5 else letter,
            daily_limit=chance.choice([None, None, None, 4]),
            hours=chance.choice([None, None, None, AN_HOUR]),
            first_number=first_number,
        )
        for letter in "ABCD"[:how_many]
    ]


def _desk(chance, desk_id, categories):
    roles = {each.id: chance.choice(ROLES) for each in categories}
    own = tuple(matter for matter, role in roles.items() if role == "own")
    stands_in = {matter: role for matter, role in roles.items() if isinstance(role, int)}
    return Desk(desk_id, {"pl": desk_id}, own if own or stands_in else (categories[0].id,), stands_in)


def an_office(matters, desks, classes, seed):
    """Make an office of so many matters, desks and classes of priority; `seed` decides the rest."""
    chance = Random(seed)
    categories = _categories(chance, matters)
    return office(
        categories,
        [_desk(chance, str(number), categories) for number in range(1, desks + 1)],
        [(f"class-{number}", chance.choice([0, 5, 15, 20, 60])) for number in range(classes)],
        double_press_s=chance.choice([2, 0]),
        undo_s=chance.choice([10, 10, 60]),
        recalls_before_no_show=chance.randint(0, 3),
        call_by_number=chance.random() < 0.7,
        auto_call=chance.random() < 0.5,
        stop_when_late=chance.random() < 0.3,
        booking_early_minutes=chance.choice([30, 5]),
        booking_late_minutes=chance.choice([10, 0, 60]),
        pauses=chance.choice([{}, PAUSES]),
    )


def offices():
    """Make any office of 1 to 4 matters and desks, and up to 3 classes of priority."""
    return st.builds(an_office, st.integers(1, 4), st.integers(1, 4), st.integers(0, 3), st.integers(0, 2**32))
