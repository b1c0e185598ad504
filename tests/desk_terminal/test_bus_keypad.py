"""Keypads on one RS-485 line, by real pyserial on a pseudo-terminal with the reference keypads at its other end."""

import random
import time

import pytest

from broker.rehearsal.keypad_bus import KeypadBus, spoiling
from desk_terminal.bus_keypad import keypads_on_bus
from desk_terminal.face import Face
from desk_terminal.keypad import BadKeypad, Edge, Fault, Noise
from desk_terminal.keys import Key
from desk_terminal.lamp import Lamp
from desk_terminal.presses import Presses
from desk_terminal.sound import Sound
from desk_terminal.wiring import Bus, Rs485
from tests.desk_terminal.doubles import eventually

WORDS = ("D017 WEZWANY", "CZEKA: 4")
FACE = Face(WORDS, "D017", 4, Lamp.STEADY)


@pytest.fixture
def line():
    with KeypadBus([1, 2, 3], time.monotonic) as line:
        yield line


@pytest.fixture
def connect():
    """Start the computer's side of a line for these keypads by name; each has a list of what is heard from it."""
    running = []

    def connect(port, wanted, **settings):
        keypads = keypads_on_bus(Bus(port, **settings), wanted, 0.05, time.monotonic, session=7)
        heard = {keypad.name: [] for keypad in keypads}
        for keypad in keypads:
            keypad.show(FACE)
            keypad.start(heard[keypad.name].append)
            running.append(keypad)
        return keypads, heard

    yield connect
    for keypad in running:
        keypad.stop()


def keys(heard):
    return [event.key.value for event in heard if isinstance(event, Edge)]


def shows(line, address):
    keypad = line.keypads[address]
    return eventually(lambda: keypad.panel == WORDS and keypad.lamp == 1)


def test_each_desk_of_the_line_hears_its_own_keypad_and_shows_its_own_number(line, connect):
    keypads, heard = connect(line.port, {"30 bus": Rs485(1), "31 bus": Rs485(2)})
    assert shows(line, 1)
    keypads[1].show(Face(("WOLNE", "CZEKA: 3"), waiting=3, lamp=Lamp.SLOW))
    assert eventually(lambda: line.keypads[2].panel == ("WOLNE", "CZEKA: 3"))
    assert line.keypads[1].panel == WORDS
    line.press(1, "N")
    for key in "017C":
        line.press(2, key)
    assert eventually(lambda: keys(heard["30 bus"]) == ["next"])
    assert eventually(lambda: keys(heard["31 bus"]) == ["0", "1", "7", "call"])


def test_a_display_of_figures_shows_number_and_count_and_a_keypad_without_one_its_lamp(line, connect):
    connect(line.port, {"30 bus": Rs485(1, display="digits"), "31 bus": Rs485(2, display="none")})
    assert eventually(lambda: line.keypads[1].figures == ("D017", "4"))
    assert eventually(lambda: line.keypads[2].lamp == 1)
    assert (line.keypads[1].panel, line.keypads[2].figures) == (("", ""), ("", ""))


def test_every_sound_has_a_number_of_its_own(line, connect):
    keypads, _ = connect(line.port, {"30 bus": Rs485(1)})
    assert shows(line, 1)
    for n, sound in enumerate(Sound, start=1):
        keypads[0].sound(sound)
        assert eventually(lambda n=n: line.keypads[1].beeps == list(range(1, n + 1)))


def test_a_keypad_that_sends_its_line_three_times_presses_once(line, connect):
    line.to_computer = line.to_keypads = lambda frame: [frame] * 3
    _, heard = connect(line.port, {"30 bus": Rs485(1)})
    assert shows(line, 1)
    for n, key in enumerate("NRN", start=1):
        line.press(1, key)
        assert eventually(lambda n=n: len(keys(heard["30 bus"])) == n)
    assert shows(line, 1)
    line.press(1, "X")
    assert eventually(lambda: keys(heard["30 bus"])[3:] == ["no_show"])
    assert keys(heard["30 bus"]) == ["next", "recall", "next", "no_show"]


def test_a_keypad_that_reports_each_bounce_of_its_contact_presses_once(line, connect):
    _, heard = connect(line.port, {"30 bus": Rs485(1)})
    assert shows(line, 1)
    for _ in range(5):
        line.press(1, "N")
    assert eventually(lambda: len(heard["30 bus"]) == 5)
    presses = Presses(0.5, {}, long_s=0.8)  # much more than the contact takes, on a computer that is busy
    meant = [presses.after_edge(edge.key, down=edge.down, at=edge.at) for edge in heard["30 bus"]]
    assert meant == [Key.NEXT, None, None, None, None]


