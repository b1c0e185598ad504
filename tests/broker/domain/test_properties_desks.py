"""What holds at every desk and on the wall on every day in every office, whatever residents and clerks do."""

from datetime import timedelta

import pytest
from hypothesis import given

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.call import CALLS_ON_THE_WALL
from broker.domain.refusals import Refused, TooSoon
from tests.broker.domain.days import always, days, events_of


@always()
@given(days())
def test_a_desk_never_has_two_tickets_a_ticket_never_two_desks_and_nobody_waits_for_an_empty_one(day):
    for step in day:
        at_desks = {desk: state.ticket for desk, state in step.after.desks.items() if state.ticket is not None}
        at_desk = [ticket for ticket in step.after.open.values() if ticket.status in {"called", "serving"}]
        assert at_desks == {ticket.desk: ticket.order for ticket in at_desk}
        assert len(at_desks) == len(at_desk)
        assert all(ticket.desk is None or ticket.desk in step.after.desks for ticket in step.after.waiting())
        for state in step.after.desks.values():
            assert not (state.paused and state.ticket is not None)
            assert not (state.ready_at and (state.paused or state.ticket is not None))


@always()
@given(days())
def test_a_key_that_is_pressed_twice_at_once_never_calls_two_residents(day):
    for step in day:
        soon = step.now + timedelta(seconds=1)
        for call in (event for event in step.events if isinstance(event, e.TicketCalled)):
            if not step.after.office.double_press_s:
                continue
            with pytest.raises(TooSoon):
                step.after.decide(c.CallNext(call.desk, step.after.desks[call.desk].client), soon)
            if isinstance(step.command, c.CallNumber):
                with pytest.raises(Refused):
                    step.after.decide(step.command, soon)


@always()
@given(days())
def test_calls_and_recalls_are_numbered_without_a_gap_and_the_wall_holds_the_newest(day):
    calls = [event for event in events_of(day) if isinstance(event, e.TicketCalled | e.TicketRecalled)]
    assert [event.call for event in calls] == list(range(1, len(calls) + 1))
    for step in day:
        new = [event for event in reversed(step.events) if isinstance(event, e.TicketCalled | e.TicketRecalled)]
        stays = [call for call in step.before.calls if call in step.after.calls]
        if not isinstance(step.command, c.Undo):
            stays = [*step.before.calls][: CALLS_ON_THE_WALL - len(new)]
        on_the_wall = [(call.call, call.number, call.desk) for call in step.after.calls]
        assert on_the_wall == [(each.call, each.number, each.desk) for each in (*new, *stays)]
        assert set(step.after.shown) <= {call.call for call in step.after.calls}
