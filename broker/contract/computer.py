"""What is wrong with the computer itself: too warm, or too little voltage, as a Raspberry Pi's kernel tells."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from .messages import Problem

# The Pi slows itself down from 80 degrees on; below 75 it is well again.
TOO_WARM_C, COOL_AGAIN_C = 80.0, 75.0
LOOK_EVERY_S = 10.0
# Voltage drops for moments, with a motor or a printer; a lamp that is on for so short is seen by nobody.
REMEMBER_S = 600.0


class Computer:
    """Looks at the sensors of `/sys` now and then; where there are none, nothing is wrong.

    `clock` counts seconds steadily, `now` is for the people who read it.
    """

    def __init__(
        self,
        root: Path = Path("/sys"),
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
    ) -> None:
        self._root = root
        self._clock = clock
        self._now = now
        self._looked_at: float | None = None
        self._low_until = 0.0
        self._problems: dict[str, Problem] = {}

    def problems(self) -> list[Problem]:
        """Return what is wrong, in plain words."""
        now_s = self._clock()
        if self._looked_at is None or now_s - self._looked_at >= LOOK_EVERY_S:
            self._looked_at = now_s
            self._tell("temperature", self._too_warm())
            self._tell("under_voltage", self._too_low(now_s))
        return list(self._problems.values())

    def _tell(self, code: str, detail: str | None) -> None:
        known = self._problems.pop(code, None)
        if detail is not None:
            self._problems[code] = Problem(code, detail, known.since if known else self._now())

    def _too_warm(self) -> str | None:
        warmest = max(self._temperatures(), default=0.0)
        limit = COOL_AGAIN_C if "temperature" in self._problems else TOO_WARM_C
        # Told in steps of five degrees: health is not told anew for each.
        return f"the computer is {warmest // 5 * 5:.0f} °C warm or more and slows down" if warmest >= limit else None

    def _too_low(self, now_s: float) -> str | None:
        if any(_number(alarm) for alarm in self._voltage_alarms()):
            self._low_until = now_s + REMEMBER_S
        return "the power supply gives too little voltage" if now_s < self._low_until else None

    def _temperatures(self) -> Iterator[float]:
        for zone in self._root.glob("class/thermal/thermal_zone*/temp"):
            yield _number(zone) / 1000

    def _voltage_alarms(self) -> Iterator[Path]:
        for name in self._root.glob("class/hwmon/hwmon*/name"):
            if _text(name) == "rpi_volt":
                yield name.with_name("in0_lcrit_alarm")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _number(path: Path) -> int:
    text = _text(path)
    return int(text) if text.lstrip("-").isdigit() else 0
