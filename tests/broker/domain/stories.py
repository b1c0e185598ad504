"""A day to tell stories of, and the story of one of its tickets."""

from broker.domain import commands as c
from broker.domain.story import stories_of
from tests.broker.domain.halls import Day, office

OFFICE = office(languages=("pl", "en"))


def staffed_day():
    """Return a day with clerks at the desks 1 and 2."""
    day = Day(OFFICE)
    day.press(c.OpenDesk, "1")
    day.press(c.OpenDesk, "2")
    return day


def story_of(day, number="D001", its_office=None):
    """Return the story of the only ticket with a number."""
    (story,) = stories_of(day.events, its_office or day.hall.office)[number]
    return story
