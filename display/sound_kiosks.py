"""Hears from the kiosks in the room when they speak."""

from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from broker.contract import topics
from broker.contract.bus import Bus

from .speaker_patience import Patience


class _Kiosk(Struct, frozen=True):
    """What matters here of a device's health."""

    status: Literal["up", "degraded", "down"]
    speaking: bool = False


_decode = msgspec.json.Decoder(_Kiosk).decode


def listen_to_kiosks(bus: Bus, kiosks: Sequence[str], patience: Patience) -> None:
    """Tell `patience` of every device that speaks, or of these kiosks alone."""

    def hear(topic: str, payload: bytes) -> None:
        try:
            kiosk = _decode(payload)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return  # whoever watches the health of the hall counts it
        # What died in the middle of a word is down, and speaks no more.
        patience.hear(topic, speaking=kiosk.speaking and kiosk.status != "down")

    for topic in map(topics.health, kiosks) if kiosks else [topics.ALL_HEALTH]:
        bus.watch_raw(topic, hear)
