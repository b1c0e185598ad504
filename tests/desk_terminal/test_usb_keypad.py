"""USB keypads: recorded events, read by evdev from a FIFO in place of the device file; a real one if it can be."""

import os
import struct
import time

import evdev
import pytest
from evdev import ecodes
from evdev.eventio import EventIO

from desk_terminal.keypad import BadKeypad, Edge, Fault
from desk_terminal.keys import Key
from desk_terminal.presses import Presses
from desk_terminal.usb_keypad import UsbKeypad
from desk_terminal.wiring import Usb
from tests.desk_terminal.doubles import eventually

INPUT_EVENT = struct.Struct("llHHi")  # struct input_event of linux/input.h


class EventsInFile(EventIO):
    """evdev's own reading of events, of a file that is no device and so cannot be grabbed."""

    def __init__(self, port):
        self.fd = os.open(port, os.O_RDONLY | os.O_NONBLOCK)

    def close(self):
        os.close(self.fd)


class Socket:
    """One USB socket: a link that keeps its name, as udev makes it, and the keypad that is plugged into it."""

    def __init__(self, folder, name):
        self.port = folder / f"platform-usb-0:{name}:1.0-event-kbd"
        self._fifo = folder / f"event-{name}"
        self._end = None

    def plug_in(self):
        os.mkfifo(self._fifo)
        self.port.symlink_to(self._fifo)

    def opened(self, port):
        device = EventsInFile(port)
        if self._end is None:
            self._end = os.open(self._fifo, os.O_WRONLY)
        return device

    def unplug(self):
        self.port.unlink()
        self._fifo.unlink()
        os.close(self._end)
        self._end = None

    @property
    def listening(self):
        return self._end is not None

    def send(self, *events, at=None):
        """Send events (type, code, value) as the kernel does, all of one instant."""
        seconds, part = divmod(time.monotonic() if at is None else at, 1)
        os.write(self._end, b"".join(INPUT_EVENT.pack(int(seconds), int(part * 1e6), *event) for event in events))

    def key(self, name, value, at=None):
        """Send what a real keypad sends for a key: its scan code, the key and the end of the report."""
        code = ecodes.ecodes[name]
        scanned = (ecodes.EV_MSC, ecodes.MSC_SCAN, 0x70000 + code)
        self.send(scanned, (ecodes.EV_KEY, code, value), (ecodes.EV_SYN, ecodes.SYN_REPORT, 0), at=at)


@pytest.fixture
def sockets(tmp_path):
    sockets = [Socket(tmp_path, "1.3"), Socket(tmp_path, "1.4")]
    for one in sockets:
        one.plug_in()
    yield sockets
    for one in sockets:
        if one.listening:
            one.unplug()


@pytest.fixture
def listen():
    """Start a keypad at a socket; the list fills with what it hears."""
    running = []

    def listen(socket, name="usb", **wired):
        keypad, heard = UsbKeypad(Usb(str(socket.port), **wired), name, 0.05, socket.opened), []
        running.append(keypad)
        keypad.start(heard.append)
        return keypad, heard

    yield listen
    for keypad in running:
        keypad.stop()


def pressed(heard):
    return [event.key.value for event in heard if isinstance(event, Edge) and event.down]


def test_the_keys_of_a_numeric_keypad_type_a_number_and_call_it(sockets, listen):
    socket = sockets[0]
    keypad, heard = listen(socket, long={"next": "undo"})
    assert eventually(lambda: socket.listening)
    for name in ("KEY_KP0", "KEY_KP1", "KEY_KP7", "KEY_KPSLASH", "KEY_KPENTER"):
        socket.key(name, 1)
        socket.key(name, 0)
    assert eventually(lambda: len(heard) == 10)
    assert pressed(heard) == ["0", "1", "7", "call", "next"]
    assert [event.down for event in heard] == [True, False] * 5
    assert keypad.long == {Key.NEXT: Key.UNDO}


def test_a_key_that_is_held_and_repeated_by_the_keyboard_is_one_press(sockets, listen):
    socket = sockets[0]
    _, heard = listen(socket)
    assert eventually(lambda: socket.listening)
    socket.key("KEY_KPENTER", 1)
    for _ in range(30):
        socket.key("KEY_KPENTER", 2)
    socket.key("KEY_KPENTER", 0)
    assert eventually(lambda: len(heard) == 2)
    assert [event.down for event in heard] == [True, False]


