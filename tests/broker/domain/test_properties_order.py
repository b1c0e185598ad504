"""Who is called next: the order, its bound and its fairness on every day in every office."""

from hypothesis import given

from broker.domain import commands as c
from broker.domain import events as e
from tests.broker.domain.days import always, days, moments
from tests.broker.domain.halls import minutes
from tests.broker.domain.timeline import bound, counts_from, head_start, line_at


def calls(step):
    """Yield each call of a step, with the hall just before it and the desk that calls."""
    return (
        (before, before.office.desks[event.desk], event)
        for before, event, _ in moments(step)
        if isinstance(event, e.TicketCalled)
    )


def is_by_number(step):
    return isinstance(step.command, c.CallNumber)


@always()
@given(days())
def test_those_who_wait_stand_in_line_by_their_place_and_nobody_else_does(day):
    for step in day:
        lines = {}
        for order, ticket in step.after.open.items():
            if ticket.status == "waiting":
                place = ticket.anchor - minutes(head_start(ticket, step.after.office))
                lines.setdefault((ticket.category, ticket.desk), []).append((place, order))
        assert {key: list(line) for key, line in step.after.lines.items()} == {k: sorted(v) for k, v in lines.items()}


@always()
@given(days())
def test_the_earliest_place_is_called_and_the_reason_names_who_would_have_been_next(day):
    for step in day:
        for hall, desk, call in calls(step):
            line = line_at(hall, desk)
            out_of_turn = line.pop(call.order, None) if is_by_number(step) else None
            first, *others = sorted(line, key=line.get) or [None]
            if is_by_number(step):
                assert call.grounds.how == "by_number"
                assert call.reason == f"out of turn: desk {desk.id} asked for {call.number}"
                assert call.grounds.place == (out_of_turn and out_of_turn[0])
                others = [first] if first else []
            else:
                assert call.order == first
                assert call.grounds.how == ("in_turn" if isinstance(step.command, c.CallNext) else "auto")
                assert call.grounds.place == line[first][0]
                words = f"next in line {hall.open[others[0]].number} at " if others else "nobody else in line"
                assert words in call.reason
            assert call.grounds.next_number == (hall.open[others[0]].number if others else None)


@always()
@given(days(clock_steps_back=False))
def test_a_resident_is_overtaken_only_by_those_who_came_at_most_so_many_minutes_later(day):
    office = day[0].after.office
    for step in day:
        for hall, desk, call in calls(step):
            caller = hall.open[call.order]
            late = minutes(office.booking_late_minutes if caller.booked_at else 0)
            for order in () if is_by_number(step) else line_at(hall, desk):
                latest = counts_from(hall.open[order], office) + bound(office)
                assert counts_from(caller, office) <= latest
                assert caller.issued_at <= latest + late


@always()
@given(days())
def test_no_desk_waits_for_somebody_while_somebody_waits_whom_it_takes(day):
    for step in day:
        ready = [desk for desk, state in step.after.desks.items() if state.ready_at]
        assert not ready or step.after.office.auto_call
        for desk in ready:
            assert not line_at(step.after, step.after.office.desks[desk])
        if isinstance(step.command, c.CallNext) and step.refused in {None, "nothing_waiting"}:
            called = any(isinstance(event, e.TicketCalled) for event in step.events)
            assert called == bool(line_at(step.before, step.before.office.desks[step.command.desk]))
