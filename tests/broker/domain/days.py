"""Random offices, and random days of residents and clerks in them, for the properties."""

from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from functools import partial
from random import Random

from hypothesis import strategies as st

from broker.domain import commands as c
from broker.domain.events import Event
from broker.domain.hall import Hall
from broker.domain.hours import Hours, span
from broker.domain.office import Desk
from broker.domain.refusals import Refused
from tests.broker.domain.halls import MORNING, category, office

AN_HOUR = Hours({"mon": (span("09:00-10:00"),)})
GAPS_S = (0, 1, 2, 10, 45, 120, 300, 600)
STEP_BACK_S = -3600


@dataclass(frozen=True)
class Step:
    """One command of a day: the halls before and after it, and what happened or which rule said no."""

    command: c.Command
    now: datetime
    before: Hall = field(repr=False)
    events: tuple[Event, ...]
    refused: str | None
    after: Hall = field(repr=False)


def contents(hall):
    """Copy all that a hall holds; its tickets, desks and calls can not change, its tables could."""
    values = {part.name: getattr(hall, part.name) for part in fields(hall) if part.name != "office"}
    return {name: dict(value) if isinstance(value, dict) else value for name, value in values.items()}


# -- offices -----------------------------------------------------------------------------------------------------------

matters = st.tuples(st.sampled_from([None, None, None, 4]), st.sampled_from([None, None, None, AN_HOUR]))
head_starts = st.lists(st.sampled_from([0, 5, 15, 20, 60]), max_size=3)
# What a desk makes of each matter: its own, not its business, or a handicap in minutes.
roles = st.lists(st.sampled_from(["own", None, "own", 0, 5, 30]), min_size=4, max_size=4)


@st.composite
def offices(draw):
    """Make an office with 1 to 4 matters, up to 3 classes of priority, and 1 to 4 desks with stand-ins."""
    categories = [
        category(f"matter-{letter}", letter, daily_limit=limit, hours=hours)
        for letter, (limit, hours) in zip("ABCD", draw(st.lists(matters, min_size=1, max_size=4)), strict=False)
    ]
    desks = []
    for number, its_roles in enumerate(draw(st.lists(roles, min_size=1, max_size=4)), 1):
        by_matter = {c.id: role for c, role in zip(categories, its_roles, strict=False)}
        own = tuple(matter for matter, role in by_matter.items() if role == "own")
        stands_in = {matter: role for matter, role in by_matter.items() if isinstance(role, int)}
        desks.append(
            Desk(str(number), {"pl": str(number)}, own if own or stands_in else (categories[0].id,), stands_in)
        )
    return office(
        categories,
        desks,
        [(f"class-{number}", head_start) for number, head_start in enumerate(draw(head_starts))],
        double_press_s=draw(st.sampled_from([2, 0])),
        recalls_before_no_show=draw(st.integers(0, 3)),
        call_by_number=draw(st.booleans()),
    )


# -- what people do ----------------------------------------------------------------------------------------------------


def _at(hall, chance):
    """Choose a desk and its terminal, or now and then that of another."""
    desk = chance.choice([*hall.office.desks])
    return desk, "desk-9" if chance.random() < 0.02 else f"desk-{desk}"


def _busy(hall, chance):
    """Choose a desk that has a ticket, if there is one."""
    desks = [desk for desk, state in hall.desks.items() if state.ticket is not None]
    desk = chance.choice(desks or [*hall.office.desks])
    return desk, f"desk-{desk}"


def _matter(hall, chance):
    return chance.choice([*hall.office.categories])


def _desk(hall, chance):
    return chance.choice([*hall.office.desks])


def _number(hall, chance, *statuses):
    """Choose the number of a ticket in one of these statuses, or any number at all."""
    fitting = [ticket.number for ticket in hall.open.values() if ticket.status in statuses]
    return chance.choice([*(fitting or hall.numbers), "X999"])