def test_keys_that_mean_nothing_are_ignored(sockets, listen):
    socket = sockets[0]
    _, heard = listen(socket, keys={"KEY_KP1": "1"})
    assert eventually(lambda: socket.listening)
    for name in ("KEY_NUMLOCK", "KEY_KPENTER", "KEY_KP1"):
        socket.key(name, 1)
    assert eventually(lambda: pressed(heard) == ["1"])
    assert len(heard) == 1


def test_an_edge_is_as_old_as_the_kernel_says_however_late_it_is_read(sockets, listen):
    socket = sockets[0]
    _, heard = listen(socket)
    assert eventually(lambda: socket.listening)
    socket.key("KEY_KPENTER", 1, at=1000.25)
    assert eventually(lambda: heard == [Edge("usb", Key.NEXT, down=True, at=1000.25)])


def test_a_usb_key_that_bounces_five_times_in_fifty_milliseconds_is_one_press(sockets, listen):
    socket = sockets[0]
    keypad, heard = listen(socket)
    assert eventually(lambda: socket.listening)
    for n in range(10):
        socket.key("KEY_KPENTER", (n + 1) % 2, at=1000 + n * 0.005)
    assert eventually(lambda: len(heard) == 10)
    presses = Presses(keypad.quiet_s, keypad.long, long_s=0.8)
    meant = [presses.after_edge(edge.key, down=edge.down, at=edge.at) for edge in heard]
    assert meant.count(Key.NEXT) == 1


def test_two_identical_keypads_are_told_apart_by_their_ports(sockets, listen):
    left, right = sockets
    _, heard_left = listen(left, "30 usb")
    _, heard_right = listen(right, "31 usb")
    assert eventually(lambda: left.listening and right.listening)
    right.key("KEY_KP1", 1)
    left.key("KEY_KP2", 1)
    assert eventually(lambda: pressed(heard_left) == ["2"] and pressed(heard_right) == ["1"])
    assert {edge.keypad for edge in heard_left + heard_right} == {"30 usb", "31 usb"}


def test_a_usb_keypad_plugged_in_again_is_found_within_two_seconds(sockets, listen):
    socket = sockets[0]
    _, heard = listen(socket)
    for _ in range(2):
        assert eventually(lambda: socket.listening)
        socket.unplug()
        assert eventually(lambda: heard and heard[-1] == Fault("usb", f"{socket.port}: not plugged in"))
        socket.plug_in()
        plugged = time.monotonic()
        assert eventually(lambda: heard[-1] == Fault("usb", None))
        assert time.monotonic() - plugged < 2
    socket.key("KEY_KPENTER", 1)
    assert eventually(lambda: pressed(heard) == ["next"])
    assert len(heard) == 5


def test_a_file_that_is_no_keypad_is_a_fault_and_no_crash(tmp_path):
    (tmp_path / "file").write_text("")
    keypad, heard = UsbKeypad(Usb(str(tmp_path / "file")), "usb", 0.05), []
    keypad.start(heard.append)
    assert eventually(lambda: heard)
    assert heard[0].detail.startswith(f"{tmp_path}/file: ")
    keypad.stop()


def test_a_key_that_linux_does_not_know_is_refused_at_the_start(tmp_path):
    with pytest.raises(BadKeypad, match=r"30 usb\.keys: 'KEY_KPNEXT' is no key that Linux knows"):
        UsbKeypad(Usb("/dev/input/by-path/x", keys={"KEY_KPNEXT": "next"}), "30 usb", 0.05)


@pytest.mark.skipif(not os.access("/dev/uinput", os.W_OK), reason="no /dev/uinput to make a keypad with")
def test_a_keypad_of_the_kernel_is_grabbed_and_heard():
    with evdev.UInput({ecodes.EV_KEY: [ecodes.KEY_KPENTER]}, name="okienko test keypad") as device:
        assert eventually(lambda: os.access(device.device.path, os.R_OK))
        keypad, heard = UsbKeypad(Usb(device.device.path), "usb", 0.05), []
        keypad.start(heard.append)
        with pytest.raises(OSError, match="busy"):
            eventually(lambda: device.device.grab() or device.device.ungrab())
        device.write(ecodes.EV_KEY, ecodes.KEY_KPENTER, 1)
        device.syn()
        assert eventually(lambda: pressed(heard) == ["next"])
        assert abs(heard[0].at - time.monotonic()) < 5
        keypad.stop()
