"""Hands on keypads of every kind: mock pins, pseudo-terminals, a device of uinput or recorded events.

Each kind has `section`, which wires its keys in desk.toml, and `down(key)` and `up(key)`; a keypad that cannot tell
when a key goes up sends all of it at `down`. `at_rest()` is whether the keypad has seen that all keys are up.
"""

import json
import os
import time

import evdev
from evdev import ecodes
from gpiozero import Device
from gpiozero.pins.mock import MockFactory

import desk_terminal.usb_keypad
from broker.rehearsal.keypad import Keypad
from broker.rehearsal.keypad_bus import KeypadBus
from tests.clients import eventually
from tests.desk_terminal.matrix_wires import MatrixFactory
from tests.desk_terminal.test_usb_keypad import Socket

ADDRESS = 7
PINS = range(28)


class PinHand:
    """Buttons between pins and ground."""

    in_process = True

    def __init__(self, keys, folder):
        self._at = dict(zip(keys, PINS, strict=False))
        assert len(self._at) == len(keys), "so many pins there are not"
        Device.pin_factory = self._pins = MockFactory()
        self.section = f"[gpio.keys]\n{_pairs(self._at)}"

    def down(self, key):
        self._pins.pin(self._at[key]).drive_low()

    def up(self, key):
        self._pins.pin(self._at[key]).drive_high()

    def at_rest(self):
        return True

    def close(self):
        self._pins.close()
        Device.pin_factory = None


class MatrixHand:
    """Keys at the crossings of eight rows and seven columns."""

    in_process = True

    def __init__(self, keys, folder):
        self._rows, columns = list(PINS[:8]), list(PINS[8:15])
        padded = [*keys, *[""] * (len(self._rows) * len(columns) - len(keys))]
        layout = [padded[at : at + len(columns)] for at in range(0, len(padded), len(columns))]
        self._at = {key: (row, column) for row, line in enumerate(layout) for column, key in enumerate(line)}
        Device.pin_factory = self._wires = MatrixFactory(self._rows, columns)
        self.section = f"[matrix]\nrows = {self._rows}\ncolumns = {columns}\nkeys = {json.dumps(layout)}\n"

    def down(self, key):
        self._wires.press(*self._at[key])

    def up(self, key):
        self._wires.release(*self._at[key])

    def at_rest(self):
        return all(self._wires.pin(row).function == "output" for row in self._rows)

    def close(self):
        self._wires.close()
        Device.pin_factory = None


class SerialHand:
    """A keypad that sends one byte for each key."""

    in_process = False
    sends, key_end = "bytes", b""

    def __init__(self, keys, folder, repeat_s=0.05):
        self._sent = dict(zip(keys, self._signs(keys), strict=True))
        self.keypad = Keypad(key_end=self.key_end)
        wiring = f'port = "{self.keypad.port}"\nsends = "{self.sends}"\nrepeat_s = {repeat_s}\n'
        self.section = f"[serial]\n{wiring}[serial.keys]\n{_pairs({sent: key for key, sent in self._sent.items()})}"

    def _signs(self, keys):
        return _signs(keys)

    @property
    def panel(self):
        return self.keypad.panel

    def down(self, key):
        self.keypad.press(self._sent[key])

    def up(self, key):
        """Tell nobody, as such keypads do."""

    def close(self):
        self.keypad.close()


class LinesHand(SerialHand):
    """A serial keypad that sends a line for each key."""

    sends, key_end = "lines", b"\r\n"

    def _signs(self, keys):
        return [f"KEY {key.upper()}" for key in keys]


class BusHand:
    """A keypad of our own line protocol on RS-485, with a neighbour on the same line."""

    in_process = False

    def __init__(self, keys, folder):
        self._sent = dict(zip(keys, _signs(keys), strict=True))
        self.bus = KeypadBus([ADDRESS, ADDRESS + 1], time.monotonic)
        pairs = _pairs({sent: key for key, sent in self._sent.items()})
        self.section = f'[bus]\nport = "{self.bus.port}"\n[rs485]\naddress = {ADDRESS}\n[rs485.keys]\n{pairs}'

    @property
    def panel(self):
        return self.bus.keypads[ADDRESS].panel

    def down(self, key):
        assert eventually(lambda: self.bus.press(ADDRESS, self._sent[key])), "the keypad keeps more keys than it may"

    def up(self, key):
        """Tell nobody, as the protocol does."""

    def close(self):
        self.bus.close()


class UsbHand:
    """A USB keypad: a real device made with uinput, or recorded events where the machine cannot make one."""

    in_process = True

    def __init__(self, keys, folder):
        functions = iter(f"KEY_F{n}" for n in range(1, 25))
        self._sent = {key: f"KEY_{key}" if len(key) == 1 else next(functions) for key in keys}
        self._device = UinputSocket(self._sent.values()) if os.access("/dev/uinput", os.W_OK) else FifoSocket(folder)
        pairs = _pairs({sent: key for key, sent in self._sent.items()})
        self.section = f'[usb]\nport = "{self._device.port}"\n[usb.keys]\n{pairs}'

    def down(self, key):
        self._device.key(self._sent[key], 1)

    def up(self, key):
        self._device.key(self._sent[key], 0)

    def at_rest(self):
        return True

    def close(self):
        self._device.close()


class FifoSocket:
    """Events as they were recorded of a keypad, with evdev's own reading of them."""

    def __init__(self, folder):
        self._socket = Socket(folder, "1.3")
        self._socket.plug_in()
        self.port = self._socket.port
        self._grabbed = desk_terminal.usb_keypad.grabbed
        desk_terminal.usb_keypad.grabbed = self._socket.opened  # a file that is no device cannot be grabbed

    def key(self, name, value):
        self._socket.key(name, value, at=time.clock_gettime(time.CLOCK_BOOTTIME))

    def close(self):
        desk_terminal.usb_keypad.grabbed = self._grabbed
        if self._socket.listening:
            self._socket.unplug()


class UinputSocket:
    """A keypad that the kernel takes for a real one."""

    def __init__(self, names):
        codes = [ecodes.ecodes[name] for name in names]
        self._device = evdev.UInput({ecodes.EV_KEY: codes}, name="okienko test keypad")
        self.port = self._device.device.path

    def key(self, name, value):
        self._device.write(ecodes.EV_KEY, ecodes.ecodes[name], value)
        self._device.syn()

    def close(self):
        self._device.close()


def _pairs(table):
    return "".join(f"{json.dumps(name)} = {json.dumps(value)}\n" for name, value in table.items())


def _signs(keys):
    """Return a plain ASCII character for each key, from ! on."""
    return [chr(ord("!") + at) for at in range(len(keys))]
