"""What a press leads to: a character is typed, a number is chosen, or the broker is asked. Pure: the time comes in.

A key that cannot be asked for now is refused: nothing is kept to be sent later, because a NEXT pressed a minute ago
must not call anyone.
"""

from msgspec.structs import replace

from .keys import Key
from .panel import choices_shown
from .typed import FORGOTTEN_S, TYPED_MOST, Unclear, order
from .view import CHOICES_S, NOTICE_S, Asking, Notice, Typed, View


def after_press(view: View, key: Key, request_id: str, now: float) -> View:
    """Follow a key that was pressed; while the broker is away, or an answer awaited, it is refused."""
    if view.away:
        return replace(view, notice=Notice("no_connection", now + NOTICE_S))
    offer, chosen = view.notice if view.notice and view.notice.choices else None, view.chosen
    view = replace(view, chosen=None)
    if key is Key.CLEAR:
        return replace(view, typed=None, notice=None)
    if chosen is not None and key is chosen.key:
        return view
    if key.typed:
        picked = _picked(offer, key)
        if offer is None or offer.key is None or not picked:
            return _after_character(view, key, now)
        view = replace(view, typed=None, chosen=replace(offer, until=now + NOTICE_S))
        return _after_order(view, offer.key, picked, request_id, now)
    return _after_order(view, key, view.typed.text if view.typed else "", request_id, now)


def _picked(offer: Notice | None, key: Key) -> str:
    """Return the number that a digit picks from those that the panel offers; empty if it picks none."""
    n = int(key) if key.isdecimal() else 0
    return offer.choices[n - 1] if offer is not None and 1 <= n <= choices_shown(offer.choices) else ""


def _after_character(view: View, key: Key, now: float) -> View:
    text = (view.typed.text if view.typed else "") + key
    if len(text) > TYPED_MOST:
        return replace(view, notice=Notice("too_long", now + NOTICE_S))
    return replace(view, typed=Typed(text, now + FORGOTTEN_S), notice=None)


def _after_order(view: View, key: Key, typed: str, request_id: str, now: float) -> View:
    if view.asking is not None:
        return replace(view, notice=Notice("busy", now + NOTICE_S))
    wanted = order(key, typed, request_id, view.desk_id, view.desk, view.transfers)
    view = replace(view, typed=None)
    if isinstance(wanted, Unclear):
        until = now + (CHOICES_S if wanted.choices else NOTICE_S)
        return replace(view, notice=Notice(wanted.word, until, choices=wanted.choices, key=key))
    return replace(view, asking=Asking(wanted.verb, wanted.request, now, key=key), notice=None)
