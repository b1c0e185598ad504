"""Frames of the RS-485 line, and the page that tells a keypad's maker about them."""

import random
import re
from binascii import crc_hqx
from pathlib import Path

import pytest

from broker.rehearsal.line_keypad import LineKeypad
from desk_terminal.bus_frame import FROM_COMPUTER, FROM_KEYPAD, LONGEST_FRAME, BadFrame, Frame, FrameReader, decoded
from desk_terminal.bus_frame import encoded as encoded_frame

PAGE = (Path(__file__).parents[2] / "docs" / "desk" / "line-protocol.md").read_text(encoding="utf-8")
POLL = Frame(FROM_COMPUTER, 1, 0x3F, "P", b"07")
KEY = Frame(FROM_KEYPAD, 99, 0xFF, "K", b"01N03")


def test_the_frame_of_the_page_is_byte_for_byte_the_one_that_is_sent():
    assert encoded_frame(POLL) == b">013FP07*5DBA\n"
    assert encoded_frame(POLL).hex(" ").upper() == "3E 30 31 33 46 50 30 37 2A 35 44 42 41 0A"
    assert re.sub(" +", " ", PAGE).count("3E 30 31 33 46 50 30 37 2A 35 44 42 41 0A") == 1


def test_the_check_digits_of_the_page_are_true():
    vectors = re.findall(r"^\| `([^`]+)` \| `([0-9A-F]{4})` \|$", PAGE, re.MULTILINE)
    assert len(vectors) == 4
    assert [f"{crc_hqx(text.encode(), 0):04X}" for text, _ in vectors] == [digits for _, digits in vectors]


def test_the_talk_of_the_page_is_what_a_keypad_answers():
    talk = re.search(r"```talk\n(.*?)```", PAGE, re.DOTALL)[1].splitlines()
    keypad, now, answers = LineKeypad(1), 10.0, []
    for line in talk:
        if line.startswith("N is pressed"):
            keypad.press("N", now)
            now += 0.03
        elif line.startswith("lost"):
            now += 0.1
        elif line.startswith(">"):
            answers.append(keypad.answer(line.encode(), now).decode())
    assert answers == [line for line in talk if line.startswith("<")]
    assert keypad.panel == ("D017 WEZWANY", "CZEKA: 3")
    assert (keypad.figures, keypad.lamp, keypad.beeps) == (("D017", "3"), 3, [1])


@pytest.mark.parametrize("frame", [POLL, KEY, Frame(FROM_KEYPAD, 7, 0, "T", bytes(range(0x20, 0x40)) + b"\xa5*")])
def test_a_frame_is_read_as_it_was_sent(frame):
    assert FrameReader().read(encoded_frame(frame)) == ([frame], 0)


def test_frames_are_found_between_garbage_and_the_garbage_is_counted():
    sent = b"\x00\xff" + encoded_frame(POLL) + b"<0700*\n" + b">>" + encoded_frame(KEY).replace(b"\n", b"\r\n") + b"<01"
    reader = FrameReader()
    assert reader.read(sent) == ([POLL, KEY], 2 + 6 + 2)
    assert reader.read(b"\n") == ([], 3)


def test_a_frame_may_come_byte_by_byte():
    reader = FrameReader()
    frames = [frame for byte in encoded_frame(KEY) for frame in reader.read(bytes([byte]))[0]]
    assert frames == [KEY]


@pytest.mark.parametrize(
    "line",
    [b"", b">", b">013FP07", b">013FP07*5DBB", b">013FP07*5dba", b">013FP08*5DBA", b">01*0000", b"x013FP07*5DBA"],
)
def test_a_line_that_differs_in_anything_is_no_frame(line):
    with pytest.raises(BadFrame):
        decoded(line)


@pytest.mark.parametrize("content", [b">xx3FP07", b">01xxP07"])
def test_a_line_with_good_check_digits_and_bad_numbers_is_no_frame(content):
    with pytest.raises(BadFrame):
        decoded(b"%s*%04X" % (content, crc_hqx(content, 0)))


def test_noise_without_an_end_is_not_kept_for_ever():
    reader = FrameReader()
    noise = sum(reader.read(b"\xaa" * 50)[1] for _ in range(100))
    assert noise >= 5000 - LONGEST_FRAME
    reader.read(b"\n")
    assert reader.read(encoded_frame(POLL)) == ([POLL], 0)


def test_noise_never_stops_the_reader_and_never_becomes_a_key():
    dice, reader = random.Random(1), FrameReader()
    for _ in range(2000):
        assert reader.read(dice.randbytes(dice.randrange(60)) + b"<07\n")[0] == []
    assert reader.read(encoded_frame(KEY)) == ([KEY], 0)
