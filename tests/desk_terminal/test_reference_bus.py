"""The reference keypads of the RS-485 line, as a keypad's maker runs them."""

import subprocess
import sys

import pytest
import serial

from broker.rehearsal.line_keypad import KEYS_KEPT, LineKeypad
from desk_terminal.bus_frame import FROM_COMPUTER, Frame, encoded


@pytest.fixture
def program():
    with subprocess.Popen(
        [sys.executable, "-m", "broker.rehearsal.keypad_bus", "--addresses", "1,7"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        yield program
        program.stdin.close()
        assert program.wait(10) == 0


def test_keys_typed_on_its_input_are_sent_and_what_it_shows_is_printed(program):
    port = program.stdout.readline().removeprefix("port = ").strip()
    with serial.Serial(port, timeout=10) as line:

        def ask(number, kind, body):
            line.write(encoded(Frame(FROM_COMPUTER, 7, number, kind, body)))
            return line.readline()

        assert ask(0, "P", b"00").startswith(b"<0700N*")
        assert ask(1, "H", b"0001").startswith(b"<0701I*")
        assert ask(2, "T", b"001D017 WEZWANY    CZEKA: 4        ").startswith(b"<0702I*")
        assert program.stdout.readline() == " 7 |D017 WEZWANY    |CZEKA: 4        |  lamp: steady\n"
        program.stdin.write("8 N\nhello\n7 17\n")
        program.stdin.flush()
        assert program.stdout.readline() == "an address and its keys, please, like: 1 N\n"
        assert program.stdout.readline() == "an address and its keys, please, like: 1 N\n"
        number = 3
        while (answer := ask(number, "P", b"00"))[5:6] == b"I":
            number += 1
        assert answer[5:9] == b"K011"
        assert ask(number + 1, "P", b"01")[5:9] == b"K027"


def test_a_keypad_that_nobody_asks_keeps_eight_keys_and_refuses_the_ninth():
    keypad = LineKeypad(1)
    assert [keypad.press("N", 0.0) for _ in range(KEYS_KEPT + 1)] == [True] * KEYS_KEPT + [False]


@pytest.mark.parametrize("line", [b"", b">", b">0200P00*C5A0", b">0100P00*A664", b"<0100P00*A663", b"garbage"])
def test_a_keypad_answers_only_whole_frames_that_are_meant_for_it(line):
    assert LineKeypad(1).answer(line, 0.0) is None
    assert LineKeypad(1).answer(b">0100P00*A663", 0.0) == b"<0100N*1BE6"


def test_a_kind_of_frame_from_the_future_is_answered_like_a_poll():
    keypad = LineKeypad(1)
    keypad.answer(b">0101H2F1A*414B", 0.0)
    keypad.press("N", 0.0)
    future = encoded(Frame(FROM_COMPUTER, 1, 2, "Z", b"00what")).strip()
    assert keypad.answer(future, 0.0)[5:11] == b"K01N00"
