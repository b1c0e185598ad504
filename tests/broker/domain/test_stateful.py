"""All verbs at once, in any order, beside a hall that is kept with paper and pencil: they agree after every step."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from broker.domain import commands as c
from broker.domain.hall import Hall
from broker.domain.refusals import Refused
from tests.broker.domain.days import always
from tests.broker.domain.halls import MORNING, minutes
from tests.broker.domain.offices import offices
from tests.broker.domain.paper_hall import PaperHall

which = st.integers(0, 23)
seconds = st.sampled_from([3, 1, 10, 400])
early_residents = st.lists(st.tuples(which, which, st.sampled_from([60, 0, 600])), min_size=3, max_size=8)
KEYS = {
    "open": c.OpenDesk,
    "close": c.CloseDesk,
    "pause": c.PauseDesk,
    "next": c.CallNext,
    "recall": c.Recall,
    "start": c.StartService,
    "finish": c.FinishService,
    "no_show": c.MarkNoShow,
    "hold": c.HoldTicket,
    "undo": c.Undo,
}
WITHOUT_A_SEAT = {"open", "close", "undo"}


class HallBesidePaper(RuleBasedStateMachine):
    """Residents and clerks in one hall, and the same on paper."""

    @initialize(
        office=offices(), early=st.lists(st.tuples(which, which, st.sampled_from([60, 0, 600])), min_size=3, max_size=8)
    )
    def morning(self, office, early):
        # How long those who wait will take is not worked out on paper.
        self.office = replace(office, stop_when_late=False)
        self.hall = Hall(self.office)
        self.paper = PaperHall(self.office, MORNING)
        self.does(c.StartDay(), True)
        for desk in range(len(office.desks)):
            self.sit("open", desk, 1)
        for matter, priority, after_s in early:
            self.take(matter, priority, None, after_s)

    def does(self, command, allowed):
        """Carry out a command in the hall, which allows it if the paper does."""
        try:
            events = self.hall.decide(command, self.paper.now)
        except Refused:
            assert not allowed, f"{command} was refused"
        else:
            assert allowed, f"{command} was not refused"
            self.hall = self.hall.after(*events)

    def press(self, desk, after_s, verb, command, *args, **fields):
        """Press a key of a desk in the hall and on paper."""
        self.paper.now += timedelta(seconds=after_s)
        sits = desk in self.paper.seats or verb in WITHOUT_A_SEAT
        allowed = sits and getattr(self.paper, verb)(desk, *args)
        if allowed:
            self.paper.ready_desks_call()
        self.does(command(desk, f"desk-{desk}", **fields), allowed)

    def desk(self, number):
        return [*self.office.desks][number % len(self.office.desks)]

    def matter(self, number):
        return [*self.office.categories][number % len(self.office.categories)]

    def number(self, number, status, digits):
        """Return a number as somebody types it: mostly one that makes sense, with its letter or without."""
        fits = [slip.number for slip in self.paper.slips.values() if slip.status == status]
        known = fits if number < 20 and fits else [*self.paper.newest, "X999"]
        typed = known[number % len(known)]
        return str(int(typed[-3:])) if digits else typed

    # -- residents -----------------------------------------------------------------------------------------------------

    @rule(matter=which, priority=which, booked=st.none() | st.integers(-70, 70), after_s=seconds)
    def take(self, matter, priority, booked, after_s):
        self.paper.now += timedelta(seconds=after_s)
        classes = [None, *self.office.priorities]
        booked_at = None if booked is None else self.paper.now + minutes(booked)
        wanted = (self.matter(matter), classes[priority % len(classes)])
        allowed = self.paper.take(*wanted, booked_at)
        self.paper.ready_desks_call()
        self.does(c.IssueTicket(*wanted, booked_at=booked_at), allowed)

    @precondition(lambda self: self.paper.any("waiting"))
    @rule(number=which)
    def cancel(self, number):
        typed = self.number(number, "waiting", digits=False)
        self.does(c.CancelTicket(typed), self.paper.cancel(typed))

    # -- clerks --------------------------------------------------------------------------------------------------------

    @rule(verb=st.sampled_from(["open", "pause", "close"]), desk=which, after_s=seconds)
    def sit(self, verb, desk, after_s):
        self.press(self.desk(desk), after_s, verb, KEYS[verb])

    @rule(desk=which, after_s=seconds)
    def next(self, desk, after_s):
        self.press(self.desk(desk), after_s, "next", c.CallNext)

    @precondition(lambda self: any(seat.slip for seat in self.paper.seats.values()))
    @rule(verb=st.sampled_from(["start", "hold", "finish", "recall", "no_show"]), desk=which, after_s=seconds)
    def serve(self, verb, desk, after_s):
        busy = [desk for desk, seat in self.paper.seats.items() if seat.slip]
        self.press(busy[desk % len(busy)], after_s, verb, KEYS[verb])

    @precondition(lambda self: self.paper.presses)
    @rule(desk=which, after_s=seconds)
    def undo(self, desk, after_s):
        sorry = [*self.paper.presses]
        self.press(sorry[desk % len(sorry)], after_s, "undo", c.Undo)

    @precondition(lambda self: self.paper.any("waiting"))
    @rule(desk=which, number=which, digits=st.booleans(), after_s=seconds)
    def call(self, desk, number, digits, after_s):
        typed = self.number(number, "waiting", digits)
        self.press(self.desk(desk), after_s, "call", c.CallNumber, typed, number=typed)

    @precondition(lambda self: self.paper.any("waiting"))
    @rule(desk=which, number=which, digits=st.booleans())
    def hold_a_number(self, desk, number, digits):
        typed = self.number(number, "waiting", digits)
        self.press(self.desk(desk), 3, "hold", c.HoldTicket, typed, number=typed)

    @precondition(lambda self: self.paper.any("on_hold"))
    @rule(desk=which, number=which, digits=st.booleans())
    def resume(self, desk, number, digits):
        typed = self.number(number, "on_hold", digits)
        self.press(self.desk(desk), 3, "resume", c.ResumeTicket, typed, number=typed)

    @rule(desk=which, where=which, to_desk=st.booleans(), number=st.none() | which, digits=st.booleans())
    def transfer(self, desk, where, to_desk, number, digits):
        where = (None, self.desk(where)) if to_desk else (self.matter(where), None)
        typed = None if number is None else self.number(number, "waiting", digits)
        fields = {"to_category": where[0], "to_desk": where[1], "number": typed}
        self.press(self.desk(desk), 3, "transfer", c.TransferTicket, *where, typed, **fields)

    @rule(verb=st.sampled_from([*KEYS]), desk=which)
    def a_key_of_another_terminal(self, verb, desk):
        desk = self.desk(desk)
        if verb != "close" and desk in self.paper.seats:
            self.does(KEYS[verb](desk, "desk-9"), allowed=False)

    # -- what people see -----------------------------------------------------------------------------------------------

    @invariant()
    def every_ticket_is_where_it_is_on_paper(self):
        hall = self.hall.open | self.hall.ended
        seen = {o: (t.number, t.category, t.status, t.desk) for o, t in hall.items()}
        assert seen == {o: (s.number, s.category, s.status, s.desk) for o, s in self.paper.slips.items()}

    @invariant()
    def every_desk_and_the_wall_are_as_on_paper(self):
        desks = {desk: (s.ticket, s.paused, s.ready_at) for desk, s in self.hall.desks.items()}
        assert desks == {desk: (s.slip, s.paused, s.ready_since) for desk, s in self.paper.seats.items()}
        wall = [(call.call, call.number, call.desk) for call in self.hall.calls]
        assert wall == self.paper.wall

    @invariant()
    def no_number_is_out_twice(self):
        numbers = [ticket.number for ticket in self.hall.open.values()]
        assert len(numbers) == len(set(numbers))


TestHallBesidePaper = HallBesidePaper.TestCase
TestHallBesidePaper.settings = settings(always(), stateful_step_count=20)
