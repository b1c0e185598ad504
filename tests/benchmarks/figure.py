"""One measured figure: always a ratio of two things taken in one interleaved run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`value` should be at most `goal` (at least, where `at_least`); `compared` says what was divided by what."""

    name: str
    value: float
    goal: float
    compared: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.goal if self.at_least else self.value <= self.goal
