"""The reference keypad behaves as a device on a real serial line does."""

from pathlib import Path

import pytest
import serial

from broker.rehearsal.keypad import Keypad, Unplugged
from tests.desk_terminal.doubles import eventually


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


def test_what_is_pressed_is_read_and_what_is_written_is_shown(keypad):
    panels = []
    keypad.when_shown = panels.append
    with serial.Serial(keypad.port, timeout=5) as port:
        keypad.press("N")
        assert port.read(1) == b"N"
        port.write(b"WOLNE\nCZEKA: 4\nD017 WEZ")
        assert eventually(lambda: keypad.panel == ("WOLNE", "CZEKA: 4"))
        port.write(b"WANY\nCZEKA: 3\n")
        assert eventually(lambda: keypad.panel == ("D017 WEZWANY", "CZEKA: 3"))
    assert panels == [("WOLNE", "CZEKA: 4"), ("D017 WEZWANY", "CZEKA: 3")]


def test_its_port_goes_and_comes_back_with_the_plug(keypad):
    with serial.Serial(keypad.port, timeout=5) as port:
        keypad.unplug()
        assert not Path(keypad.port).exists()
        with pytest.raises(serial.SerialException):
            port.read(1)
        with pytest.raises(Unplugged):
            keypad.press("N")
    keypad.replug()
    with serial.Serial(keypad.port, timeout=5) as port:
        keypad.press("R")
        assert port.read(1) == b"R"


def test_nothing_is_left_behind():
    with Keypad() as keypad:
        folder = Path(keypad.port).parent
        files = open_files()
    assert not folder.exists()
    assert open_files() == files - 4