def test_on_a_bad_line_no_key_is_lost_or_doubled_and_the_garbage_is_counted(line, connect):
    dice = random.Random(5)
    line.to_keypads = line.to_computer = spoiling(dice, 0.3)
    _, heard = connect(line.port, {"30 bus": Rs485(1), "31 bus": Rs485(2)}, answer_s=0.005, baud=115200, poll_s=0.005)
    pressed = {1: [], 2: []}
    for _ in range(40):
        for address, those in pressed.items():
            key = dice.choice("0123456789")
            assert eventually(lambda address=address, key=key: line.press(address, key))
            those.append(key)
    assert eventually(lambda: keys(heard["30 bus"]) == pressed[1] and keys(heard["31 bus"]) == pressed[2])
    line.send(b"\x00\xff" * 50 + b"\n")
    assert eventually(lambda: sum(e.size for those in heard.values() for e in those if isinstance(e, Noise)) >= 100)


def test_a_keypad_that_falls_silent_is_a_fault_of_its_own_and_is_found_again(line, connect):
    _, heard = connect(line.port, {"30 bus": Rs485(1), "31 bus": Rs485(2)}, silent_s=0.5, seek_s=0.3)
    assert shows(line, 2)
    gone = line.keypads.pop(2)
    assert eventually(lambda: heard["31 bus"] == [Fault("31 bus", f"{line.port}: no answer from address 2")])
    line.press(1, "N")
    assert eventually(lambda: keys(heard["30 bus"]) == ["next"])
    gone.switch_on()
    gone.press("R", time.monotonic())
    line.keypads[2] = gone
    back = time.monotonic()
    assert eventually(lambda: heard["31 bus"][1:2] == [Fault("31 bus", None)])
    assert time.monotonic() - back < 2
    assert shows(line, 2)
    assert eventually(lambda: keys(heard["31 bus"]) == ["recall"])
    assert [event for event in heard["30 bus"] if isinstance(event, Fault)] == []


def test_a_line_unplugged_and_plugged_in_again_is_found_within_two_seconds_with_every_key(line, connect):
    _, heard = connect(line.port, {"30 bus": Rs485(1), "31 bus": Rs485(2)})
    assert shows(line, 1)
    line.unplug()
    for name, those in heard.items():
        assert eventually(lambda those=those: those)
        assert those == [Fault(name, f"{line.port}: not plugged in")]
    line.press(1, "N")
    line.plug_in()
    plugged = time.monotonic()
    for name, those in heard.items():
        assert eventually(lambda name=name, those=those: Fault(name, None) in those)
    assert time.monotonic() - plugged < 2
    assert eventually(lambda: keys(heard["30 bus"]) == ["next"])


def test_a_key_pressed_long_before_the_line_was_there_is_told_with_its_age(line, connect):
    line.keypads[1].press("N", time.monotonic() - 60)
    _, heard = connect(line.port, {"30 bus": Rs485(1)})
    assert eventually(lambda: keys(heard["30 bus"]) == ["next"])
    # The terminal carries out no key that is older than two seconds.
    assert time.monotonic() - heard["30 bus"][0].at > 2.5


def test_a_program_that_is_started_anew_presses_no_key_again(line, connect):
    keypads, heard = connect(line.port, {"30 bus": Rs485(1)})
    line.press(1, "N")
    assert eventually(lambda: keys(heard["30 bus"]) == ["next"])
    keypads[0].show(Face(("BRAK POLACZENIA", "")))
    keypads[0].stop()
    assert line.keypads[1].panel == ("BRAK POLACZENIA", "")
    _, heard = connect(line.port, {"30 bus": Rs485(1)})
    assert shows(line, 1)
    line.press(1, "R")
    assert eventually(lambda: keys(heard["30 bus"]) == ["recall"])


def test_keys_that_mean_nothing_at_this_desk_are_ignored(line, connect):
    _, heard = connect(line.port, {"30 bus": Rs485(1, keys={"A": "next"})})
    line.press(1, "N")
    line.press(1, "A")
    assert eventually(lambda: keys(heard["30 bus"]) == ["next"])


def test_a_line_at_an_address_of_no_sense_is_refused_at_the_start():
    with pytest.raises(BadKeypad, match=r"bus\.port = 'nowhere://x': .* it should be like /dev/serial/by-id/"):
        keypads_on_bus(Bus("nowhere://x"), {"bus": Rs485(1)}, 0.05, time.monotonic, session=1)
