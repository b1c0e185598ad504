"""A desk terminal whose every key the test can press, whatever kind of keypad it has."""

import threading
import time

from desk_terminal.__main__ import main
from desk_terminal.panel import panel, panel_bytes
from tests.clients import eventually
from tests.journeys.programs import Program

SAME_KEY_S = 0.2  # who presses the same key sooner means one press


class DeskUnderHand:
    """The terminal of a desk: a process of its own, or a thread of the test where its wires are in the test."""

    def __init__(self, folder, url, desk, hand, more=""):
        self.name = f"desk-{desk}"
        self.hand = hand
        self._pressed_at = {}
        config = folder / f"{self.name}.toml"
        config.write_text(f'id = "{self.name}"\nmqtt = "{url}"\n{more}\n{hand.section}', encoding="utf-8")
        self._runs = InThread(config) if hand.in_process else InProcess(folder, self.name, config, hand)

    def __enter__(self):
        self._runs.start()
        return self

    def __exit__(self, *_):
        self._runs.close()
        self.hand.close()

    @property
    def panel(self):
        """Return what the clerk reads on a panel without Polish letters; where there is none, what it would say."""
        return self._runs.panel

    def reads(self, *lines):
        """Whether the clerk comes to read these lines, from the first one on; one may begin or end so."""
        return eventually(lambda: all(words in line for words, line in zip(lines, self.panel, strict=False)))

    def tap(self, key):
        """Press a key for as long as the keypad needs to see it."""
        time.sleep(max(0.0, self._pressed_at.get(key, 0.0) + SAME_KEY_S - time.monotonic()))
        self._pressed_at[key] = time.monotonic()
        before = self._runs.presses
        self.hand.down(key)
        if self.hand.in_process:
            assert eventually(lambda: self._runs.presses == before + 1), key
            self.hand.up(key)
            assert eventually(self.hand.at_rest)

    def type(self, characters):
        for key in characters:
            self.tap(key)


class InThread:
    """`main()` in a thread of the test."""

    def __init__(self, config):
        self._config = config

    def start(self):
        terminals = []
        self._thread = threading.Thread(target=main, args=(["--config", str(self._config)], terminals.append))
        self._thread.start()
        assert eventually(lambda: terminals or not self._thread.is_alive())
        (self._terminal,) = terminals

    @property
    def panel(self):
        (station,) = self._terminal.stations.values()
        first, second, _ = panel_bytes(panel(station.view, "pl"), "ascii").decode().split("\n")
        return first, second

    @property
    def presses(self):
        """Return how many presses the terminal has counted."""
        return self._terminal._report._counts["presses"]

    def close(self):
        self._terminal.stop()
        self._thread.join(15)
        assert not self._thread.is_alive()


class InProcess(Program):
    """`python -m desk_terminal`."""

    presses = 0

    def __init__(self, folder, name, config, hand):
        super().__init__(name, folder)
        self._config = config
        self._hand = hand

    def words(self):
        return ["desk_terminal", "--config", self._config]

    @property
    def panel(self):
        return self._hand.panel
