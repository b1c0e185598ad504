"""A clerk at a real terminal, who goes by what the keypad's panel says and by nothing else."""

import threading
import time

from tests.journeys.programs import KeypadDesk

QUIET_S = 0.05  # a keypad that is pressed again so soon counts as held down
PATIENCE_S = 10.0
# What the panel says -> the keys that a clerk may press then; at anything else they wait.
KEYS = {
    ("ZAMKNIETE", 0): "O",
    ("WOLNE", 0): "N",
    (" WEZWANY", 0): "NNNSSSXR",
    (" W OBSLUDZE", 0): "NNF",
    ("WEZWANY PONOWNIE", 1): "NS",
    ("NIEOBECNOSC", 1): "N",
}


class PressingClerk:
    """A desk terminal with a keypad and a thread that presses its keys; `called` are the numbers that it showed."""

    def __init__(self, folder, url, desk, chance, closing):
        self.desk = desk
        self.terminal = KeypadDesk(folder, url, desk, f"repeat_s = {QUIET_S}")
        self.called = []
        self._chance = chance
        self._closing = closing
        self._thread = threading.Thread(target=self._work)

    def start(self):
        self.terminal.keypad.when_shown = self._read
        self.terminal.start()
        self._thread.start()

    def finish(self):
        """Return when the last press has had its effect; the thread ends once `closing` is set."""
        self._thread.join(60)
        assert not self._thread.is_alive(), "a clerk waits for ever"

    def close(self):
        self.terminal.close()

    def _read(self, panel):
        number, _, word = panel[0].partition(" ")
        if word == "WEZWANY" and self.called[-1:] != [number]:
            self.called.append(number)

    def _work(self):
        keypad = self.terminal.keypad
        while not self._closing.is_set():
            panel = keypad.panel
            keys = next((keys for (words, line), keys in KEYS.items() if panel[line].endswith(words)), "")
            if keys:
                keypad.press(self._chance.choice(keys))
                until = time.monotonic() + PATIENCE_S
                while keypad.panel == panel and time.monotonic() < until:
                    time.sleep(0.005)
            self._closing.wait(QUIET_S + self._chance.uniform(0.01, 0.05))
