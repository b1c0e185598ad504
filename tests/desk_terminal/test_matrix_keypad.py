"""A matrix keypad, scanned through gpiozero on mock pins that its keys join."""

import time

import pytest

from desk_terminal.keypad import BadKeypad, Fault
from desk_terminal.keys import Key
from desk_terminal.matrix_keypad import MatrixKeypad
from desk_terminal.presses import Presses
from desk_terminal.wiring import Matrix
from tests.desk_terminal.doubles import eventually
from tests.desk_terminal.matrix_wires import MatrixFactory

ROWS, COLUMNS = [5, 6, 13, 19], [16, 20, 21]
KEYS = [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"], ["clear", "0", "next"]]
AT = {key: (row, column) for row, keys in enumerate(KEYS) for column, key in enumerate(keys)}


@pytest.fixture
def wires():
    factory = MatrixFactory(ROWS, COLUMNS)
    yield factory
    factory.close()


@pytest.fixture
def listen(wires):
    """Start the keypad; the list fills with its edges."""
    running = []

    def listen(**wired):
        wanted = Matrix(ROWS, COLUMNS, KEYS, **wired)
        keypad, heard = MatrixKeypad(wanted, "30 matrix", 0.05, time.monotonic, wires), []
        running.append(keypad)
        keypad.start(heard.append)
        assert eventually(lambda: idle(wires))
        return keypad, heard

    yield listen
    for keypad in running:
        keypad.stop()


def idle(wires):
    return all(wires.pin(row).function == "output" for row in ROWS)


def edges(heard):
    return [(edge.key.value, edge.down) for edge in heard]


def press(wires, heard, key):
    """Press and release a key, each for as long as the keypad needs to see it."""
    wires.press(*AT[key])
    assert eventually(lambda: edges(heard)[-1:] == [(key, True)])
    wires.release(*AT[key])
    assert eventually(lambda: edges(heard)[-1:] == [(key, False)])


def test_every_key_of_a_matrix_tells_when_it_goes_down_and_up(wires, listen):
    keypad, heard = listen(long={"next": "undo"})
    for key in AT:
        press(wires, heard, key)
    assert edges(heard) == [(key, down) for key in AT for down in (True, False)]
    assert {edge.keypad for edge in heard} == {"30 matrix"}
    assert keypad.long == {Key.NEXT: Key.UNDO}


def test_two_keys_held_in_one_column_are_both_heard_and_short_no_outputs(wires, listen):
    _, heard = listen()
    for key in ("1", "7"):
        wires.press(*AT[key])
        assert eventually(lambda key=key: edges(heard)[-1:] == [(key, True)])
    for key in ("1", "7"):
        wires.release(*AT[key])
        assert eventually(lambda key=key: edges(heard)[-1:] == [(key, False)])
    assert wires.driven_high == []


def test_three_corners_of_a_rectangle_call_nobody_at_the_fourth(wires, listen):
    _, heard = listen()
    for key in ("1", "3"):
        wires.press(*AT[key])
        assert eventually(lambda key=key: edges(heard)[-1:] == [(key, True)])
    wires.press(*AT["clear"])  # now NEXT, the fourth corner, reads as down
    wires.release(*AT["1"])  # and the picture is plain again
    assert eventually(lambda: ("1", False) in edges(heard))
    assert eventually(lambda: ("clear", True) in edges(heard))
    assert ("next", True) not in edges(heard)


def test_a_matrix_key_that_bounces_five_times_in_fifty_milliseconds_is_one_press(wires, listen):
    keypad, heard = listen()
    for _ in range(5):
        wires.press(*AT["next"])
        time.sleep(0.005)
        wires.release(*AT["next"])
        time.sleep(0.005)
    wires.press(*AT["next"])
    assert eventually(lambda: edges(heard)[-1:] == [("next", True)])
    presses = Presses(keypad.quiet_s, keypad.long, long_s=0.8)
    meant = [presses.after_edge(edge.key, down=edge.down, at=edge.at) for edge in heard]
    assert meant.count(Key.NEXT) == 1


def test_a_key_of_a_matrix_held_down_when_the_desk_starts_is_no_press(wires):
    wires.press(*AT["next"])
    keypad, heard = MatrixKeypad(Matrix(ROWS, COLUMNS, KEYS), "matrix", 0.05, time.monotonic, wires), []
    keypad.start(heard.append)
    assert eventually(lambda: len(wires.pin(ROWS[0]).states) > 6)  # scanned more than once
    wires.press(*AT["0"])
    assert eventually(lambda: edges(heard) == [("0", True)])
    wires.release(*AT["next"])
    assert eventually(lambda: edges(heard) == [("0", True), ("next", False)])
    keypad.stop()


def test_an_idle_matrix_sleeps_until_a_column_falls(wires, listen):
    _, heard = listen()
    press(wires, heard, "5")
    assert eventually(lambda: idle(wires))
    wires.pin(ROWS[0]).clear_states()
    used_s = time.process_time()
    time.sleep(0.3)
    # A scan every 10 ms would have let the first row go thirty times.
    assert len(wires.pin(ROWS[0]).states) < 10
    assert time.process_time() - used_s < 0.25


def test_a_matrix_whose_pins_fail_is_a_fault_and_heals(wires, listen):
    _, heard = listen()
    wires.failure = OSError("the chip\nis gone")
    wires.press(*AT["5"])
    assert eventually(lambda: heard == [Fault("30 matrix", "30 matrix: the chip is gone")])
    wires.failure = None
    assert eventually(lambda: heard[1:] == [Fault("30 matrix", None)])
    heard.clear()
    wires.release(*AT["5"])
    assert eventually(lambda: edges(heard) == [("5", False)])
    press(wires, heard, "6")


def test_the_pins_of_a_matrix_are_free_after_the_keypad_has_stopped(wires, listen):
    for _ in range(2):
        keypad, _ = listen()
        keypad.stop()
        assert {wires.pin(pin).function for pin in (*ROWS, *COLUMNS)} == {"input"}


def test_a_pin_that_is_taken_is_named_with_its_wire(wires, listen):
    listen()
    with pytest.raises(BadKeypad, match=r"31 matrix\.columns\[0\] = 20: .*in use"):
        MatrixKeypad(Matrix([4, 22, 23, 24], [20, 25, 26], KEYS), "31 matrix", 0.05, time.monotonic, wires)
