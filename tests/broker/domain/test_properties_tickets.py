"""What holds for every ticket on every day in every office, whatever residents and clerks do."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.rules import tickets as ticket_rules
from broker.domain.ticket import NEXT_STATUSES
from tests.broker.domain.days import always, days, everyone, moments, play
from tests.broker.domain.halls import minutes
from tests.broker.domain.offices import offices

ENDED = {"served", "no_show", "cancelled", "closed"}
JOINS = (e.TicketIssued, e.TicketResumed, e.TicketTransferred)
LEAVES = (e.TicketCalled, e.TicketHeld, e.TicketCancelled)


@always()
@given(days())
def test_no_ticket_is_lost_and_none_is_called_twice_unless_the_call_was_taken_back(day):
    waiting = set()
    for step in day:
        for _, event, after in moments(step):
            if isinstance(event, e.TicketCalled):
                assert event.order in waiting
            if isinstance(event, JOINS):
                waiting.add(event.order)
            elif isinstance(event, LEAVES):
                waiting.discard(event.order)
            elif isinstance(event, e.TicketRestored):
                back = after.open[event.order].status == "waiting"
                waiting = waiting | {event.order} if back else waiting - {event.order}
        issued = [event.order for event in step.events if isinstance(event, e.TicketIssued)]
        assert set(everyone(step.after)) == {*everyone(step.before), *issued}
        assert not set(step.after.open) & set(step.after.ended)
        assert {ticket.order for ticket in step.after.waiting()} == waiting
    assert sorted(everyone(day[-1].after)) == list(range(1, len(everyone(day[-1].after)) + 1))


@always()
@given(days())
def test_a_ticket_moves_only_as_its_life_allows_and_back_only_where_a_clerk_takes_a_key_back(day):
    for step in day:
        for before, event, after in moments(step):
            moved = {order for order, ticket in everyone(before).items() if everyone(after)[order] != ticket}
            assert moved <= {getattr(event, "order", None)}
            for order in moved:
                was, now = everyone(before)[order], everyone(after)[order]
                assert (now.status in ENDED) == (order in after.ended)
                if not isinstance(event, e.TicketRestored | e.TicketPrinted):
                    assert now.status in NEXT_STATUSES[was.status]
                kept = (now.number, now.issued_at, now.anchor, now.priority, now.booked_at)
                assert kept == (was.number, was.issued_at, was.anchor, was.priority, was.booked_at)
        taken_back = [event for event in step.events if isinstance(event, e.TicketRestored)]
        assert not taken_back or isinstance(step.command, c.Undo)


@always()
@given(offices(), st.integers(0, 2**32), st.sampled_from([3, 4, 8, None]))
def test_numbers_are_unique_within_a_day_and_come_again_only_where_the_series_is_used_up(office, seed, length):
    with pytest.MonkeyPatch.context() as short_series:
        first_number = next(iter(office.categories.values())).first_number
        last = ticket_rules.LAST_NUMBER if length is None else first_number + length - 1
        short_series.setattr(ticket_rules, "LAST_NUMBER", last)
        day = play(office, seed, 60, clock_steps_back=True)
    given_out = Counter()
    for step in day:
        for event in step.events:
            if isinstance(event, e.TicketIssued):
                series, running = event.number[:-3], int(event.number[-3:])
                again = event.number in step.before.numbers
                assert not again or given_out[series] >= last - first_number + 1
                assert again or running == first_number + min(given_out[series], last - first_number)
                given_out[series] += 1
        numbers = [ticket.number for ticket in step.after.open.values()]
        assert len(numbers) == len(set(numbers))
        assert all(step.after.ticket(number).number == number for number in numbers)


@always()
@given(days())
def test_a_ticket_is_given_out_within_limit_and_hours_and_counts_from_then_or_from_the_booked_time(day):
    given_out, latest = Counter(), None
    for step in day:
        for event in step.events:
            if isinstance(event, e.TicketIssued):
                matter = step.before.office.categories[event.category]
                given_out[matter.id] += 1
                assert matter.daily_limit is None or given_out[matter.id] <= matter.daily_limit
                assert matter.hours is None or step.now.astimezone(step.before.office.time_zone).hour == 9
                latest = max(event.at, latest or event.at)
                assert event.anchor == (event.booked_at if on_time(event, latest, step.before.office) else latest)


def on_time(issued, came, office):
    """Whether a booked visit came on time; a clock that was set back makes nobody early."""
    early, late = minutes(office.booking_early_minutes), minutes(office.booking_late_minutes)
    return issued.booked_at is not None and issued.booked_at - early <= came <= issued.booked_at + late
