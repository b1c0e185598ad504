"""How an office may wire its keypads, and the whole set-ups of the documentation made of real drivers."""

import re
import time
from pathlib import Path

import msgspec
import pytest
from evdev import ecodes

from broker.contract.settings import read_settings
from desk_terminal.assembly import keypads
from desk_terminal.keys import Key
from desk_terminal.settings import DEFAULTS, Settings
from desk_terminal.wiring import NUMERIC_KEYPAD, Bus, Gpio, Matrix, Rs485, Serial, Usb, check_taken

EXAMPLES = Path(__file__).parents[2] / "docs" / "desk"
SET_UPS = {
    "single-button-gpio": {"30": ["gpio"]},
    "buttons-gpio": {"30": ["gpio"]},
    "matrix-keypad": {"30": ["gpio", "matrix"]},
    "serial-keypad": {"30": ["serial"]},
    "rs485-bus": {"30": ["30 bus"], "31": ["31 bus"], "26": ["26 bus"]},
    "usb-keypads": {"30": ["30 usb"], "31": ["31 usb"]},
}


@pytest.mark.parametrize("example", SET_UPS)
def test_every_set_up_of_the_documentation_is_made_of_real_keypads(pins, example):
    settings = read_settings(Settings, DEFAULTS, "okienko-desk", ["--config", str(EXAMPLES / f"{example}.toml")])
    made = keypads(settings, time.monotonic, session=1)
    assert {desk: [keypad.name for keypad in those] for desk, those in made.items()} == SET_UPS[example]
    for keypad in (keypad for those in made.values() for keypad in those):
        keypad.stop()


def test_the_documentation_has_these_set_ups_and_no_others():
    assert {path.stem for path in EXAMPLES.glob("*.toml")} == SET_UPS.keys()


@pytest.mark.parametrize("example", ["matrix-keypad", "usb-keypads"])
def test_the_drawing_of_a_keypad_shows_every_key_that_acts(example):
    path = EXAMPLES / f"{example}.toml"
    settings = read_settings(Settings, DEFAULTS, "okienko-desk", ["--config", str(path)])
    desk = settings.served[0]
    wired = [key for row in desk.matrix.keys for key in row] if desk.matrix else [*desk.usb.keys.values()]
    long = (desk.matrix or desk.usb).long
    drawn = path.read_text(encoding="utf-8").split("# Wiring")[0]
    meant = {*wired, *long.values()}
    assert [key for key in meant if not re.search(rf"\b{key.replace('_', '[ /]').upper()}\b", drawn)] == []


def test_the_udev_rules_name_the_sockets_of_the_usb_example():
    rules = (EXAMPLES / "70-okienko-desk.rules").read_text(encoding="utf-8")
    ports = re.findall(r'by-path/(.*)-event-kbd"', (EXAMPLES / "usb-keypads.toml").read_text(encoding="utf-8"))
    assert len(ports) == 2
    assert [port for port in ports if f'ENV{{ID_PATH}}=="{port}"' not in rules] == []


def test_a_numeric_keypad_needs_no_list_of_keys():
    assert {Key(key) for key in NUMERIC_KEYPAD.values()} >= {Key.NEXT, Key.RECALL, Key.TRANSFER, Key.CALL, Key.CLEAR}
    assert [sent for sent in NUMERIC_KEYPAD if sent not in ecodes.ecodes] == []
    assert [digit for digit in "0123456789" if NUMERIC_KEYPAD[f"KEY_KP{digit}"] != digit] == []


SHAPE = {"rows": [5, 6], "columns": [16, 20], "keys": [["1", "2"], ["", "next"]]}


@pytest.mark.parametrize(
    ("kind", "wired", "line"),
    [
        (Gpio, {"keys": {"next": 17}, "lamp": 18, "buzzer": 18}, "buzzer = 18: taken by lamp"),
        (Gpio, {"keys": {"next": 17}, "buzzer": 40}, "buzzer = 40: no such pin; BCM pins are 0 to 27"),
        (
            Gpio,
            {"keys": {"next": 17}, "long": {"recall": "undo"}},
            "long: 'recall' is not wired; the keys here are next",
        ),
        (Gpio, {"keys": {"next": 17}, "long": {"next": "back"}}, "'back' is no key; the keys are next, recall"),
        (Matrix, SHAPE | {"rows": [5]}, "keys: 2 rows of keys, but rows has 1 pins"),
        (Matrix, SHAPE | {"columns": [16, 20, 21]}, "keys: row 1 has 2 keys, but columns has 3 pins"),
        (Matrix, SHAPE | {"keys": [["1", "2"], ["3"]]}, "keys: row 2 has 1 keys, but columns has 2 pins"),
        (Matrix, SHAPE | {"keys": [["1", "2"], ["3", "1"]]}, "keys: '1' stands at two crossings; each key needs"),
        (Matrix, SHAPE | {"keys": [["1", "2"], ["3", "nxt"]]}, "'nxt' is no key"),
        (Matrix, SHAPE | {"columns": [16, 5]}, "columns[1] = 5: taken by rows[0]"),
        (Matrix, SHAPE | {"rows": [5, 99]}, "rows[1] = 99: no such pin"),
        (Matrix, SHAPE | {"rows": []}, "Expected `array` of length >= 1"),
        (Matrix, SHAPE | {"long": {"7": "undo"}}, "long: '7' is not wired; the keys here are 1, 2, next"),
        (Serial, {"port": "/dev/x", "beep": "żżż"}, "beep: 'żżż' should be ASCII"),
        (Usb, {"port": "keypad"}, "port: 'keypad' should be a path, like /dev/input/by-path/...-event-kbd"),
        (Usb, {"port": ""}, "Expected `str` of length >= 1"),
        (
            Usb,
            {"port": "/dev/x", "keys": {"Enter": "next"}},
            "keys: 'Enter' should be evdev's name of a key, like KEY_",
        ),
        (Usb, {"port": "/dev/x", "keys": {"KEY_KP1": "one"}}, "'one' is no key"),
        (Usb, {"port": "/dev/x", "long": {"start": "undone"}}, "'undone' is no key"),
        (Bus, {"port": "/dev/x", "baud": 0}, "Expected `int` >= 50"),
        (Bus, {"port": "/dev/x", "parity": "E"}, "unknown field `parity`"),
        (Rs485, {"address": 0}, "Expected `int` >= 1"),
        (Rs485, {"address": 100}, "Expected `int` <= 99"),
        (Rs485, {"address": 1, "display": "lcd"}, "Invalid enum value 'lcd'"),
        (Rs485, {"address": 1, "keys": {"NEXT": "next"}}, "keys: 'NEXT' should be one plain ASCII character"),
        (Rs485, {"address": 1, "keys": {"N": "forward"}}, "'forward' is no key"),
        (Rs485, {"address": 1, "encoding": "utf-8"}, "encoding: 'utf-8' should write a letter as one byte; cp852 or"),
        (Rs485, {"address": 1, "encoding": "polish"}, "encoding: 'polish' is unknown"),
    ],
)
def test_wrong_wiring_is_one_line_that_says_what_it_should_be(kind, wired, line):
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.convert(wired, kind)
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_is_wired_twice_is_named_with_both_places():
    check_taken([("gpio.next", 17), ("matrix.rows[0]", 5)])
    with pytest.raises(ValueError, match=r"^matrix\.rows\[0\] = 17: taken by gpio\.next; each needs its own$"):
        check_taken([("gpio.next", 17), ("matrix.rows[0]", 17)])
