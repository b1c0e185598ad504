"""The wires of a matrix keypad between gpiozero's mock pins: a pressed key joins its row to its column."""

import threading

from gpiozero.pins.mock import MockFactory, MockPin


class WiredPin(MockPin):
    """A mock pin that lets its matrix know what it drives; like lgpio's, it is low when it becomes an output."""

    def _set_function(self, value):
        with self.factory.lock:
            if self.factory.failure is not None:
                raise self.factory.failure
            super()._set_function(value)
            if value == "output":
                self._change_state(value=False)
            self.factory.settle()

    def _set_state(self, value):
        with self.factory.lock:
            super()._set_state(value)
            self.factory.settle()


class MatrixFactory(MockFactory):
    """Pins with a matrix of keys between them, without diodes, so that it shows ghosts as a real one does."""

    def __init__(self, rows, columns):
        super().__init__(pin_class=WiredPin)
        self.lock = threading.RLock()
        self.rows, self.columns = rows, columns
        self.pressed = set()
        self.driven_high = []
        self.failure = None  # raised by every pin, as lgpio does where the chip is gone

    def press(self, row, column):
        with self.lock:
            self.pressed.add((row, column))
            self.settle()

    def release(self, row, column):
        with self.lock:
            self.pressed.discard((row, column))
            self.settle()

    def settle(self):
        """Let every input follow the wires that it is joined to; a wire that nobody drives is pulled up."""
        made = {pin.info.name.removeprefix("GPIO"): pin for pin in self.pins.values()}
        pins = {number: made[str(number)] for number in (*self.rows, *self.columns) if str(number) in made}
        driven = {number for number, pin in pins.items() if pin.function == "output"}
        self.driven_high += [number for number in driven if pins[number].state]
        low = self._joined({number for number in driven if not pins[number].state})
        for number in pins.keys() - driven:
            pins[number].drive_low() if number in low else pins[number].drive_high()

    def _joined(self, wires):
        keys = [{self.rows[row], self.columns[column]} for row, column in self.pressed]
        while more := {wire for key in keys if key & wires for wire in key} - wires:
            wires |= more
        return wires
