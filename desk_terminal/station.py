"""One desk of the terminal: its keypads, what it knows, and the requests that follow from both."""

import math
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from broker.contract.bus import Bus

from . import view as views
from .face import Face, face
from .keypad import Edge, Fault, Heard, Keypad
from .keys import Key
from .press import after_press
from .presses import Presses
from .report import Report
from .sound import sound
from .view import NOTICE_S, Notice, View

# The state of a desk comes with the broker's health, or a little later; a desk without one is in no office.toml.
STATE_WITHIN_S = 3.0


class Station:
    """One desk: its keys become requests, and what the broker tells becomes what its keypads show and sound.

    `fresh_id` makes an id for each request. All of it runs in the terminal's one thread.
    """

    def __init__(
        self,
        view: View,
        language: str,
        keypads: Sequence[Keypad],
        long_press_s: float,
        bus: Bus,
        report: Report,
        fresh_id: Callable[[], str],
    ) -> None:
        self.view = view
        self._language = language
        self._keypads = keypads
        self._bus = bus
        self._report = report
        self._fresh_id = fresh_id
        self._presses = {keypad.name: Presses(keypad.quiet_s, keypad.long, long_press_s) for keypad in keypads}
        self._gone: set[str] = set()
        self._face: Face | None = None
        self._needless_until = math.inf  # until then nothing is amiss if the broker tells nothing of the desk

    @property
    def keypads(self) -> list[str]:
        """Return the names of its keypads."""
        return list(self._presses)

    @property
    def known(self) -> bool:
        """Return whether each of its keypads has been found, or missed, since the start."""
        return all(keypad.known for keypad in self._keypads)

    @property
    def due(self) -> float | None:
        """Return when `after_time` or `after_silence` has something to do, if ever."""
        times = [self.view.due, *(presses.due for presses in self._presses.values())]
        return min((time for time in times if time is not None), default=None)

    def start(self, heard: Heard) -> None:
        """Begin to listen to the keys."""
        self._show()
        for keypad in self._keypads:
            keypad.start(heard)

    def stop(self) -> None:
        """Let go of the keypads, and leave no word standing on a panel that will not be true for long."""
        self.become(views.after_link(replace(self.view, asking=None), linked=False))
        for keypad in self._keypads:
            keypad.stop()

    # -- what follows from what happens ------------------------------------------------------------------------

    def after_edge(self, edge: Edge, now: float) -> None:
        """Follow a key that went down or up."""
        key = self._presses[edge.keypad].after_edge(edge.key, down=edge.down, at=edge.at)
        if key is not None:
            self._press(key, now)

    def after_late_edge(self, edge: Edge, now: float) -> None:
        """Refuse a key that is old, or that may be, because nobody listened when it was pressed."""
        self._presses[edge.keypad].ignore(edge.key, edge.at)
        if edge.down:
            self.become(replace(self.view, notice=Notice("too_late", now + NOTICE_S)))

    def after_fault(self, fault: Fault) -> None:
        """Follow a keypad that is gone, or back."""
        self._presses[fault.keypad].forget()
        self._gone = self._gone - {fault.keypad} if fault.detail is None else self._gone | {fault.keypad}
        self.become(replace(self.view, keypad_fault=bool(self._gone)))

    def after_gone(self, now: float) -> None:
        """Say at once that the office does not have this desk any more."""
        self._needless_until = now
        self.become(replace(self.view, desk=None))
        self.after_time(now)

    def after_time(self, now: float) -> None:
        """Ask again, give up, or take back words, whose time has come; and wonder where the desk's state is."""
        self.become(views.after_time(self.view, now))
        if self.view.away or self.view.desk is not None:
            self._needless_until = now + STATE_WITHIN_S
        if self.view.unlisted != (now >= self._needless_until):
            self.become(replace(self.view, unlisted=not self.view.unlisted))
            self._report.after_desk(self.view.desk_id, known=not self.view.unlisted)

    def after_silence(self, now: float) -> None:
        """Let keys fire that were held long enough; only when every edge that came has been heard."""
        for presses in self._presses.values():
            for key in presses.after_time(now):
                self._press(key, now)

    def after_standstill(self) -> None:
        """Let no key fire that was held before time was lost."""
        for presses in self._presses.values():
            presses.forget()

    def _press(self, key: Key, now: float) -> None:
        self._report.count("presses")
        self.become(after_press(self.view, key, self._fresh_id(), now))

    # -- what is done about it ---------------------------------------------------------------------------------

    def become(self, view: View) -> None:
        """Take the next view: send a request that is new in it or due again, show and sound the rest."""
        before = self.view
        if view is before:
            return
        asking = view.asking
        if asking is not None and asking != before.asking:
            sent = self._bus.ask(asking.verb, asking.request)
            if not sent and asking.times == 1:
                view = views.after_unsent(view)
        self._count(before, view)
        self.view = view
        self._show()
        heard = sound(before, view)
        if heard is not None:
            for keypad in self._keypads:
                keypad.sound(heard)

    def _count(self, before: View, after: View) -> None:
        if after.unanswered and not before.unanswered:
            self._report.count("unanswered")
        if after.notice is not None and after.notice.refused and after.notice != before.notice:
            dropped = after.away or after.notice.word == "too_late"
            self._report.count("dropped" if dropped else "refused")

    def _show(self) -> None:
        shown = face(self.view, self._language)
        if shown != self._face:
            self._face = shown
            for keypad in self._keypads:
                keypad.show(shown)
