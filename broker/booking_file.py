"""Reads a list of booked visits, as an office's calendar exports it: one line for each, nothing else is kept of it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from broker import booking_cells as cells
from broker.domain.booking import Booking
from broker.domain.office import Office

COLUMNS = ("code", "category", "time", "minutes")  # of a file without a line of headings
NEEDED = COLUMNS[:3]
MOST_LINES = 20_000

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "kod", "kod wizyty", "kod rezerwacji", "booking code", "pin"),
    "category": ("category", "matter", "service", "kategoria", "sprawa", "usługa", "rodzaj sprawy"),
    "date": ("date", "day", "data", "data wizyty", "dzień"),
    "time": ("time", "start", "booked_at", "termin", "godzina", "data i godzina", "początek"),
    "minutes": ("minutes", "duration", "minuty", "czas trwania"),
    "status": ("status", "stan"),
}
_COLUMN_OF = {heading: column for column, headings in HEADINGS.items() for heading in headings}


class BadBookings(ValueError):
    """The list cannot be taken in; `faults` has a line for each thing that is wrong."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class BookingList:
    """What a file says: visits from today on, the codes that it cancels, and how many lines are of days past."""

    booked: tuple[Booking, ...]
    cancelled: frozenset[str]
    past: int


@dataclass(frozen=True)
class _Visit:
    line: int
    booking: Booking
    cancelled: bool


def bookings_in(content: bytes, office: Office, now: datetime) -> BookingList:
    """Read a file; BadBookings says of every bad line which it is and what it should be."""
    visits: list[_Visit] = []
    faults: list[str] = []
    for line, row in _rows(_text(content)):
        try:
            visits.append(_visit(line, row, office, now))
        except ValueError as error:
            faults.append(f"line {line}: {error}")
    visits_of: dict[str, _Visit] = {}
    for visit in visits:
        if visit.cancelled:
            continue
        first = visits_of.setdefault(visit.booking.code, visit)
        if first.booking != visit.booking:
            faults.append(f"line {visit.line}: code {visit.booking.code} has another visit in line {first.line}")
    if faults:
        raise BadBookings(sorted(faults, key=_line_of))
    today = office.business_day(now)
    booked = [visit.booking for visit in visits_of.values()]
    ahead = tuple(booking for booking in booked if office.business_day(booking.booked_at) >= today)
    cancelled = frozenset(visit.booking.code for visit in visits if visit.cancelled) - visits_of.keys()
    return BookingList(ahead, cancelled, len(booked) - len(ahead))


def _text(content: bytes) -> str:
    """Return what the bytes say: UTF-8, or what an office's spreadsheet writes in its place."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", errors="replace")


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each line that holds anything, by its columns; BadBookings where nobody can say which is which."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: Sequence[str | None] = ()
    try:
        for row in reader:
            stripped = [cell.strip() for cell in row]
            if not any(stripped):
                continue
            if reader.line_num > MOST_LINES:
                raise BadBookings([f"line {reader.line_num}: a file should have at most {MOST_LINES} lines"])
            if not columns:
                columns, is_heading = _columns(stripped, reader.line_num)
                if is_heading:
                    continue
            yield reader.line_num, _by_column(columns, stripped)
    except csv.Error as error:
        raise BadBookings([f"line {reader.line_num}: {error}"]) from None
    if not columns:
        raise BadBookings(["line 1: should name the columns code, category and time; the file is empty"])


def _columns(first: Sequence[str], line: int) -> tuple[Sequence[str | None], bool]:
    """Return what each column is, and whether the first line says so itself."""
    named = [_COLUMN_OF.get(cell.casefold()) for cell in first]
    if not any(named):
        try:
            cells.code(first[0])
        except ValueError:
            raise BadBookings([f"line {line}: should name the columns code, category and time"]) from None
        return COLUMNS, False
    missing = [column for column in NEEDED if column not in named and not (column == "time" and "date" in named)]
    twice = sorted({column for column in named if column and named.count(column) > 1})
    if missing:
        raise BadBookings([f"line {line}: lacks the column {', '.join(missing)}"])
    if twice:
        raise BadBookings([f"line {line}: has the column {', '.join(twice)} twice"])
    return named, True


def _by_column(columns: Sequence[str | None], row: Sequence[str]) -> dict[str, str]:
    return {column: cell for column, cell in zip(columns, row, strict=False) if column}


def _visit(line: int, row: Mapping[str, str], office: Office, now: datetime) -> _Visit:
    """Read one line; ValueError says what is wrong with it."""
    code = cells.code(row.get("code", ""))
    if cells.is_cancelled(row.get("status", "")):
        return _Visit(line, Booking(code, "", now), cancelled=True)
    category = cells.category(row.get("category", ""), office)
    said = " ".join(part for part in (row.get("date", ""), row.get("time", "")) if part)
    local = cells.moment(said, office.time_zone)
    minutes = cells.minutes(row.get("minutes", ""))
    ahead = office.business_day(local) >= office.business_day(now)
    if ahead and not office.takes(office.categories[category], local):
        raise ValueError(f"time {said!r} is outside the hours of {category}")
    return _Visit(line, Booking(code, category, local.astimezone(UTC), minutes), cancelled=False)


def _line_of(fault: str) -> int:
    return int(fault.removeprefix("line ").partition(":")[0])
