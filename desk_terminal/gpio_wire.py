"""One device on a pin of the header; and the one line that says why it cannot be there."""

from collections.abc import Callable
from typing import TypeVar

import gpiozero

from .keypad import BadKeypad

Device = TypeVar("Device", bound=gpiozero.GPIODevice)


def wired(place: str, pin: int, device: Callable[..., Device], **how: object) -> Device:
    """Make gpiozero's `device` on `pin`; `place` is where desk.toml names the pin, for BadKeypad's one line."""
    try:
        return device(pin, **how)
    except Exception as error:  # what lgpio raises is its own and nothing more
        raise BadKeypad(f"{place} = {pin}: {' '.join(str(error).split())}") from error