# (how often, what)
DEEDS = (
    (20, lambda hall, by: c.IssueTicket(_matter(hall, by), by.choice([None, None, *hall.office.priorities]))),
    (20, lambda hall, by: c.CallNext(*_at(hall, by))),
    (8, lambda hall, by: c.OpenDesk(*_at(hall, by))),
    (8, lambda hall, by: c.StartService(*_busy(hall, by))),
    (5, lambda hall, by: c.FinishService(*_busy(hall, by))),
    (4, lambda hall, by: c.Recall(*_busy(hall, by))),
    (2, lambda hall, by: c.MarkNoShow(*_busy(hall, by))),
    (4, lambda hall, by: c.HoldTicket(*_busy(hall, by))),
    (4, lambda hall, by: c.ResumeTicket(*_at(hall, by), _number(hall, by, "on_hold"))),
    (4, lambda hall, by: c.TransferTicket(*_busy(hall, by), to_category=_matter(hall, by))),
    (4, lambda hall, by: c.TransferTicket(*_busy(hall, by), to_desk=_desk(hall, by))),
    (3, lambda hall, by: c.CallNumber(*_at(hall, by), _number(hall, by, "waiting", "on_hold"))),
    (3, lambda hall, by: c.CancelTicket(_number(hall, by, "waiting"))),
    (2, lambda hall, by: c.ReportPrint(_number(hall, by), "printed")),
    (4, lambda hall, by: c.ConfirmShown(by.randint(0, hall.call + 1), "display-1")),
    (2, lambda hall, by: c.PauseDesk(*_at(hall, by))),
    (2, lambda hall, by: c.CloseDesk(*_at(hall, by))),
)
HOW_OFTEN, WHAT = zip(*DEEDS, strict=True)


def play(its_office, seed, length, *, clock_steps_back):
    """Play a day of so many commands, and return its steps; a longer day of the same seed begins as the shorter."""
    chance = Random(seed)
    hall, now, steps = Hall(its_office), MORNING, []

    def do(command):
        nonlocal hall
        before, refused = hall, None
        try:
            events = hall.decide(command, now)
        except Refused as rule:
            events, refused = (), rule.code
        hall = hall.after(*events)
        steps.append(Step(command, now, before, events, refused, hall))

    do(c.StartDay())
    for desk in its_office.desks:
        if chance.random() < 0.6:
            do(c.OpenDesk(desk, f"desk-{desk}"))
    for _ in range(length):
        back = clock_steps_back and chance.random() < 0.02
        now += timedelta(seconds=STEP_BACK_S if back else chance.choice(GAPS_S))
        do(chance.choices(WHAT, HOW_OFTEN)[0](hall, chance))
    return tuple(steps)


def days(*, clock_steps_back=False):
    """Make a day of 40 to 80 commands, as its steps; in time order, or with a clock that now and then steps back."""
    return st.builds(
        partial(play, clock_steps_back=clock_steps_back), offices(), st.integers(0, 2**32), st.integers(40, 80)
    )


def wild_commands():
    """Make commands with any text in any field, and some that make sense."""
    words = st.sampled_from(["1", "2", "9", "", "matter-A", "class-0", "A001", "desk-1"]) | st.text(max_size=5)
    maybe = st.none() | words
    at_desk = (words, words)
    with_number = (c.ResumeTicket, c.CallNumber)
    bare = (c.OpenDesk, c.CloseDesk, c.CallNext, c.Recall, c.StartService, c.FinishService, c.MarkNoShow, c.HoldTicket)
    return st.one_of(
        st.builds(c.IssueTicket, words, maybe, maybe),
        st.builds(c.ReportPrint, words, words, maybe),
        st.builds(c.CancelTicket, words),
        st.builds(c.ConfirmShown, st.integers(), words),
        st.builds(c.PauseDesk, *at_desk, maybe),
        st.builds(c.TransferTicket, *at_desk, maybe, maybe),
        *(st.builds(key, *at_desk) for key in bare),
        *(st.builds(key, *at_desk, words) for key in with_number),
        st.builds(c.EndDay),
        st.builds(c.StartDay),
    )
