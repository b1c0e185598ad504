"""A ticket's story: all that happened to it, in the order and in the words of the office."""

from dataclasses import dataclass

import pytest

from broker.domain import commands as c
from broker.domain.changes import CHANGES
from broker.domain.events import TicketEvent
from broker.domain.reason import LANGUAGES
from broker.domain.story import Moment, Story, stories_of, times_of
from broker.domain.story_text import told
from broker.domain.story_words import WORDS
from broker.domain.voice import Voice
from tests.broker.domain.halls import MORNING, Day, category, desk, minutes, office
from tests.broker.domain.stories import OFFICE, staffed_day, story_of


def happened(day, number="D001", language="en"):
    """Return what happened to a ticket, without the times and without the reasons."""
    lines = told(story_of(day, number), Voice(day.hall.office, language))
    return [line[10:] for line in lines if line[2:3] == ":"]


@pytest.fixture
def day():
    return staffed_day()


def test_a_visit_is_told_from_the_kiosk_to_the_door(day):
    day.take(priority="child")
    day.does(c.ReportPrint("D001", "printed"))
    day.press(c.CallNext)
    day.does(c.ConfirmShown(1, "display-1"))
    day.press(c.Recall)
    day.press(c.StartService)
    day.press(c.FinishService)
    assert happened(day) == [
        "issued: cards; child, head start 15 min",
        "printed",
        "called to Stanowisko 1 (call 1)",
        "shown and spoken (call 1) by display-1",
        "called again to Stanowisko 1 (call 2)",
        "service began at Stanowisko 1",
        "service ended at Stanowisko 1",
    ]
    assert happened(day, language="pl") == [
        "wydany: cards; child, pierwszeństwo 15 min",
        "wydrukowany",
        "wezwany: Stanowisko 1 (wezwanie 1)",
        "pokazany i zapowiedziany (wezwanie 1): display-1",
        "wezwany ponownie: Stanowisko 1 (wezwanie 2)",
        "początek obsługi: Stanowisko 1",
        "koniec obsługi: Stanowisko 1",
    ]


def test_a_ticket_that_went_about_the_office_is_told_of_every_way(day):
    day.take()
    day.does(c.ReportPrint("D001", "failed", "no paper"))
    day.press(c.CallNext)
    day.press(c.StartService)
    day.press(c.HoldTicket)
    day.press(c.ResumeTicket, number="D001")
    day.press(c.CallNext)
    day.press(c.TransferTicket, to_desk="2")
    day.press(c.CallNext, "2")
    day.press(c.Undo, "2", after_s=1)
    day.end()
    told_in_polish = happened(day, language="pl")
    assert told_in_polish[1] == "wydruk się nie udał: no paper"
    assert [line for line in told_in_polish[2:] if not line.startswith("wezwany")] == [
        "początek obsługi: Stanowisko 1",
        "odłożony: Stanowisko 1",
        "znów czeka, na dawnym miejscu",
        "przekazany: cards, tylko Stanowisko 2",
        "cofnięte (Stanowisko 2): znów czeka",
        "zamknięty z końcem dnia",
    ]
    assert happened(day)[-2:] == ["taken back at Stanowisko 2: waiting again", "closed at the end of the day"]


def test_whoever_did_not_come_and_whoever_gave_the_ticket_back_is_told_of(day):
    day.take()
    day.press(c.CallNext)
    day.press(c.MarkNoShow)
    day.take()
    day.does(c.CancelTicket("D002"))
    assert happened(day)[-1] == "did not come to Stanowisko 1"
    assert happened(day, "D002") == ["issued: cards", "cancelled"]
    assert happened(day, "D002", "pl")[-1] == "anulowany"


def test_a_booked_visit_says_for_when(day):
    day.does(c.IssueTicket("cards", booked_at=day.now + minutes(20)))
    day.press(c.CallNext)
    assert happened(day)[0] == "issued: cards; booked for 09:20:20"
    polish = [*told(story_of(day), Voice(OFFICE, "pl"))]
    assert "          powód: miejsce 09:20: wydany o 09:00, umówiony na 09:20; w kolejce nikogo więcej" in polish
    assert "          miejsce w liczbach: 09:20:20 - 0 min + 0 min = 09:20:20" in polish


def test_the_line_shows_who_stood_where_when_the_ticket_was_called(day):
    day.take("business")
    day.take("cards", "child", after_s=300)
    day.press(c.CallNext, "2")
    day.press(c.CallNext, "2")
    lines = [*told(story_of(day, "B001"), Voice(OFFICE, "pl"))]
    assert lines[5:9] == [
        "          miejsce w liczbach: 09:00:30 - 0 min + 10 min = 09:10:30",
        "          kolejka do stanowiska w tej chwili, od najwcześniejszego miejsca (razem 1):",
        "            numer  miejsce   liczony od  pierwszeństwo  zastępstwo  sprawa",
        "          > B001   09:10:30  09:00:30    -              10 min      business",
    ]
    assert [*told(story_of(day, "D001"), Voice(OFFICE, "pl"))][8:10] == [
        "          > D001   08:50:30  09:05:30    15 min         -           cards",
        "            B001   09:10:30  09:00:30    -              10 min      business",
    ]


