"""What the clerk reads on the panel, in sixteen characters."""

from typing import get_args

import pytest

from broker.contract.messages import DeskStatus, ErrorCode
from desk_terminal.panel import panel, panel_bytes
from desk_terminal.view import CONFIRMED, Asking, Notice, View
from desk_terminal.words import WORDS
from tests.desk_terminal.doubles import desk

EVERY_WORD = {*get_args(DeskStatus), *get_args(ErrorCode), *CONFIRMED, "busy", "no_connection", "waiting"}


def view(status="free", waiting=4, number=None, **fields):
    return View("30", linked=True, broker_up=True, desk=desk(status, waiting, number), **fields)


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        (view("free", 4), ("WOLNE", "CZEKA: 4")),
        (view("free", 0), ("WOLNE", "NIKT NIE CZEKA")),
        (view("closed", 12), ("ZAMKNIĘTE", "CZEKA: 12")),
        (view("calling", 3, "D017"), ("D017 WEZWANY", "CZEKA: 3")),
        (view("serving", 0, "D017"), ("D017 W OBSŁUDZE", "NIKT NIE CZEKA")),
        (view(notice=Notice("nothing_waiting", 2.0)), ("NIKT NIE CZEKA", " ")),
        (view(notice=Notice("too_soon", 2.0)), ("ZA SZYBKO", "NACIŚNIJ PÓŹNIEJ")),
        (view(notice=Notice("desk_closed", 2.0)), ("STANOWISKO", "ZAMKNIĘTE")),
        (view(notice=Notice("recall", 2.0, refused=False, number="D017")), ("D017", "WEZWANY PONOWNIE")),
        (view(asking=Asking("next", None, 0.0, times=1)), ("WOLNE", "CZEKA: 4")),
        (view(asking=Asking("next", None, 0.0, times=2)), ("CZEKAM NA", "ODPOWIEDŹ")),
        (view(unanswered=True, notice=Notice("busy", 2.0)), ("BRAK POŁĄCZENIA", "POCZEKAJ CHWILĘ")),
        (View("30"), ("BRAK POŁĄCZENIA", "POCZEKAJ CHWILĘ")),
        (View("30", linked=True, broker_up=True), ("NIEZNANE", "STANOWISKO")),
    ],
)
def test_a_polish_clerk_reads(shown, lines):
    assert panel(shown, "pl") == lines


def test_a_clerk_may_read_english_or_ukrainian():
    assert panel(view("calling", 3, "D017"), "en") == ("D017 CALLED", "WAITING: 3")
    assert panel(view("calling", 3, "D017"), "uk") == ("D017 ВИКЛИКАНО", "У ЧЕРЗІ: 3")


@pytest.mark.parametrize("language", WORDS)
def test_every_state_and_every_refusal_has_words_that_fit_the_panel(language):
    assert set(WORDS[language]) == EVERY_WORD
    for lines in WORDS[language].values():
        assert all(len(line.format(number="D017", waiting=999)) <= 16 for line in lines), lines


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
