"""Phrases rendered before they are needed, and kept for the next call that needs them.

Theory of operation. What is needed now goes before what is only likely: each has threads of its own, the likely ones
wait while anything is needed, and a likely phrase that is needed before its turn changes over. The least recently used
are forgotten, so that memory stays bounded.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, NamedTuple, TypeVar

from .voice_samples import Speech

# Of 80 kB each: all desks and two numbers of every series, in four languages.
KEPT_MOST = 320
# A sentence in each of four languages.
AT_ONCE = 4
# However long something else is needed, what is likely gets its turn.
GIVES_WAY_S = 2.0

P = TypeVar("P", bound=Hashable)


class _Rendering(NamedTuple):
    """One phrase on its way, or done."""

    speech: Future[Speech]
    needed: bool


class Ahead(Generic[P]):
    """A bounded store of rendered phrases. `render(phrase, in_no_hurry)` is called from its threads."""

    def __init__(self, render: Callable[[P, bool], Speech], kept_most: int = KEPT_MOST) -> None:
        self._render = render
        self._kept_most = kept_most
        self._needed = ThreadPoolExecutor(AT_ONCE, "voice")
        self._likely = ThreadPoolExecutor(1, "voice-ahead")
        self._renderings: OrderedDict[P, _Rendering] = OrderedDict()
        self._lock = threading.Lock()
        self._open_needs = 0
        self._at_leisure = threading.Event()
        self._at_leisure.set()

    def need(self, phrase: P) -> Future[Speech]:
        """Return a phrase that will be spoken; one that failed before is rendered afresh."""
        with self._lock:
            known = self._renderings.pop(phrase, None)
            if known is None or _failed(known.speech) or (not known.needed and known.speech.cancel()):
                known = _Rendering(self._needed.submit(self._render_now, phrase), needed=True)
                self._open_needs += 1
                self._at_leisure.clear()
            self._renderings[phrase] = known._replace(needed=True)
            self._forget_the_oldest()
            return known.speech

    def expect(self, phrase: P) -> None:
        """Render a phrase that may be needed, when there is nothing better to do."""
        with self._lock:
            if phrase in self._renderings:
                self._renderings.move_to_end(phrase)
                return
            self._renderings[phrase] = _Rendering(self._likely.submit(self._render_at_leisure, phrase), needed=False)
            self._forget_the_oldest()

    def stop(self) -> None:
        """Render nothing more."""
        for renderer in (self._needed, self._likely):
            renderer.shutdown(wait=False, cancel_futures=True)

    def _render_now(self, phrase: P) -> Speech:
        try:
            return self._render(phrase, False)  # noqa: FBT003
        finally:
            with self._lock:
                self._open_needs -= 1
                if not self._open_needs:
                    self._at_leisure.set()

    def _render_at_leisure(self, phrase: P) -> Speech:
        self._at_leisure.wait(GIVES_WAY_S)
        return self._render(phrase, True)  # noqa: FBT003

    def _forget_the_oldest(self) -> None:
        while len(self._renderings) > self._kept_most:
            _, oldest = self._renderings.popitem(last=False)
            if not oldest.needed:
                oldest.speech.cancel()


def _failed(speech: Future[Speech]) -> bool:
    return speech.done() and (speech.cancelled() or speech.exception() is not None)
