"""What a resident hears who cannot see the screen."""

import pytest
from msgspec.structs import replace

from broker.contract.messages import Error, Reply
from kiosk.keypad import things
from kiosk.place import Pin
from kiosk.speech.ear import for_the_ear, number_for_the_ear
from kiosk.speech.narration import Chime
from kiosk.state import Answered, BrokerHeard, Listening, PrinterHeard, Staff
from kiosk.view import Choice
from kiosk.volume import STEPS, USUAL
from tests.builders import menu
from tests.kiosk.listener import Listener
from tests.kiosk.resident import TIMING
from tests.kiosk.scenes import NOW, states

HELP = "Ten automat mówi."


def test_a_kiosk_is_silent_until_somebody_presses_a_key():
    resident = Listener().taps_on("group:identity", "matter:id-cards").is_answered()
    assert resident.said == []


@pytest.mark.parametrize("key", ["next", "previous", "choose", "back", "help", "louder", "softer"])
def test_any_key_starts_the_speech_and_does_nothing_else(key):
    resident = Listener().presses(key)
    (said,) = resident.said
    assert said.startswith(HELP)
    assert "W jakiej sprawie przychodzisz?" in said
    assert said.endswith("7 pozycji do wyboru.")
    assert (resident.screen, resident.state.focus) == ("start", "")


def test_headphones_start_the_speech_and_pulled_out_they_end_it_at_once():
    resident = Listener().plugs(inserted=True)
    assert resident.said[0].startswith(HELP)
    assert resident.plugs(inserted=False).hushed
    assert not resident.state.speaking


def test_the_key_down_leads_through_the_screen_and_every_step_says_where():
    resident = Listener().presses("help", "next", "next")
    assert resident.said[1:] == [
        "Pojazdy i kierowcy. Przewozy drogowe, OSK i instruktorzy, SKP i diagności, Pojazdy, Kierowcy. 1 z 7.",
        "Dowody i meldunki. Dowody osobiste, Ewidencja ludności. 2 z 7.",
    ]
    assert resident.presses("previous").said[-1].startswith("Pojazdy i kierowcy.")


def test_after_the_last_comes_the_first_again():
    resident = Listener().presses("help", "previous")
    assert resident.said[-1] == "Głośniej"
    assert resident.presses("next").said[-1].startswith("Pojazdy i kierowcy.")


def test_a_matter_says_how_many_wait_how_long_and_where():
    resident = Listener().presses("help").goes_to("group:identity").presses("choose")
    assert resident.said[-1] == "Dowody i meldunki. Dotknij sprawy, aby pobrać numer. 2 pozycje do wyboru."
    resident.presses("next")
    assert resident.said[-1] == ("Dowody osobiste. 3 osoby czekają, od 5 do 15 minut, Stanowiska od 26 do 30. 1 z 2.")


def test_a_closed_matter_says_so_and_is_not_taken():
    resident = Listener(office=menu(closed={"business"})).presses("help").goes_to("matter:business")
    assert "Teraz nieczynne. Bez wizyty: biznes.gov.pl, całą dobę." in resident.said[-1]
    assert resident.presses("choose").asked == []


def test_the_number_is_said_with_all_that_is_on_the_ticket():
    resident = Listener().presses("help").goes_to("group:identity").presses("choose").goes_to("matter:id-cards")
    resident.presses("choose").is_answered()
    said = resident.said[-1]
    assert said.startswith("Twój numer: D 17. Dowody osobiste. Drukujemy Twój bilet…")
    for fact in ("Przed Tobą: 3 osoby.", "Czas oczekiwania: od 5 do 15 minut.", "Gdzie: Stanowiska od 26 do 30."):
        assert fact in said
    assert "Przygotuj fotografię i poprzedni dowód." in said, "as on the paper"


def test_news_of_the_paper_waits_for_its_turn():
    resident = Listener().presses("help").goes_to("matter:business").presses("choose").is_answered()
    resident.paper("printed")
    assert resident.said[-1] == "Odbierz bilet."
    assert not resident.sounds[-1].at_once
    assert resident.sounds[-2].at_once


def test_the_speech_follows_the_language_and_each_language_calls_itself_by_its_own_name():
    resident = Listener().presses("help").goes_to("language:uk")
    assert [(part.language, part.text) for part in resident.sounds[-1].parts] == [("uk", "Українська")]
    resident.presses("choose")
    assert {part.language for part in resident.sounds[-1].parts} == {"uk"}
    assert resident.said[-1].startswith("З якою справою ви прийшли?")


def test_help_says_everything_again():
    resident = Listener().presses("help").goes_to("group:identity").presses("choose", "next", "help")
    assert resident.said[-1].startswith(HELP)
    assert "Dowody i meldunki." in resident.said[-1]
    assert resident.said[-1].endswith("1 z 2.")


def test_the_key_back_goes_back_and_on_the_first_screen_it_helps():
    resident = Listener().presses("help").goes_to("group:identity").presses("choose", "back")
    assert resident.screen == "start"
    assert resident.presses("back").said[-1].startswith(HELP)


def test_a_key_that_chooses_nothing_helps():
    assert Listener().presses("help", "choose").said[-1].startswith(HELP)


def test_the_volume_has_a_range_says_its_step_and_is_usual_again_for_the_next_resident():
    resident = Listener().presses("help", "louder")
    assert resident.said[-1] == f"Głośność {USUAL + 1} z {STEPS}"
    resident.presses(*["louder"] * STEPS)
    loudest = resident.sounds[-1].decibels
    resident.presses(*["softer"] * 2 * STEPS)
    assert loudest - resident.sounds[-1].decibels == 18
    resident.goes_to("matter:business").presses("choose").is_answered().presses("back")
    assert (resident.screen, resident.state.volume) == ("start", USUAL)


