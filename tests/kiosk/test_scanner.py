"""A scanner is told from a hand by its speed, and the code of a visit from whatever else was held to it."""

import pytest

from kiosk.key_names import CODES
from kiosk.scanner import Scan, Scanner

SHIFT = 304
UNNAMED = {":": 59, "/": 47, ".": 46, "-": 45, " ": CODES["spacebar"], "\t": CODES["tab"]}


def types(scanner, text, apart_s=0.01, at=0.0, enter="enter", pad=""):
    """Strike the keys of a text, and Enter after it; return what was heard of each key."""
    heard = []
    for letter in text:
        heard.append(scanner.struck(UNNAMED[letter] if letter in UNNAMED else CODES[pad + letter.lower()], at))
        at += apart_s
    return [*heard, scanner.struck(CODES[enter], at)]


def scanned(text, **how):
    """What a scan of this text comes to; of its letters nothing may come."""
    *letters, end = types(Scanner(), text, **how)
    assert not any(letters)
    return end


@pytest.mark.parametrize("text", ["482913", "okienko:482913", "https://urzad.pl/w/482913", "a1b2-482913", "000000"])
def test_six_digits_and_enter_are_a_code_whatever_stands_before_them(text):
    assert scanned(text) == Scan(text[-6:])


@pytest.mark.parametrize("how", [{"enter": "numpadenter"}, {"pad": "numpad"}, {"apart_s": 0.0}, {"apart_s": 0.08}])
def test_scanners_of_every_make_are_understood(how):
    assert scanned("482913", **how) == Scan("482913")


def test_a_scanner_that_holds_shift_in_between_is_understood():
    scanner = Scanner()
    for letter in "482913":
        assert scanner.struck(SHIFT, 0.0) is None
        assert scanner.struck(CODES[letter], 0.0) is None
    assert scanner.struck(CODES["enter"], 0.0) == Scan("482913")


@pytest.mark.parametrize("apart_s", [0.1, 0.2, 1.0])
def test_a_hand_that_types_six_digits_is_no_scanner(apart_s):
    assert scanned("482913", apart_s=apart_s) is None


@pytest.mark.parametrize("text", ["", "1", "48291"])
def test_enter_alone_or_after_a_few_keys_stays_a_key(text):
    assert scanned(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "5901234123457",
        "4829130",
        "okienko",
        "48291a",
        "482913x",
        "abc482-913",
        "ul. Graniczna 21",
        "482 913",
        "a\tb\tc\t12",
    ],
)
def test_something_else_that_is_scanned_is_no_code_and_presses_no_key(text):
    assert scanned(text) == Scan("")


def test_noise_on_the_line_makes_no_code_of_it():
    scanner = Scanner()
    for key in (52, 56, 50, 9999, 57, 49, 51):
        scanner.struck(key, 0.0)
    assert scanner.struck(CODES["enter"], 0.01) == Scan("")


def test_a_digit_of_a_hand_before_a_scan_does_not_spoil_it():
    scanner = Scanner()
    scanner.struck(CODES["7"], 0.0)
    assert types(scanner, "482913", at=1.0)[-1] == Scan("482913")


def test_two_scans_one_after_the_other_are_two():
    scanner = Scanner()
    assert types(scanner, "482913")[-1] == Scan("482913")
    assert types(scanner, "000017", at=0.3)[-1] == Scan("000017")


def test_the_second_enter_of_a_scan_is_its_echo_and_a_later_one_a_key():
    scanner = Scanner()
    types(scanner, "482913")
    assert scanner.struck(CODES["enter"], 0.07) == Scan(echo=True)
    assert scanner.struck(CODES["enter"], 2.0) is None


def test_digits_without_enter_are_nothing_and_are_forgotten():
    scanner = Scanner()
    for letter in "482913":
        assert scanner.struck(CODES[letter], 0.0) is None
    assert scanner.struck(CODES["enter"], 5.0) is None


@pytest.mark.parametrize("key", ["down", "tab", "spacebar", "backspace", "escape"])
def test_a_key_held_down_that_repeats_faster_than_any_hand_is_no_scan(key):
    scanner = Scanner()
    for _ in range(15):
        assert scanner.struck(CODES[key], 0.0) is None
    assert scanner.struck(CODES["enter"], 0.0) is None
