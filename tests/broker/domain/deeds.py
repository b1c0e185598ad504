"""What residents and clerks do on a random day: every verb, mostly where it makes sense, sometimes where not."""

from datetime import datetime, timedelta
from itertools import accumulate

from hypothesis import strategies as st

from broker.domain import commands as c


def _at(hall, chance):
    """Choose a desk and its terminal, mostly one where a clerk sits, or now and then the terminal of another."""
    desks = hall.desks if hall.desks and chance.random() < 0.9 else hall.office.desks
    desk = chance.choice([*desks])
    return desk, "desk-9" if chance.random() < 0.02 else f"desk-{desk}"


def _anywhere(hall, chance):
    desk = _desk(hall, chance)
    return desk, f"desk-{desk}"


def _busy(hall, chance):
    """Choose a desk that has a ticket, if there is one."""
    desks = [desk for desk, state in hall.desks.items() if state.ticket is not None]
    desk = chance.choice(desks or [*hall.desks] or [*hall.office.desks])
    return desk, f"desk-{desk}"


def _sorry(hall, chance):
    """Choose the desk whose key was the last, or any."""
    last = max(hall.actions, key=lambda desk: hall.actions[desk].at, default=None)
    return _at(hall, chance) if last is None or chance.random() < 0.2 else (last, f"desk-{last}")


def _matter(hall, chance):
    return chance.choice([*hall.office.categories])


def _desk(hall, chance):
    return chance.choice([*hall.office.desks])


def _number(hall, chance, *statuses):
    """Choose the number of a ticket in one of these statuses, or any number at all."""
    fitting = [ticket.number for ticket in hall.open.values() if ticket.status in statuses]
    return chance.choice(fitting or [*hall.numbers, "X999"])


def _typed(hall, chance, *statuses):
    """Choose a number as a clerk types it: now and then the digits alone."""
    number = _number(hall, chance, *statuses)
    return str(int(number[-3:])) if chance.random() < 0.3 else number


def _priority(hall, chance):
    return chance.choice([None, None, *hall.office.priorities])


def _booked(now, chance):
    return now + timedelta(minutes=chance.randint(-70, 70))


def quarrel(hall, _, chance):
    """Have any desk do something about a ticket that the last key of some desk has moved."""
    moved = {ticket.order for action in hall.actions.values() for ticket in action.tickets}
    at_no_desk = [ticket for ticket in hall.open.values() if ticket.status in {"waiting", "on_hold"}]
    contested = [ticket for ticket in at_no_desk if ticket.order in moved]
    if not contested:
        return c.CallNext(*_at(hall, chance))
    if chance.random() < 0.3:
        return c.Undo(*_at(hall, chance))
    ticket, desk = chance.choice(contested), _at(hall, chance)
    if ticket.status == "on_hold":
        return c.ResumeTicket(*desk, ticket.number)
    if chance.random() < 0.3:
        return c.TransferTicket(*desk, _matter(hall, chance), None, ticket.number)
    return c.HoldTicket(*desk, ticket.number)


# (how often, what)
DEEDS = (
    (4, quarrel),
    (20, lambda hall, _, by: c.IssueTicket(_matter(hall, by), _priority(hall, by))),
    (5, lambda hall, now, by: c.IssueTicket(_matter(hall, by), _priority(hall, by), booked_at=_booked(now, by))),
    (20, lambda hall, _, by: c.CallNext(*_at(hall, by))),
    (9, lambda hall, _, by: c.OpenDesk(*_anywhere(hall, by), by.choice([None, "17", "18"]))),
    (8, lambda hall, _, by: c.StartService(*_busy(hall, by))),
    (5, lambda hall, _, by: c.FinishService(*_busy(hall, by))),
    (4, lambda hall, _, by: c.Recall(*_busy(hall, by))),
    (2, lambda hall, _, by: c.MarkNoShow(*_busy(hall, by))),
    (4, lambda hall, _, by: c.HoldTicket(*_busy(hall, by))),
    (3, lambda hall, _, by: c.HoldTicket(*_at(hall, by), _typed(hall, by, "waiting"))),
    (5, lambda hall, _, by: c.ResumeTicket(*_at(hall, by), _typed(hall, by, "on_hold"))),
    (4, lambda hall, _, by: c.TransferTicket(*_busy(hall, by), to_category=_matter(hall, by))),
    (4, lambda hall, _, by: c.TransferTicket(*_busy(hall, by), to_desk=_desk(hall, by))),
    (2, lambda hall, _, by: c.TransferTicket(*_at(hall, by), _matter(hall, by), None, _typed(hall, by, "waiting"))),
    (2, lambda hall, _, by: c.TransferTicket(*_at(hall, by), None, _desk(hall, by), _typed(hall, by, "waiting"))),
    (4, lambda hall, _, by: c.CallNumber(*_at(hall, by), _typed(hall, by, "waiting", "on_hold"))),
    (10, lambda hall, _, by: c.Undo(*_sorry(hall, by))),
    (3, lambda hall, _, by: c.CancelTicket(_number(hall, by, "waiting"))),
    (2, lambda hall, _, by: c.ReportPrint(_number(hall, by), "printed")),
    (4, lambda hall, _, by: c.ConfirmShown(by.randint(0, hall.call + 1), "display-1")),
    (4, lambda hall, _, by: c.PauseDesk(*_at(hall, by), reason=by.choice([None, "break", "lunch"]))),
    (2, lambda hall, _, by: c.CloseDesk(*_at(hall, by))),
)
HOW_OFTEN = tuple(accumulate(how_often for how_often, _ in DEEDS))  # added up, as Random.choices likes it
WHAT = tuple(deed for _, deed in DEEDS)


def wild_commands():
    """Make commands with any text in any field, and some that make sense."""
    words = st.sampled_from(["1", "2", "9", "", "matter-A", "class-0", "A001", "desk-1", "break"]) | st.text(max_size=5)
    maybe = st.none() | words
    moments = st.none() | st.datetimes() | st.datetimes(datetime(2026, 11, 20), timezones=st.timezones())  # noqa: DTZ001
    at_desk = (words, words)
    with_number = (c.ResumeTicket, c.CallNumber)
    bare = (c.CloseDesk, c.CallNext, c.Recall, c.StartService, c.FinishService, c.MarkNoShow, c.Undo)
    return st.one_of(
        st.builds(c.IssueTicket, words, maybe, maybe, moments),
        st.builds(c.ReportPrint, words, words, maybe),
        st.builds(c.CancelTicket, words),
        st.builds(c.ConfirmShown, st.integers(), words),
        *(st.builds(key, *at_desk, maybe) for key in (c.OpenDesk, c.PauseDesk, c.HoldTicket)),
        st.builds(c.TransferTicket, *at_desk, maybe, maybe, maybe),
        *(st.builds(key, *at_desk) for key in bare),
        *(st.builds(key, *at_desk, words) for key in with_number),
        st.builds(c.EndDay),
        st.builds(c.StartDay),
    )
