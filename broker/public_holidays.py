"""The public holidays of a country, as the library `holidays` knows them.

The library's own entrance imports the calendars of all 250 countries, which on a Raspberry Pi costs half a second and
8 MB at every start. So one country's module is loaded by its file, past the package that would import the others.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path

import holidays
from holidays.registry import COUNTRIES

YEARS_KEPT = 4


@dataclass(frozen=True)
class PublicHolidays(Container[date]):
    """All public holidays of a country, by its two-letter code; each year is worked out when it is first asked for."""

    country: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _of_year(self.country, day.year)


def public_holidays(country: str) -> PublicHolidays:
    """Return the calendar of a country like `PL`; LookupError where there is none."""
    _calendar_of(country)
    return PublicHolidays(country)


@lru_cache(YEARS_KEPT)
def _of_year(country: str, year: int) -> frozenset[date]:
    return frozenset(_calendar_of(country)(years=year))


@cache
def _calendar_of(country: str) -> type[holidays.HolidayBase]:
    for module_name, (class_name, code, *_) in COUNTRIES.items():
        if code == country:
            spec = PathFinder.find_spec(module_name, [str(Path(holidays.__path__[0], "countries"))])
            assert spec is not None
            assert spec.loader is not None
            module = module_from_spec(spec)
            spec.loader.exec_module(module)
            calendar: type[holidays.HolidayBase] = getattr(module, class_name)
            return calendar
    raise LookupError(country)
