"""The serial keypad, by real pyserial on a pseudo-terminal with the reference keypad at its other end."""

import time

import pytest
import serial

from broker.rehearsal.keypad import Keypad
from desk_terminal.face import Face
from desk_terminal.keypad import BadKeypad, Edge, Fault, Noise
from desk_terminal.keys import Key
from desk_terminal.serial_keypad import SerialKeypad
from desk_terminal.sound import Sound
from desk_terminal.wiring import Serial
from tests.desk_terminal.doubles import eventually

SHOWN = ("D017 WEZWANY", "CZEKA: 4")


@pytest.fixture
def connect():
    """Start the terminal's side of a port; the list fills with what it hears."""
    running = []

    def connect(port, **settings):
        side, heard = SerialKeypad(Serial(port, **settings), "serial", time.monotonic), []
        side.show(Face(SHOWN))
        side.start(heard.append)
        running.append(side)
        return side, heard

    yield connect
    for side in running:
        side.stop()


def keys(heard):
    return [event.key for event in heard if isinstance(event, Edge)]


def test_keys_come_as_bytes_and_the_panel_goes_back(connect, keypad):
    side, heard = connect(keypad.port)
    assert eventually(lambda: keypad.panel == SHOWN)
    keypad.press("N")
    keypad.press("X")
    assert eventually(lambda: keys(heard) == [Key.NEXT, Key.NO_SHOW])
    side.show(Face(("ZA SZYBKO", "NACIŚNIJ PÓŹNIEJ")))
    assert eventually(lambda: keypad.panel == ("ZA SZYBKO", "NACISNIJ POZNIEJ"))
    assert keypad.lines == [*SHOWN, "ZA SZYBKO", "NACISNIJ POZNIEJ"]


def test_keys_come_as_lines(connect):
    with Keypad(key_end=b"\r\n") as keypad:
        _, heard = connect(keypad.port, sends="lines", keys={"NEXT": "next", "PONOW": "recall"})
        assert eventually(lambda: keypad.panel == SHOWN)
        keypad.press("PONOW")
        keypad.press("NEXT")
        assert eventually(lambda: keys(heard) == [Key.RECALL, Key.NEXT])


def test_a_panel_is_written_at_once_though_no_key_is_pressed(connect, keypad):
    side, _ = connect(keypad.port)
    assert eventually(lambda: keypad.panel == SHOWN)
    took_s = []
    for waiting in range(20):
        started = time.monotonic()
        side.show(Face(("WOLNE", f"CZEKA: {waiting}")))
        assert eventually(lambda waiting=waiting: keypad.panel[1] == f"CZEKA: {waiting}")
        took_s.append(time.monotonic() - started)
    assert min(took_s) < 0.1


def test_a_keypad_without_a_display_is_written_nothing(connect, keypad):
    _, heard = connect(keypad.port, panel=False)
    # Its port is flushed when it is opened, so it is pressed until it hears.
    assert eventually(lambda: keypad.press("N") or keys(heard))
    assert keypad.lines == []


def test_a_refusal_beeps_where_the_keypad_can_and_is_not_shown(connect, keypad):
    side, _ = connect(keypad.port, beep="\a")
    assert eventually(lambda: keypad.panel == SHOWN)
    side.sound(Sound.REFUSED)
    assert eventually(lambda: keypad.beeps == 1)
    side.show(Face(("ZA SZYBKO", "")))
    assert eventually(lambda: keypad.panel == ("ZA SZYBKO", ""))


def test_a_keypad_that_was_away_does_not_beep_for_what_is_over(connect, keypad):
    side, heard = connect(keypad.port, beep="\a")
    assert eventually(lambda: keypad.panel == SHOWN)
    keypad.unplug()
    assert eventually(lambda: heard)
    side.sound(Sound.REFUSED)
    keypad.replug()
    assert eventually(lambda: keypad.panel == SHOWN)
    side.sound(Sound.OFFERED)
    assert eventually(lambda: keypad.beeps)
    assert keypad.beeps == 1


def test_noise_on_the_line_is_counted_and_ignored(connect, keypad):
    _, heard = connect(keypad.port)
    assert eventually(lambda: keypad.panel == SHOWN)
    keypad.send(b"\x00\xff" * 50 + b"N")
    assert eventually(lambda: keys(heard) == [Key.NEXT])
    assert eventually(lambda: sum(event.size for event in heard if isinstance(event, Noise)) == 100)


def test_a_keypad_unplugged_and_plugged_in_again_is_found_within_two_seconds(connect, keypad):
    _, heard = connect(keypad.port)
    assert eventually(lambda: keypad.panel == SHOWN)
    for _ in range(2):
        keypad.unplug()
        assert eventually(lambda: heard and isinstance(heard[-1], Fault) and heard[-1].detail)
        assert keypad.port in heard[-1].detail
        keypad.replug()
        plugged = time.monotonic()
        assert eventually(lambda: keypad.panel == SHOWN)
        assert time.monotonic() - plugged < 2
        assert eventually(lambda: heard[-1] == Fault("serial", None))
    keypad.press("N")
    assert eventually(lambda: keys(heard) == [Key.NEXT])
    assert len([event for event in heard if isinstance(event, Fault)]) == 4


def test_a_keypad_that_is_not_there_at_the_start_is_waited_for(connect, keypad):
    keypad.unplug()
    _, heard = connect(keypad.port)
    assert eventually(lambda: heard)
    assert heard[0].detail == f"{keypad.port}: not plugged in"
    keypad.replug()
    assert eventually(lambda: keypad.panel == SHOWN)
    assert heard[1:] == [Fault("serial", None)]


def test_a_port_that_is_no_serial_port_is_a_fault_and_no_crash(connect, tmp_path):
    (tmp_path / "file").write_text("")
    _, heard = connect(str(tmp_path / "file"))
    assert eventually(lambda: heard)
    assert heard[0].detail.startswith(f"{tmp_path}/file: Could not configure port")


def test_no_second_program_may_share_the_keypad(connect, keypad):
    connect(keypad.port)
    assert eventually(lambda: keypad.panel == SHOWN)
    with pytest.raises(serial.SerialException, match="exclusively lock"):
        serial.Serial(keypad.port, exclusive=True)


def test_a_keypad_may_also_be_at_an_address(connect):
    _, heard = connect("loop://")
    # loop:// sends the panel back to itself, so the letters of the panel are its keys.
    assert eventually(lambda: Key.NEXT in keys(heard))


def test_an_address_of_no_sense_is_refused_at_the_start():
    with pytest.raises(BadKeypad, match=r"serial\.port = .* it should be like /dev/serial/by-id/"):
        SerialKeypad(Serial("nowhere://x"), "serial", time.monotonic)
