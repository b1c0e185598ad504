"""The hall as one value: old halls stay, and events alone say what there is."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.changes import CHANGES, SERVICES_KEPT
from broker.domain.hall import Hall
from broker.domain.refusals import UnknownTicket
from tests.broker.domain.halls import MORNING, Day, office


def subclasses(kind):
    return {kind, *(found for child in kind.__subclasses__() for found in subclasses(child))}


def test_every_event_changes_the_hall():
    events = {kind for kind in subclasses(e.Event) if kind.__module__ == e.__name__}
    assert set(CHANGES) == events - {e.Event, e.TicketEvent}


def test_a_hall_before_its_first_event_is_empty_and_over():
    hall = Hall(office())
    assert list(hall.waiting()) == []
    assert hall.ticket_at("1") is None
    assert hall.is_over(MORNING)
    with pytest.raises(UnknownTicket):
        hall.ticket("D001")


def test_a_hall_after_nothing_is_the_same():
    day = Day()
    assert day.hall.after() == day.hall


def test_the_events_of_the_day_are_counted_from_its_start():
    day = Day()
    day.take()
    assert day.hall.seq == 2
    day.end()
    assert day.hall.seq == 1


def test_an_old_hall_stays_as_it_was():
    day = Day()
    number = day.take()
    day.press(c.OpenDesk)
    before = day.hall
    day.press(c.CallNext)
    assert before.ticket(number).status == "waiting"
    assert before.ticket_at("1") is None
    assert before.calls == ()


def test_a_number_means_the_newest_ticket_that_carries_it():
    day = Day()
    for _ in range(1000):
        number = day.take(after_s=0)
        day.does(c.CancelTicket(number), after_s=0)
    assert number == "D001"
    assert day.hall.ticket("D001").order == 1000


def test_a_desk_that_is_closed_or_paused_is_not_staffed():
    day = Day()
    assert not day.hall.is_staffed("1")
    day.press(c.OpenDesk)
    assert day.hall.is_staffed("1")
    day.press(c.PauseDesk)
    assert not day.hall.is_staffed("1")


def served_in(day, *seconds):
    for took in seconds:
        day.take()
        day.press(c.CallNext)
        day.press(c.FinishService, after_s=took)


def test_the_hall_remembers_the_last_dozen_service_times():
    day = Day()
    day.press(c.OpenDesk)
    served_in(day, *range(100, 100 + SERVICES_KEPT + 3))
    assert day.hall.service_s == {"cards": tuple(float(s) for s in range(103, 103 + SERVICES_KEPT))}


@pytest.mark.parametrize("took", [-600, 0, 2 * 3600 + 1])
def test_a_service_over_a_break_or_over_a_step_of_the_clock_is_no_measure(took):
    day = Day()
    day.press(c.OpenDesk)
    served_in(day, took)
    assert day.hall.service_s == {}
    assert day.status("D001") == "served"


def test_a_resident_who_did_not_come_is_no_measure_of_service():
    day = Day()
    day.press(c.OpenDesk)
    day.take()
    day.press(c.CallNext)
    day.press(c.MarkNoShow, after_s=60)
    assert day.hall.service_s == {}
