"""The talk between the computer and a keypad on the RS-485 line, whatever the line does to their frames."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broker.rehearsal.line_keypad import LineKeypad
from desk_terminal.bus_frame import FROM_KEYPAD, Frame, FrameReader, encoded
from desk_terminal.bus_talk import Talk, answered, asked, fallen_silent, is_answer

KEYS = string.ascii_uppercase + string.digits
ROUND_S = 0.05

# What becomes of a frame: how often it arrives, which byte is changed by what, and what garbage comes before it.
WHOLE = [(times, None, garbage) for times in (1, 0, 2, 3) for garbage in (b"", b"\x00\n", b">07", b"<0700K")]
CHANGED = [(times, (at, bits), b"") for at in range(0, 48, 3) for bits in (1, 0x20, 0xFF) for times in (1, 2)]
FATES = st.sampled_from(WHOLE) | st.sampled_from(CHANGED)
CLEAN = (1, None, b"")
MISHAPS = st.sampled_from(["none"] * 8 + ["power cut", "new program", "silence"])


def spoilt(data, fate):
    times, change, garbage = fate
    if change is not None:
        at, bits = change[0] % len(data), change[1]
        data = data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :]
    return garbage + data * times


class Line:
    """The computer, the keypad and the line between them, in a time of their own."""

    def __init__(self):
        self.now = 1000.0
        self.talk = Talk(7, session=0xFFFF)
        self.keypad = LineKeypad(7)
        self.reader = FrameReader()
        self.late = b""  # answers that come when the computer has given up waiting for them
        self.taken = []

    def turn(self, there=CLEAN, back=CLEAN, *, late=False):
        """One frame of the computer, and what comes back for it."""
        self.now += ROUND_S
        self.talk = asked(self.talk, self.now)
        came = self.late
        self.late = b""
        for line in spoilt(encoded(self.talk.under_way), there).split(b"\n"):
            answer = self.keypad.answer(line, self.now)
            if answer is not None and late:
                self.late += spoilt(answer + b"\n", back)
            elif answer is not None:
                came += spoilt(answer + b"\n", back)
        frames = self.reader.read(came)[0]
        while frames:
            frame = frames.pop(0)
            if is_answer(self.talk, frame):
                self.talk, press = answered(self.talk, frame, self.now)
                self.taken += [press.key] if press else []
                break
        # What comes after the answer is read in the next turn.
        self.late = b"".join(map(encoded, frames)) + self.late

    def mishap(self, kind):
        match kind:
            case "power cut":
                self.keypad.switch_on()
            case "new program":
                self.talk = Talk(7, session=self.talk.session + 100)
            case "silence":
                self.talk = fallen_silent(self.talk)


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.tuples(st.booleans(), FATES, FATES, st.booleans()), max_size=40), st.integers(0, 60))
def test_every_key_is_taken_once_and_in_order_whatever_the_line_does(turns, silent_at):
    line, keys, pressed = Line(), iter(KEYS), []
    for n, (press, there, back, late) in enumerate(turns):
        if press and (key := next(keys, None)) and line.keypad.press(key, line.now):
            pressed.append(key)
        line.mishap("silence" if n == silent_at else "none")
        line.turn(there, back, late=late)
    for _ in range(12):
        line.turn()
    assert line.taken == pressed


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.tuples(st.booleans(), FATES, FATES, st.booleans(), MISHAPS), max_size=40))
def test_no_key_is_doubled_by_a_power_cut_or_a_new_start_of_the_program(turns):
    line, keys, pressed = Line(), iter(KEYS), []
    for press, there, back, late, mishap in turns:
        if press and (key := next(keys, None)) and line.keypad.press(key, line.now):
            pressed.append(key)
        line.mishap(mishap)
        line.turn(there, back, late=late)
    for _ in range(12):
        line.turn()
    assert line.taken == sorted(set(line.taken), key=pressed.index)
    assert set(line.taken) <= set(pressed)
    line.keypad.press("!", line.now)
    line.turn()
    assert line.taken[-1] == "!"


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(st.tuples(FATES, FATES, st.booleans(), st.sampled_from(["face", "sound", "none", "none"])), max_size=25)
)
def test_each_sound_is_heard_once_and_the_last_face_is_shown(turns):
    line, sounds = Line(), 0
    for n, (there, back, late, news) in enumerate(turns):
        if news == "face":
            line.talk = replace(line.talk, wanted=("T", b"1" + f"{n:<32}".encode()))
        elif news == "sound" and line.talk.to_sound is None:
            line.talk = replace(line.talk, to_sound=("B", b"1"))
            sounds += 1
        line.turn(there, back, late=late)
    for _ in range(6):
        line.turn()
    faces = [str(n) for n, turn in enumerate(turns) if turn[-1] == "face"]
    assert line.keypad.beeps == [1] * sounds
    assert line.keypad.panel[0] == (faces[-1] if faces else "")


def test_a_face_that_changed_during_silence_is_shown_when_the_keypad_answers_again():
    line, lost = Line(), (0, None, b"")
    line.turn()
    line.turn(back=lost)
    line.mishap("silence")
    line.talk = replace(line.talk, wanted=("D", b"2D017   4"))
    line.turn()
    assert line.keypad.figures == ("D017", "4")
    assert not line.talk.silent


def test_a_sound_that_nobody_heard_in_time_is_not_made_later():
    line, lost = Line(), (0, None, b"")
    line.turn()
    line.talk = replace(line.talk, to_sound=("B", b"1"))
    line.turn(there=lost)
    line.mishap("silence")
    for _ in range(5):
        line.turn()
    assert line.keypad.beeps == []


def greeted():
    talk = asked(Talk(7, session=5), 1000.0)
    return answered(talk, Frame(FROM_KEYPAD, 7, 0, "I"), 1000.0)[0]


def test_a_key_sent_again_after_it_was_taken_is_not_taken_twice():
    talk, presses = greeted(), []
    for n in range(1, 4):
        talk, press = answered(asked(talk, 1000.0), Frame(FROM_KEYPAD, 7, n, "K", b"01N00"), 1000.0)
        presses.append(press and press.key)
    assert presses == ["N", None, None]
    assert (talk.greeted, talk.taken) == (True, 1)


@pytest.mark.parametrize("body", [b"03N00", b"01N", b"xxN00", b"01Nxx", b""])
def test_a_key_out_of_step_or_out_of_shape_ends_the_session(body):
    talk, press = answered(asked(greeted(), 1000.0), Frame(FROM_KEYPAD, 7, 1, "K", body), 1000.0)
    assert press is None
    hello = asked(talk, 1000.0).under_way
    assert (hello.kind, hello.body) == ("H", b"0006")


def test_a_line_that_brings_each_frame_three_times_takes_each_key_once():
    line = Line()
    thrice = (3, None, b"")
    line.turn(thrice, thrice)
    for key in "NNN":
        line.keypad.press(key, line.now)
    for _ in range(10):
        line.turn(thrice, thrice)
    assert line.taken == ["N", "N", "N"]


def test_a_key_that_waited_in_the_keypad_is_as_old_as_the_keypad_says():
    line = Line()
    line.turn()
    line.keypad.press("N", line.now - 1.2)
    line.keypad.press("R", line.now - 3600)
    presses = []
    for _ in range(3):
        line.now += ROUND_S
        line.talk = asked(line.talk, line.now)
        answer = line.keypad.answer(encoded(line.talk.under_way).strip(), line.now)
        line.talk, press = answered(line.talk, line.reader.read(answer + b"\n")[0][0], line.now)
        presses.append(press and (press.key, round(line.now - press.at, 2)))
    # 2.55 s is the most that a keypad can say, and more than any key may be late.
    assert presses == [("N", 1.25), ("R", 2.55), None]


def test_a_keypad_that_counts_differently_begins_another_session():
    line = Line()
    line.turn()
    line.talk = replace(line.talk, taken=77)
    line.keypad.press("N", line.now)
    for _ in range(4):
        line.turn()
    assert line.talk.greeted
    assert line.taken == ["N"]


def test_numbers_of_frames_and_keys_go_round():
    line = Line()
    for n in range(600):
        line.keypad.press(KEYS[n % 36], line.now)
        line.turn()
    line.turn()
    assert line.taken == [KEYS[n % 36] for n in range(600)]
