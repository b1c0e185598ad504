"""What the clerk reads on the panel, in sixteen characters."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.contract.messages import DeskStatus, ErrorCode
from desk_terminal.panel import choice_lines, choices_shown, panel, panel_bytes
from desk_terminal.view import CONFIRMED, Asking, Notice, Typed, View
from desk_terminal.words import WORDS
from tests.desk_terminal.views import view

ITS_OWN = {"ready", "offered", "typed", "no_number", "no_such_pause", "too_long", "too_late", "busy", "no_connection"}
ITS_OWN |= {"waiting", "unshown"}
EVERY_WORD = {*get_args(DeskStatus), *get_args(ErrorCode), *CONFIRMED, *ITS_OWN}
LONGEST = {"number": "D017", "waiting": 999, "sent": 99, "typed": "12345678", "pause": "PRZERWA ŚNIADAN."}


def confirmed(verb):
    return view(notice=Notice(verb, 2.0, refused=False, number="D017"))


def paused(**name):
    return view("paused", 2, state={"pause_name": name})


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        (view("free", 4), ("WOLNE", "CZEKA: 4")),
        (view("free", 0), ("WOLNE", "NIKT NIE CZEKA")),
        (view("closed", 12), ("ZAMKNIĘTE", "CZEKA: 12")),
        (view("calling", 3, "D017"), ("D017 WEZWANY", "CZEKA: 3")),
        (view("serving", 0, "D017"), ("D017 W OBSŁUDZE", "NIKT NIE CZEKA")),
        (view("free", 0, state={"ready": True}), ("CZEKAM NA OSOBĘ", "NIKT NIE CZEKA")),
        (view("serving", 0, "D017", state={"ready": True}), ("D017 W OBSŁUDZE", "NIKT NIE CZEKA")),
        (view("free", 3, state={"sent_here": 1}), ("PRZYSŁANO TU: 1", "CZEKA: 3")),
        (view("paused", 2), ("PRZERWA", "CZEKA: 2")),
        (paused(pl="Narada", en="Meeting"), ("PRZERWA", "NARADA")),
        (paused(pl="Przerwa śniadaniowa"), ("PRZERWA", "PRZERWA ŚNIADAN.")),
        (paused(pl="Przerwa"), ("PRZERWA", "CZEKA: 2")),
        (paused(en="Lunch"), ("PRZERWA", "LUNCH")),
        (view(typed=Typed("017", 9.0)), ("NUMER: 017", "CZEKA: 4")),
        (view(typed=Typed("017", 9.0), notice=Notice("busy", 2.0)), ("CZEKAM NA", "ODPOWIEDŹ")),
        (view(notice=Notice("no_number", 2.0)), ("PODAJ NUMER", "I NACIŚNIJ ZNÓW")),
        (view(notice=Notice("no_such_pause", 2.0)), ("NIE MA TAKIEJ", "PRZERWY")),
        (view(notice=Notice("choices", 2.0, choices=("D017", "P017"))), ("1 D017 2 P017", " ")),
        (confirmed("undo"), ("COFNIĘTO", "D017")),
        (view(notice=Notice("undo", 2.0, refused=False)), ("COFNIĘTO", "CZEKA: 4")),
        (confirmed("hold"), ("D017", "ODŁOŻONY")),
        (confirmed("resume"), ("D017", "ZNÓW W KOLEJCE")),
        (confirmed("transfer"), ("D017", "PRZEKAZANY")),
        (view(notice=Notice("nothing_waiting", 2.0)), ("NIKT NIE CZEKA", " ")),
        (view(notice=Notice("too_soon", 2.0)), ("ZA SZYBKO", "NACIŚNIJ PÓŹNIEJ")),
        (view(notice=Notice("desk_closed", 2.0)), ("STANOWISKO", "ZAMKNIĘTE")),
        (confirmed("recall"), ("D017", "WEZWANY PONOWNIE")),
        (view(asking=Asking("next", None, 0.0, times=1)), ("WOLNE", "CZEKA: 4")),
        (view(asking=Asking("next", None, 0.0, times=2)), ("CZEKAM NA", "ODPOWIEDŹ")),
        (view(unanswered=True, notice=Notice("busy", 2.0)), ("BRAK POŁĄCZENIA", "POCZEKAJ CHWILĘ")),
        (View("30"), ("BRAK POŁĄCZENIA", "POCZEKAJ CHWILĘ")),
        (View("30", linked=True, broker_up=True), ("BRAK POŁĄCZENIA", "POCZEKAJ CHWILĘ")),
        (View("30", linked=True, broker_up=True, unlisted=True), ("NIEZNANE", "STANOWISKO")),
    ],
)
def test_a_polish_clerk_reads(shown, lines):
    assert panel(shown, "pl") == lines


def test_a_clerk_may_read_english_or_ukrainian():
    assert panel(view("calling", 3, "D017"), "en") == ("D017 CALLED", "WAITING: 3")
    assert panel(view("calling", 3, "D017"), "uk") == ("D017 ВИКЛИКАНО", "У ЧЕРЗІ: 3")


def test_a_clerk_reads_that_no_wall_shows_the_number_while_the_resident_is_awaited():
    unshown = view("calling", 3, "D017", state={"unshown": True})
    assert panel(unshown, "pl") == ("D017 WEZWANY", "NIE WYŚWIETLONO")
    assert panel(unshown, "en") == ("D017 CALLED", "NOT ON DISPLAY")
    assert panel(unshown, "uk") == ("D017 ВИКЛИКАНО", "НЕ НА ТАБЛО")
    assert panel(view("serving", 3, "D017", state={"unshown": True}), "pl") == ("D017 W OBSŁUDZE", "CZEKA: 3")


@pytest.mark.parametrize("language", WORDS)
def test_every_state_and_every_refusal_has_words_that_fit_the_panel(language):
    assert set(WORDS[language]) == EVERY_WORD
    for lines in WORDS[language].values():
        assert all(len(line.format(**LONGEST)) <= 16 for line in lines), lines


@pytest.mark.parametrize(
    ("numbers", "lines"),
    [
        (["D017", "P017"], ("1 D017 2 P017", " ")),
        (["D017", "P017", "K017", "Z017", "M017"], ("1 D017 2 P017", "3 K017 4 Z017")),
        (["AB017", "CD017", "EF017"], ("1 AB017 2 CD017", "3 EF017")),
        (["LONG-0017", "LONG-1017"], ("1 LONG-0017", "2 LONG-1017")),
        (["D017", "LONG-0017", "P017"], ("1 D017", "2 LONG-0017")),
    ],
)
def test_numbers_are_offered_with_the_digit_that_chooses_them_as_many_as_fit(numbers, lines):
    assert choice_lines(numbers) == lines


@given(st.lists(st.text("DP0123456789", min_size=1, max_size=20), max_size=9))
def test_the_digits_that_choose_are_those_that_are_shown(numbers):
    shown = " ".join(choice_lines(numbers)).split()
    assert shown == [word for n, number in enumerate(numbers[: choices_shown(numbers)], 1) for word in (str(n), number)]


@pytest.mark.parametrize("code", get_args(ErrorCode))
def test_no_refusal_is_silent(code):
    refused, quiet = panel(view(notice=Notice(code, 2.0)), "pl"), panel(view(), "pl")
    assert refused[0].strip()
    assert refused != quiet


def test_a_long_number_is_cut_and_not_wrapped():
    assert panel(view("serving", 1, "ABC1234"), "pl")[0] == "ABC1234 W OBSŁUD"


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("ascii", b"BRAK POLACZENIA\nPOCZEKAJ CHWILE\n"),
        ("cp852", "BRAK POŁĄCZENIA\nPOCZEKAJ CHWILĘ\n".encode("cp852")),
        ("utf-8", "BRAK POŁĄCZENIA\nPOCZEKAJ CHWILĘ\n".encode()),
    ],
)
def test_a_display_gets_the_letters_that_it_has(encoding, sent):
    assert panel_bytes(("BRAK POŁĄCZENIA", "POCZEKAJ CHWILĘ"), encoding) == sent


@pytest.mark.parametrize(
    ("language", "encoding"), [("pl", "ascii"), ("pl", "cp852"), ("en", "ascii"), ("uk", "cp1251")]
)
def test_no_word_is_shown_with_a_question_mark(language, encoding):
    for lines in WORDS[language].values():
        assert b"?" not in panel_bytes(lines, encoding)


def test_a_letter_that_nothing_replaces_is_a_question_mark_and_stops_nothing():
    assert panel_bytes(("Ж", "A"), "ascii") == b"?\nA\n"