def test_a_long_line_is_cut_but_never_the_called_ticket(day):
    for _ in range(15):
        day.take()
    day.press(c.CallNumber, number="D014")
    story = story_of(day, "D014")
    cut = [*told(story, Voice(OFFICE, "en"))]
    assert [line[12:16] for line in cut if "cards" in line][1:] == [f"D{n:03d}" for n in (*range(1, 11), 14)]
    assert cut[-4] == "            ... and 4 more (--all shows them)"
    assert "            ... i jeszcze 4 (pokaże je --all)" in told(story, Voice(OFFICE, "pl"))
    whole = [*told(story, Voice(OFFICE, "en"), whole_lines=True)]
    assert [line[12:16] for line in whole if "cards" in line][1:] == [f"D{n:03d}" for n in range(1, 16)]


def test_a_desk_that_called_by_number_what_it_does_not_take_says_so(day):
    day.take("business")
    day.press(c.CallNumber, number="B001")
    polish = [*told(story_of(day, "B001"), Voice(OFFICE, "pl"))]
    assert "          powód: poza kolejnością: stanowisko 1 poprosiło o B001" in polish
    assert "          to stanowisko nie przyjmuje takich spraw, wezwało numer poza kolejnością" in polish


# -- times -------------------------------------------------------------------------------------------------------------


def test_waiting_walking_and_service_are_told_in_minutes(day):
    day.take()
    day.press(c.CallNext, after_s=450)
    day.press(c.StartService, after_s=30)
    day.press(c.FinishService, after_s=342)
    assert [*told(story_of(day), Voice(OFFICE, "pl"))][-2:] == [
        "stan na koniec zapisu: obsłużony",
        "oczekiwanie: 7,5 min; od wezwania do podejścia: 0,5 min; obsługa: 5,7 min",
    ]
    assert [*told(story_of(day), Voice(OFFICE, "en"))][-2:] == [
        "as the log ends: served",
        "waiting: 7.5 min; from the call to the desk: 0.5 min; service: 5.7 min",
    ]


def test_whoever_waits_still_is_not_told_to_have_waited_for_no_minutes(day):
    day.take()
    day.does(c.ReportPrint("D001", "printed"), after_s=90)
    assert [*told(story_of(day), Voice(OFFICE, "pl"))][-1] == "stan na koniec zapisu: czeka"


def spent(day):
    times = times_of(story_of(day))
    return [part.total_seconds() for part in (times.waiting, times.walking, times.service)]


def test_a_desk_with_a_next_key_alone_serves_from_the_call_on(day):
    day.take()
    day.press(c.CallNext, after_s=60)
    day.press(c.Recall, after_s=20)
    day.press(c.FinishService, after_s=100)
    assert spent(day) == [60, 0, 120]


def test_every_wait_of_a_ticket_counts_and_none_while_it_is_on_hold(day):
    day.take()
    day.press(c.CallNext, after_s=60)
    day.press(c.StartService, after_s=5)
    day.press(c.HoldTicket, after_s=100)
    day.press(c.ResumeTicket, after_s=1000, number="D001")
    day.press(c.CallNext, after_s=40)
    day.press(c.MarkNoShow, after_s=30)
    assert spent(day) == [100, 35, 100]


def test_a_call_that_was_taken_back_was_waiting(day):
    day.take()
    day.press(c.CallNext, after_s=60)
    day.press(c.Undo, after_s=7)
    day.press(c.CallNext, after_s=33)
    assert spent(day) == [100, 0, 0]


def test_the_night_until_the_day_was_closed_is_no_waiting(day):
    day.take()
    day.end()
    assert spent(day) == [0, 0, 0]


def test_a_clock_that_stepped_back_takes_no_time_away(day):
    day.take()
    day.press(c.CallNext, after_s=60)
    day.press(c.FinishService, after_s=-3600)
    assert spent(day) == [60, 0, 0]


# -- numbers, kinds, languages -----------------------------------------------------------------------------------------


def test_a_number_that_came_again_has_a_story_for_each_ticket():
    day = Day(office([category("cards", "D", first_number=999)], [desk("1", "cards")], languages=("pl", "en")))
    day.press(c.OpenDesk)
    for _ in range(2):
        day.take()
        day.press(c.CallNext)
        day.press(c.FinishService)
    stories = stories_of(day.events, day.hall.office)
    assert [(story.which, story.ticket.order) for story in stories["D999"]] == [(1, 1), (2, 2)]
    headings = [next(iter(told(story, Voice(day.hall.office, "pl")))) for story in stories["D999"]]
    assert headings[1] == "D999 (2. z 2 biletów o tym numerze) · 2026-11-23 · Urząd"


@dataclass(frozen=True)
class TicketSteamed(TicketEvent):
    """Something that a later version may know of."""

    desk: str
    degrees: int


@pytest.mark.parametrize(("language", "words"), [("pl", "zdarzenie"), ("en", "event")])
def test_what_there_are_no_words_for_yet_is_told_by_its_name(day, language, words):
    day.take()
    story = story_of(day)
    news = Moment(TicketSteamed(MORNING, 1, "D001", "1", 100), story.ticket, story.ticket)
    lines = [*told(Story(story.day, (*story.moments, news)), Voice(OFFICE, language))]
    assert f"09:00:00  {words} TicketSteamed, desk: Stanowisko 1, degrees: 100" in lines


def test_both_languages_have_words_for_the_same():
    assert set(WORDS["pl"]) == set(WORDS["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_happens_to_a_ticket_has_words(language):
    kinds = {kind.__name__ for kind in CHANGES if issubclass(kind, TicketEvent)}
    assert kinds <= set(WORDS[language])
