"""An office: its matters, its desks, its classes of priority and its rules."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from .hours import Hours

Text = Mapping[str, str]  # language code -> words
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Group:
    """Matters that stand together on the kiosk's first screen."""

    id: str
    name: Text


@dataclass(frozen=True)
class Category:
    """A matter that residents come for.

    Its tickets carry the letter of their series, which begins at `first_number`: a series of its own, or the neutral
    one that it shares with others, whose letter may be none.
    """

    id: str
    group: str
    letter: str
    name: Text
    hint: Text = field(default_factory=dict)
    synonyms: Words = field(default_factory=dict)
    alternatives: Words = field(default_factory=dict)
    sign_language: Text = field(default_factory=dict)  # where the matter is explained in sign language
    first_number: int = 1
    promise_minutes: int | None = None
    daily_limit: int | None = None
    hours: Hours | None = None


@dataclass(frozen=True)
class Priority:
    """A class of residents whose tickets stand `head_start_minutes` earlier."""

    id: str
    head_start_minutes: int
    name: Text


@dataclass(frozen=True)
class Pause:
    """Why a clerk may be away from the desk."""

    id: str
    name: Text


@dataclass(frozen=True)
class Desk:
    """A desk, its own matters, and those that it takes as a stand-in with a handicap in minutes."""

    id: str
    label: Text
    serves: tuple[str, ...]
    stands_in: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def handicaps(self) -> dict[str, timedelta]:
        """Every category that the desk takes, and how much later its tickets stand here."""
        own = dict.fromkeys(self.serves, timedelta())
        return {category: timedelta(minutes=late) for category, late in self.stands_in.items()} | own


@dataclass(frozen=True)
class Office:
    """All that `office.toml` says, and the public `holidays` of its country."""

    name: Text
    time_zone: ZoneInfo
    languages: tuple[str, ...]
    groups: tuple[Group, ...]
    categories: Mapping[str, Category]
    priorities: Mapping[str, Priority]
    desks: Mapping[str, Desk]
    pauses: Mapping[str, Pause] = field(default_factory=dict)
    common_letter: str | None = None
    first_number: int = 1
    day_starts: time = time(4)
    double_press_s: float = 2
    undo_s: float = 10
    recalls_before_no_show: int = 3
    call_by_number: bool = False
    auto_call: bool = False
    stop_when_late: bool = False
    booking_early_minutes: int = 30
    booking_late_minutes: int = 10
    retention_days: int = 365
    hearing_loop: bool = False
    days_off: frozenset[date] = frozenset()
    holidays: Container[date] = frozenset()

    def business_day(self, now: datetime) -> date:
        """Return the day that `now` belongs to: until `day_starts` it is still yesterday's."""
        local = now.astimezone(self.time_zone)
        return local.date() - timedelta(days=1) if local.time() < self.day_starts else local.date()

    def takes(self, category: Category, now: datetime) -> bool:
        """Whether the matter's opening hours hold `now`; on a day off none do."""
        local = now.astimezone(self.time_zone)
        if local.date() in self.days_off:
            return False
        return category.hours is None or category.hours.open_at(local, holiday=local.date() in self.holidays)

    def open_time_left(self, category: Category, now: datetime) -> timedelta | None:
        """Return how long the matter is still open today, breaks not counted; None where it never closes."""
        if category.hours is None:
            return None
        local = now.astimezone(self.time_zone)
        return category.hours.left(local, holiday=local.date() in self.holidays)

    def is_on_time(self, booked_at: datetime, now: datetime) -> bool:
        """Whether somebody who checks in `now` has come in time for a visit booked for `booked_at`."""
        early, late = timedelta(minutes=self.booking_early_minutes), timedelta(minutes=self.booking_late_minutes)
        return booked_at - early <= now <= booked_at + late

    def head_start(self, priority: str | None) -> timedelta:
        """Return the head start of a priority class; none for ordinary tickets and classes no longer known."""
        known = self.priorities.get(priority) if priority else None
        return timedelta(minutes=known.head_start_minutes) if known else timedelta()

    @cached_property
    def desks_of(self) -> dict[str, tuple[str, ...]]:
        """Every category, and the desks that take it."""
        return {
            category: tuple(desk.id for desk in self.desks.values() if category in desk.handicaps)
            for category in self.categories
        }
