"""A broker whose clock is wrong at the start, leaps, or is set back: no number twice, nobody forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from broker.day_change import NO_HALL_BEFORE, DayChange
from broker.store.archive import days_kept, events_of
from broker.synchronised import synchronised
from tests.broker.conftest import MONDAY_MORNING, Hallway

TUESDAY_MORNING = MONDAY_MORNING + timedelta(days=1)
FAR_AHEAD = datetime(2030, 5, 1, 8, 0, tzinfo=UTC)
NEVER_SET = datetime(1970, 1, 1, 0, 1, tzinfo=UTC)


class Appliance(Hallway):
    """A Pi without a clock of its own: what its clock says is one thing, how much time passes another."""

    def __init__(self, url):
        super().__init__(url)
        self.url = url
        self.steady_s = 0.0
        self.has_time_server = False

    def days(self, hall):
        return DayChange(hall, self.log.days, lambda: self.steady_s, lambda: self.has_time_server)

    def passes(self, **time):
        self.steady_s += timedelta(**time).total_seconds()
        super().passes(**time)

    def clock_is_set_to(self, now):
        """Let a time server or a person set the clock."""
        self.now = now
        super().passes(seconds=0)

    def boots(self, now):
        """Start anew after a power cut, with this on the clock."""
        self.steady_s = 0.0
        self.now = now
        return self.start()

    @property
    def day(self):
        return self.service.hall.day.isoformat()

    @property
    def complaint(self):
        return next((problem.detail for problem in self.bus.problems if problem.code == "clock"), None)

    def ticket(self, number):
        return self.service.hall.ticket(number)


@pytest.fixture
def appliance(tmp_path):
    appliance = Appliance(f"sqlite:///{tmp_path / 'hall.db'}")
    yield appliance
    appliance.stop()


# -- at the start ------------------------------------------------------------------------------------------------------


def test_a_first_start_in_1970_opens_no_day_of_1970_and_gives_out_tickets(appliance):
    appliance.boots(NEVER_SET)
    assert (appliance.day, appliance.take()) == (NO_HALL_BEFORE.date().isoformat(), "O001")
    assert "the clock says 1970-01-01 01:01, which cannot be" in appliance.complaint
    assert "timedatectl" in appliance.complaint


def test_whoever_came_before_the_time_server_answered_keeps_number_and_place(appliance):
    appliance.boots(NEVER_SET)
    first, second = appliance.take(), appliance.take()
    appliance.clock_is_set_to(MONDAY_MORNING)
    assert "they keep 2025-01-02, until the hall is empty" in appliance.complaint
    appliance.at_desk("open")
    assert appliance.at_desk("next")["ticket"]["number"] == first
    assert appliance.take() == "O003"
    for number in (second, "O003"):
        appliance.passes(seconds=60)
        assert appliance.at_desk("next")["ticket"]["number"] == number
    assert appliance.at_desk("finish")["ok"]
    appliance.passes(seconds=5)
    assert (appliance.day, appliance.complaint) == ("2026-11-23", None)
    assert appliance.take() == "O001"


def test_a_day_that_people_keep_ends_at_the_next_one_at_the_latest(appliance):
    appliance.boots(NEVER_SET)
    appliance.take()
    appliance.clock_is_set_to(MONDAY_MORNING)
    appliance.passes(hours=24)
    assert (appliance.day, appliance.complaint) == ("2026-11-24", None)


def test_a_time_server_that_answers_before_anybody_comes_ends_the_day_of_yesterday(appliance):
    appliance.boots(MONDAY_MORNING)
    left_over = appliance.take()
    appliance.boots(MONDAY_MORNING + timedelta(hours=1))  # the time at which it was switched off
    assert (appliance.day, appliance.complaint) == ("2026-11-23", None)
    appliance.clock_is_set_to(TUESDAY_MORNING)
    assert (appliance.day, appliance.take()) == ("2026-11-24", left_over)


def test_a_start_before_the_last_ticket_goes_on_with_its_day_and_says_so(appliance):
    appliance.boots(TUESDAY_MORNING)
    assert [appliance.take(), appliance.take()] == ["O001", "O002"]
    appliance.boots(MONDAY_MORNING)
    assert (appliance.day, appliance.take()) == ("2026-11-24", "O003")
    assert "the clock says 2026-11-23 09:30, but it has been 2026-11-24 09:30" in appliance.complaint
    appliance.clock_is_set_to(TUESDAY_MORNING + timedelta(minutes=5))
    assert (appliance.day, appliance.complaint, appliance.take()) == ("2026-11-24", None, "O004")


def test_a_clock_that_is_right_complains_of_nothing(appliance):
    appliance.boots(MONDAY_MORNING)
    appliance.take()
    appliance.passes(hours=3)
    appliance.boots(appliance.now + timedelta(minutes=2))
    assert appliance.complaint is None


# -- a day of the future -----------------------------------------------------------------------------------------------


@pytest.fixture
def in_the_future(appliance):
    """A hall whose newest day was opened by a clock that was years ahead."""
    appliance.boots(MONDAY_MORNING)
    appliance.take()
    appliance.boots(FAR_AHEAD)
    assert (appliance.day, appliance.take()) == ("2030-05-01", "O001")
    return appliance


def test_a_day_of_the_future_is_kept_while_nobody_knows_which_clock_was_right(in_the_future):
    in_the_future.boots(TUESDAY_MORNING)
    assert (in_the_future.day, in_the_future.take()) == ("2030-05-01", "O002")
    assert "the clock says 2026-11-24 09:30, but it has been 2030-05-01" in in_the_future.complaint


def test_a_day_of_the_future_is_left_once_a_time_server_has_answered(in_the_future):
    in_the_future.has_time_server = True
    in_the_future.boots(TUESDAY_MORNING)
    assert (in_the_future.day, in_the_future.complaint, in_the_future.take()) == ("2026-11-24", None, "O001")
    hall = in_the_future.service.hall
    in_the_future.boots(TUESDAY_MORNING + timedelta(minutes=1))
    assert in_the_future.service.hall == hall
    assert [str(day) for day in days_kept(in_the_future.url)] == ["2026-11-23", "2030-05-01", "2026-11-24"]
    for day, events in zip(days_kept(in_the_future.url), (3, 3, 2), strict=True):
        assert len(events_of(in_the_future.url, day)) == events


def test_people_of_a_day_of_the_future_are_served_before_it_is_left(in_the_future):
    in_the_future.clock_is_set_to(TUESDAY_MORNING)
    assert (in_the_future.day, in_the_future.take()) == ("2030-05-01", "O002")
    in_the_future.at_desk("open")
    for _ in range(2):
        in_the_future.passes(minutes=1)
        assert in_the_future.at_desk("next")["ok"]
    in_the_future.at_desk("finish")
    in_the_future.passes(seconds=5)
    assert (in_the_future.day, in_the_future.complaint) == ("2026-11-24", None)


def test_no_clock_brings_back_a_day_that_has_been(in_the_future):
    in_the_future.has_time_server = True
    in_the_future.boots(MONDAY_MORNING + timedelta(hours=1))
    assert (in_the_future.day, in_the_future.take()) == ("2030-05-01", "O002")
    in_the_future.clock_is_set_to(MONDAY_MORNING - timedelta(days=400))
    assert in_the_future.day == "2030-05-01"
    in_the_future.clock_is_set_to(TUESDAY_MORNING)
    in_the_future.passes(days=1)
    assert in_the_future.day == "2026-11-25"


# -- while it runs -----------------------------------------------------------------------------------------------------


def test_an_hour_back_in_the_middle_of_the_day_repeats_no_number_and_makes_no_wait_negative(appliance):
    appliance.boots(MONDAY_MORNING)
    appliance.at_desk("open")
    numbers = [appliance.take(), appliance.take()]
    appliance.clock_is_set_to(MONDAY_MORNING - timedelta(hours=1))
    assert "tickets are counted on 2026-11-23 until it is right" in appliance.complaint
    numbers.append(appliance.take())
    for number in numbers:
        assert appliance.at_desk("next")["ticket"]["number"] == number
        appliance.passes(seconds=30)
        appliance.at_desk("start")
        appliance.passes(seconds=30)
    appliance.at_desk("finish")
    assert numbers == ["O001", "O002", "O003"]
    for number in numbers:
        ticket = appliance.ticket(number)
        assert ticket.issued_at <= ticket.called_at <= ticket.started_at <= ticket.ended_at
    appliance.passes(hours=1)
    assert appliance.complaint is None


@pytest.mark.parametrize("night", ["2026-10-24", "2027-03-27"])
def test_the_night_in_which_the_hour_changes_is_one_night(appliance, night):
    evening = datetime.fromisoformat(f"{night}T20:00:00+02:00")
    appliance.boots(evening)
    days = [appliance.day]
    for _ in range(48):
        appliance.passes(minutes=30)
        days.append(appliance.day)
    assert sorted(set(days)) == list(dict.fromkeys(days))
    assert len(set(days)) == 2
    assert appliance.complaint is None
    first_of_next = evening + timedelta(minutes=30) * days.index(days[-1])
    zone = appliance.service.hall.office.time_zone
    assert first_of_next.astimezone(zone).strftime("%H:%M") == "04:00"


def test_every_day_of_new_years_week_begins_with_the_first_number_and_has_its_own_name(appliance):
    appliance.boots(datetime(2026, 12, 28, 9, 0, tzinfo=UTC))
    seen = []
    for _ in range(10):
        appliance.at_desk("open")
        seen.append(appliance.day)
        assert appliance.at_desk("next")["ok"] is False
        appliance.passes(days=1)
    assert seen == [f"2026-12-{day}" for day in range(28, 32)] + [f"2027-01-0{day}" for day in range(1, 7)]


def test_a_disk_that_is_full_when_the_day_should_change_changes_it_later(appliance):
    appliance.boots(MONDAY_MORNING)
    appliance.query("PRAGMA query_only=1")
    appliance.passes(days=1)
    assert appliance.day == "2026-11-23"
    appliance.query("PRAGMA query_only=0")
    appliance.passes(seconds=5)
    assert (appliance.day, appliance.take()) == ("2026-11-24", "O001")


def test_a_time_server_is_believed_when_the_system_says_that_it_answered(tmp_path):
    mark = tmp_path / "synchronized"
    assert synchronised(mark) in (False, True)  # what the kernel of this computer says
    mark.touch()
    assert synchronised(mark) is True
