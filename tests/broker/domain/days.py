"""Random days of residents and clerks, for the properties; `deeds.py` says what they do."""

from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from functools import partial
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from broker.domain import commands as c
from broker.domain.events import Event
from broker.domain.hall import Hall
from broker.domain.refusals import Refused
from tests.broker.domain.deeds import HOW_OFTEN, WHAT, quarrel
from tests.broker.domain.halls import MORNING
from tests.broker.domain.offices import offices

GAPS_S = (0, 1, 2, 10, 45, 120, 300, 600)
SOON_S = (1, 1, 3, 9)
STEP_BACK_S = -3600

# Each property is tried on 1,000 random days; on the same ones each time, so that a failure stays.
always = partial(
    settings,
    max_examples=1000,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


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


def everyone(hall):
    return hall.open | hall.ended


def events_of(day):
    return [event for step in day for event in step.events]


def play(its_office, seed, length, *, clock_steps_back):
    """Play a day of so many commands, and return its steps; a longer day of the same seed begins as the shorter."""
    chance = Random(seed)
    hall, now, steps, deed = Hall(its_office), MORNING, [], None

    def do(command):
        nonlocal hall
        before, refused = hall, None
        try:
            events = hall.decide(command, now)
        except Refused as rule:
            events, refused = (), rule.code
        hall = hall.after(*events) if events else hall
        steps.append(Step(command, now, before, events, refused, hall))

    do(c.StartDay())
    for desk in its_office.desks:
        if chance.random() < 0.6:
            do(c.OpenDesk(desk, f"desk-{desk}"))
    for _ in range(length):
        back = clock_steps_back and chance.random() < 0.02
        quarrels = deed is quarrel and chance.random() < 0.8
        deed = quarrel if quarrels else chance.choices(WHAT, cum_weights=HOW_OFTEN)[0]
        command = deed(hall, now, chance)
        soon = deed is quarrel or isinstance(command, c.Undo)
        gap_s = STEP_BACK_S if back else chance.choice(SOON_S if soon else GAPS_S)
        if gap_s == 0 and isinstance(command, c.AtDesk):
            gap_s = 0.2  # no finger is faster
        now += timedelta(seconds=gap_s)
        do(command)
    return tuple(steps)


def days(*, clock_steps_back=True, longest=45):
    """Make a day of 30 to 45 commands, as its steps, with a clock that now and then steps back or in time order."""
    return st.builds(
        partial(play, clock_steps_back=clock_steps_back), offices(), st.integers(0, 2**32), st.integers(30, longest)
    )


def moments(step):
    """Yield each event of a step, with the hall just before it and just after."""
    hall = step.before
    for event in step.events:
        before, hall = hall, step.after if event is step.events[-1] else hall.after(event)
        yield before, event, hall
