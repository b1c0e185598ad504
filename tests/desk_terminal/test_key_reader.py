"""Keys found in whatever a serial keypad sends."""

import random

import pytest

from desk_terminal.key_reader import LONGEST_LINE, KeyReader
from desk_terminal.keys import Key


@pytest.fixture
def letters():
    return KeyReader({"N": Key.NEXT, "R": Key.RECALL}, in_lines=False)


@pytest.fixture
def words():
    return KeyReader({"NEXT": Key.NEXT, "7": Key.RECALL}, in_lines=True)


def test_each_byte_is_a_key(letters):
    assert letters.read(b"NRN") == ([Key.NEXT, Key.RECALL, Key.NEXT], 0)


def test_line_ends_after_single_bytes_are_no_noise(letters):
    assert letters.read(b"N\r\nR\r\n") == ([Key.NEXT, Key.RECALL], 0)


def test_bytes_that_are_no_key_are_counted(letters):
    assert letters.read(b"\xff\x00nN?") == ([Key.NEXT], 4)


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_each_line_is_a_key_whatever_ends_it(words, end):
    assert words.read(b"NEXT" + end + b" 7 " + end) == ([Key.NEXT, Key.RECALL], 0)


def test_a_line_may_come_in_pieces(words):
    assert words.read(b"NE") == ([], 0)
    assert words.read(b"XT") == ([], 0)
    assert words.read(b"\r") == ([Key.NEXT], 0)
    assert words.read(b"\n") == ([], 0)


def test_a_line_that_is_no_key_is_counted(words):
    assert words.read(b"NEXTNEXT\n\xfe\xff\nNEXT\n") == ([Key.NEXT], 10)


def test_a_line_without_an_end_is_not_kept_for_ever(words):
    noise = sum(words.read(b"\x00" * 50)[1] for _ in range(100))
    assert noise >= 5000 - LONGEST_LINE
    words.read(b"\n")
    assert words.read(b"NEXT\n") == ([Key.NEXT], 0)


def test_noise_never_stops_the_reader(letters, words):
    dice = random.Random(1)
    for reader, key in ((letters, b"N"), (words, b"\nNEXT\n")):
        for _ in range(500):
            reader.read(dice.randbytes(dice.randrange(40)))
        assert reader.read(key)[0] == [Key.NEXT]
