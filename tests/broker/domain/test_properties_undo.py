"""Taking back the last key of a desk, on every day in every office: all is as it was before the key, or nothing is."""

from collections import Counter
from dataclasses import replace

from hypothesis import given

from broker.domain import commands as c
from broker.domain import events as e
from tests.broker.domain.days import always, days, everyone, moments

KEYS = {
    c.CallNext,
    c.CallNumber,
    c.StartService,
    c.FinishService,
    c.MarkNoShow,
    c.HoldTicket,
    c.ResumeTicket,
    c.TransferTicket,
    c.PauseDesk,
    c.CloseDesk,
}
NO_MOVES = (e.TicketPrinted, e.TicketRecalled)


class Press:
    """The last key of a desk, or the last call to it without a key: the hall before it, and all that happened since."""

    def __init__(self, before, at, did, sent_back=()):
        self.before, self.at = before, at
        self.sent_back = {event.order for event in sent_back}
        self.tickets = Counter(event.order for event in did if isinstance(event, e.TicketEvent))  # how often moved
        self.calls = any(isinstance(event, e.TicketCalled) for event in did)
        self.since = Counter()

    def note(self, event, taken_back):
        """Count who has been moved since; `taken_back` is the key that the event takes back."""
        if isinstance(event, e.TicketRestored):
            self.since[event.order] -= taken_back.tickets[event.order]
        elif isinstance(event, e.TicketEvent) and not isinstance(event, NO_MOVES):
            self.since[event.order] += 1

    def gone_on(self, hall):
        """Return the tickets that somebody has moved since and not taken that back, or whose number is reused."""
        reused = {order for order in self.tickets if hall.numbers[everyone(hall)[order].number] != order}
        return reused | {order for order in self.tickets if self.since[order]}


def pressed(step, desk):
    """Return what a step did by a key of this desk or called to it; None if nothing."""
    did = [event for event in step.events if getattr(event, "desk", None) == desk]
    once_too_often = isinstance(step.command, c.Recall) and any(isinstance(event, e.TicketNoShow) for event in did)
    if did and (type(step.command) in KEYS or once_too_often) and step.command.desk == desk:
        sent_back = [event for event in step.events if isinstance(event, e.TicketTransferred) and not event.desk]
        did += sent_back
        press = Press(step.before, step.now, did, sent_back)
        for event in step.events:
            if event not in did:
                press.note(event, None)
        return press
    for before, event, _ in moments(step):
        if isinstance(event, e.TicketCalled) and event.desk == desk:
            return Press(before, step.now, [event])
    return None


def undos(day):
    """Yield each press of UNDO with the key that it is about, or None where there is nothing to take back."""
    last = {}
    for step in day:
        if isinstance(step.command, c.Undo):
            yield step, last.get(step.command.desk)
        for event in step.events:
            for press in last.values():
                press.note(event, last.get(getattr(event, "desk", None)))
            if isinstance(event, e.DeskOpened | e.DeskRestored):
                last.pop(event.desk, None)
        for desk in step.after.office.desks:
            if press := pressed(step, desk):
                last[desk] = press


def as_before(ticket, now, desks):
    """Return a ticket as it was; what was printed stays printed, and a desk that has closed waits for nobody."""
    sent_to_nobody = ticket.status == "waiting" and ticket.desk not in desks
    return replace(ticket, printed=now.printed, desk=None if sent_to_nobody else ticket.desk)


@always()
@given(days())
def test_undo_gives_back_tickets_desk_and_wall_as_they_were_before_the_key_and_touches_nothing_else(day):
    for step, press in undos(day):
        if step.refused:
            continue
        desk, now = step.command.desk, step.before
        after = now.after(*(event for event in step.events if isinstance(event, e.TicketRestored | e.DeskRestored)))
        for order, ticket in everyone(now).items():
            comes_back = order in press.tickets and order not in press.gone_on(now)
            was = as_before(everyone(press.before)[order], ticket, {*now.desks, desk}) if comes_back else ticket
            assert everyone(after)[order] == was
        was = press.before.desks[desk]
        assert after.desks == {**now.desks, desk: replace(was, ready_at=None if press.calls else was.ready_at)}
        taken_back = [call for call in now.calls if press.calls and call.desk == desk and call.call > press.before.call]
        assert list(after.calls) == [call for call in now.calls if call not in taken_back]
        assert (after.numbers, after.issued, after.last_numbers) == (now.numbers, now.issued, now.last_numbers)


@always()
@given(days())
def test_undo_is_refused_where_the_ticket_has_gone_on_or_it_is_too_late_and_only_there(day):
    for step, press in undos(day):
        in_time = press is not None and 0 <= (step.now - press.at).total_seconds() <= step.after.office.undo_s
        allowed = in_time and press.gone_on(step.before) <= press.sent_back
        if step.refused in {None, "illegal_move"}:
            assert (step.refused is None) == allowed
