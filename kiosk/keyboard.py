"""The USB keyboard or keypad: every key of it belongs to the kiosk, and none to the desktop or to Kivy."""

from collections.abc import Callable, Mapping

from kivy.core.window import Window

from .key_names import codes
from .keystrokes import Keystrokes
from .scanner import Scanner


class Keyboard:
    """Tells `when_pressed` what a key is for; a key with no meaning here does nothing at all.

    `when_scanned` hears what a scanner has typed, whose Enter chooses nothing: a code, or "" for what is none.
    `keys` gives the names of the keys for each meaning, as `kiosk.key_names` reads them; `strokes` and `clock` tell
    which of their strokes count.
    """

    def __init__(
        self,
        keys: Mapping[str, str],
        when_pressed: Callable[[str], None],
        when_scanned: Callable[[str], None],
        strokes: Keystrokes,
        clock: Callable[[], float],
    ) -> None:
        self._meanings = {code: meaning for meaning, names in keys.items() for code in codes(names)}
        self._when_pressed = when_pressed
        self._when_scanned = when_scanned
        self._scanner = Scanner()
        self._strokes = strokes
        self._clock = clock

    def start(self) -> None:
        """Listen to the window."""
        Window.bind(on_key_down=self._down, on_key_up=self._up)

    def stop(self) -> None:
        """Listen no more."""
        Window.unbind(on_key_down=self._down, on_key_up=self._up)

    def _down(self, _window: object, key: int, *_: object) -> bool:
        """Take the key, so that nobody else hears of it."""
        now = self._clock()
        counts = self._strokes.down(key, now)
        if (scan := self._scanner.struck(key, now)) is not None:
            if not scan.echo:
                self._when_scanned(scan.code)
        elif counts and (meaning := self._meanings.get(key)) is not None:
            self._when_pressed(meaning)
        return True

    def _up(self, _window: object, key: int, *_: object) -> None:
        self._strokes.up(key)
