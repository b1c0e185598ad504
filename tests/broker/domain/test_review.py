"""A call looked at again: the same reason by the same rules, and both reasons where the rules have changed."""

from dataclasses import replace

import pytest

from broker.domain import commands as c
from broker.domain.events import TicketCalled
from broker.domain.policy import place_of
from broker.domain.review import reviewed
from broker.domain.story_text import told
from broker.domain.voice import Voice
from tests.broker.domain.halls import category, desk, office
from tests.broker.domain.stories import OFFICE, staffed_day, story_of


@pytest.fixture
def called():
    """A day in which a small child was called before an earlier resident."""
    day = staffed_day()
    day.take()
    day.take(priority="child")
    day.press(c.CallNext)
    return day


def test_a_reason_that_todays_rules_give_again_is_not_doubted(called):
    story = story_of(called, "D002")
    assert reviewed(story.moments[-1], OFFICE).agrees
    assert not [line for line in told(story, Voice(OFFICE, "en")) if "today" in line]


def test_a_head_start_that_was_changed_since_is_said_beside_the_stored_reason(called):
    now = office(priorities=(("child", 5), ("disability", 20)), languages=("pl", "en"))
    lines = [*told(story_of(called, "D002", now), Voice(now, "en"))]
    assert "          reason: place 08:45: issued 09:00, head start 15 min; next in line D001 at 09:00" in lines
    assert (
        "          office.toml has changed since; by the rules of today: "
        "place 08:55: issued 09:00, head start 5 min; next in line D001 at 09:00"
    ) in lines
    assert "          in line for the desk at that moment, by the rules of today (2 in all):" in lines
    polish = [*told(story_of(called, "D002", now), Voice(now, "pl"))]
    assert any(line.startswith("          office.toml zmienił się od tamtej pory; według dzis") for line in polish)


def test_a_desk_that_the_office_gave_up_has_no_line_but_its_reason(called):
    now = office(desks=(desk("2", "cards"),), languages=("pl", "en"))
    story = story_of(called, "D002", now)
    assert reviewed(story.moments[-1], now) is None
    lines = [*told(story, Voice(now, "en"))]
    assert "          this office.toml has no desk 1: its line cannot be computed again" in lines
    assert "          the place in numbers: 09:00:40 - 15 min + 0 min = 08:45:40" in lines


def test_a_matter_and_a_class_that_the_office_gave_up_are_told_by_their_ids(called):
    now = office(categories=(category("business", "B"),), desks=(desk("9", "business"),), priorities=())
    assert [*told(story_of(called, "D002", now), Voice(now, "pl"))][2].endswith(
        "wydany: cards; child, pierwszeństwo 0 min"
    )


@pytest.mark.parametrize("press", [{"key": c.CallNext}, {"key": c.CallNumber, "number": "D001"}])
def test_a_log_of_the_time_when_only_words_were_kept_is_explained_all_the_same(press):
    day = staffed_day()
    day.take()
    day.press(**press)
    new = [*told(story_of(day), Voice(OFFICE, "pl"))]
    day.events = [replace(e, grounds=None) if isinstance(e, TicketCalled) else e for e in day.events]
    assert [*told(story_of(day), Voice(OFFICE, "pl"))] == new


def test_the_place_that_is_told_is_the_one_that_the_desk_went_by(called):
    (moment,) = (m for m in story_of(called, "D002").moments if isinstance(m.event, TicketCalled))
    review = reviewed(moment, OFFICE)
    assert review.places[0] == place_of(moment.before, OFFICE.desks["1"], OFFICE)
    assert [place.ticket.number for place in review.places] == ["D002", "D001"]
