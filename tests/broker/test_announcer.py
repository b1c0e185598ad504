"""What the hall is told: everything once, then only what changed, and everything again to a new server."""

import pytest

from broker.announcer import Announcer
from broker.contract import topics
from broker.domain.commands import IssueTicket, OpenDesk, StartDay
from broker.domain.hall import Hall
from broker.domain.office_file import office_from_toml
from broker.translate import View
from tests.broker.conftest import MONDAY_MORNING, SAMPLE


class Hearers:
    """Those who listen to an announcer, in a hall where things happen."""

    def __init__(self):
        self.heard = []
        self.server_there = True
        self.announcer = Announcer(self._publish)
        self.hall = Hall(office_from_toml(SAMPLE, "office.toml"))
        self.happens(StartDay())

    def happens(self, command):
        self.hall = self.hall.after(*self.hall.decide(command, MONDAY_MORNING))

    def are_told_everything(self):
        """Tell everything, and return the topics on which something was said."""
        self.heard.clear()
        self.announcer.everything(View(self.hall), self.hall, MONDAY_MORNING)
        return list(self.heard)

    def _publish(self, topic, _payload):
        if self.server_there:
            self.heard.append(topic)
        return self.server_there


@pytest.fixture
def hearers():
    return Hearers()


def test_a_new_hearer_is_told_the_board_every_desk_and_the_menu(hearers):
    told = hearers.are_told_everything()
    assert set(told) == {topics.BOARD, topics.MENU, *map(topics.desk, hearers.hall.office.desks)}
    assert (len(told), told[0]) == (2 + 31, topics.BOARD)


def test_nobody_is_told_the_same_twice(hearers):
    hearers.are_told_everything()
    assert hearers.are_told_everything() == []


def test_a_ticket_is_told_to_the_wall_to_the_desks_of_its_matter_and_to_the_kiosks(hearers):
    hearers.are_told_everything()
    hearers.happens(IssueTicket("population"))
    desks = [topics.desk(desk) for desk in ("30", "31", "32")]
    assert sorted(hearers.are_told_everything()) == sorted([topics.BOARD, topics.MENU, *desks])


def test_desks_with_a_clerk_are_told_before_empty_ones(hearers):
    hearers.are_told_everything()
    hearers.happens(OpenDesk("32", "desk-32"))
    hearers.happens(IssueTicket("population"))
    told = [topic for topic in hearers.are_told_everything() if topic.startswith("okienko/state/desk/")]
    assert told[0] == topics.desk("32")


def test_a_server_that_came_back_is_told_everything_again(hearers):
    everything = hearers.are_told_everything()
    hearers.announcer.forget()
    assert hearers.are_told_everything() == everything


def test_what_did_not_get_through_is_told_the_next_time(hearers):
    hearers.server_there = False
    assert hearers.are_told_everything() == []
    hearers.server_there = True
    assert len(hearers.are_told_everything()) == 2 + 31