def test_the_volume_can_be_reached_without_keys_of_its_own():
    resident = Listener().presses("help").goes_to("volume:up").presses("choose")
    assert resident.state.volume == USUAL + 1


def test_a_screen_that_goes_away_is_told_and_any_key_keeps_it():
    resident = Listener().presses("help").waits(TIMING.idle_s - TIMING.warn_s + 0.3)
    assert resident.said[-1] == "Za 20 sekund wrócimy do początku. Naciśnij dowolny klawisz, aby zostać."
    resident.presses("next").waits(TIMING.warn_s + 1)
    assert resident.state.speaking, "any key keeps it, again and again"


def test_a_screen_that_goes_away_is_told_by_a_tone_to_who_does_not_listen():
    resident = Listener().taps_on("group:identity").waits(TIMING.idle_s - 1)
    assert [sound for sound in resident.sounds if isinstance(sound, Chime)] == [Chime()]


def test_there_are_twenty_seconds_to_keep_any_screen():
    assert TIMING.warn_s >= 20
    assert min(TIMING.idle_s, TIMING.thanks_s, TIMING.remember_s) > TIMING.warn_s


def test_who_has_gone_is_bid_goodbye_and_the_kiosk_is_silent_again():
    resident = Listener().presses("help").waits(TIMING.idle_s + 1)
    assert resident.said[-1].startswith("Do widzenia.")
    heard = len(resident.sounds)
    resident.taps_on("group:identity")
    assert len(resident.sounds) == heard


def test_a_refusal_and_a_kiosk_out_of_service_are_told():
    resident = Listener().presses("help").goes_to("matter:business").presses("choose")
    resident.hears(Answered(Reply(resident.asked[-1], ok=False, error=Error("category_full", ""))))
    assert resident.said[-1].startswith("Na dziś nie ma już numerów.")
    resident.presses("back").hears(BrokerHeard(up=False)).waits(3)
    assert resident.said[-1].startswith("Chwilowo nie wydajemy tu numerów.")


def test_a_page_says_which_it_is():
    resident = Listener().taps_on("mode:large").presses("help")
    assert "Strona 1 z 3." in resident.said[-1]
    resident.presses("next").goes_to("page:1").presses("choose")
    assert "Strona 2 z 3." in resident.said[-1]


def test_a_mode_says_that_it_was_chosen():
    resident = Listener().presses("help").goes_to("mode:contrast").presses("choose")
    assert resident.said[-2:] == ["Kontrast", "Kontrast wybrano"]


@pytest.mark.parametrize("key", ["next", "previous", "choose", "back", "help", "louder", "softer"])
def test_every_key_cuts_short_what_is_being_said(key):
    resident = Listener().presses("help", "next", "softer").goes_to("search")
    heard = len(resident.sounds)
    (sound,) = resident.presses(key).sounds[heard:]
    assert sound.at_once


def test_a_key_that_leads_nowhere_says_why():
    resident = Listener(office=menu(closed={"business"})).presses("help").goes_to("matter:business").presses("choose")
    assert "Teraz nieczynne." in resident.said[-1]
    assert len(resident.said[-2:]) == 2
    assert resident.said[-1] == resident.said[-2], "again, and not silence"


def test_of_a_pin_only_its_length_is_said():
    resident = Listener()
    resident.state = replace(resident.state, place=Pin(), touched_at=resident.now, staff=Staff(has_pin=True))
    resident.presses("help").goes_to("digit:7").presses("choose")
    assert resident.said[-1].startswith("1 cyfra.")
    assert resident.presses("choose", "choose").said[-1].startswith("3 cyfry.")


def test_paper_that_runs_out_while_a_resident_listens_is_told():
    resident = Listener().presses("help").hears(PrinterHeard(can_print=False))
    assert resident.said[-1].startswith("Biletów teraz nie drukujemy.")
    assert not resident.sounds[-1].at_once, "after what is being said"


@pytest.mark.parametrize("name", [name for name in states() if name != "starting"])
def test_the_keypad_goes_round_every_screen_and_is_caught_nowhere(name):
    resident = Listener()
    resident.now = NOW
    resident.state = replace(states()[name], speaking=True, linked=True, touched_at=NOW, changed_at=NOW - 5)
    there = [thing.name for thing in things(resident.view)]
    for key, order in (("next", there), ("previous", there[::-1])):
        resident.state = replace(resident.state, focus="")
        gone = []
        for _ in range(2 * len(there)):
            resident.presses(key, after=0)
            gone.append(resident.state.focus)
        assert gone == order * 2
    assert len(set(there)) == len(there), "each by one name"


@pytest.mark.parametrize("name", [name for name in states() if name != "starting"])
def test_all_that_is_read_on_a_screen_is_heard(name):
    resident = Listener()
    resident.now = NOW
    resident.state = replace(states()[name], linked=True, touched_at=NOW, changed_at=NOW - 5)
    resident.hears(Listening(on=True))
    for _ in things(resident.view):
        resident.presses("next", after=0)
    heard, view = " ".join(resident.said), resident.view
    read = [view.office, view.heading, *view.lines, view.advice, view.invitation.label, view.invitation.value]
    read += [text for fact in view.facts for text in (fact.label, fact.said or fact.value)]
    for thing in things(view):
        parts = (thing.title, thing.note, thing.said or thing.detail) if isinstance(thing, Choice) else None
        read += parts or (thing.said or thing.words,)
    read += [number_for_the_ear(view.number, "pl"), view.typed.replace("•", "")]
    missing = [text for text in read if for_the_ear(resident.tongue.words, text) not in heard]
    assert not missing, heard
