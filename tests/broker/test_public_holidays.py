"""Public holidays: those of Poland as its law has them, and without the calendars of everybody else."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from broker.domain.office_file import BadOffice, office_from_toml
from broker.office_on_disk import read_office
from broker.public_holidays import public_holidays
from tests.builders import SAMPLE_OFFICE

SAMPLE = SAMPLE_OFFICE.read_text(encoding="utf-8")
POLAND = public_holidays("PL")
HOURS = 'open = { mon-fri = ["07:30-15:30"] }'
CARDS = 'id = "id-cards"\n'


def days_of(year):
    return [date(year, 1, 1) + timedelta(days=later) for later in range(365)]


def office_with(hours=HOURS, rules=""):
    """Read the sample office with hours for identity cards, and other rules of its own."""
    text = SAMPLE.replace(CARDS, f"{CARDS}{hours}\n").replace('country = "PL"\n', f"{rules}\n")
    return office_from_toml(text, "office.toml", public_holidays)


def takes_cards(office, day, hour=10):
    now = datetime.combine(day, datetime.min.time(), office.time_zone).replace(hour=hour)
    return office.takes(office.categories["id-cards"], now.astimezone(UTC))


def test_the_holidays_of_2026_are_those_of_the_polish_law():
    assert [f"{day:%m-%d}" for day in days_of(2026) if day in POLAND] == [
        "01-01", "01-06", "04-05", "04-06", "05-01", "05-03", "05-24", "06-04", "08-15", "11-01", "11-11", "12-24",
        "12-25", "12-26",
    ]  # fmt: skip


@pytest.mark.parametrize(("year", "free"), [(2024, False), (2025, True), (2026, True), (2030, True)])
def test_christmas_eve_is_free_since_2025(year, free):
    assert (date(year, 12, 24) in POLAND) is free


@pytest.mark.parametrize(("year", "monday", "corpus_christi"), [(2025, (4, 21), (6, 19)), (2027, (3, 29), (5, 27))])
def test_feasts_that_move_with_easter_are_found_in_every_year(year, monday, corpus_christi):
    assert date(year, *monday) in POLAND
    assert date(year, *corpus_christi) in POLAND


def test_a_broker_that_runs_over_new_year_knows_the_holidays_of_the_new_one():
    office = office_with()
    assert not takes_cards(office, date(2026, 12, 25))
    assert takes_cards(office, date(2026, 12, 28))
    assert not takes_cards(office, date(2027, 1, 1))
    assert takes_cards(office, date(2027, 1, 4))
    assert not takes_cards(office, date(2027, 1, 6))


def test_a_matter_with_hours_is_closed_on_a_holiday_unless_it_has_hours_for_it():
    independence_day = date(2026, 11, 11)
    assert not takes_cards(office_with(), independence_day)
    short = office_with('open = { mon-fri = ["07:30-15:30"], holidays = ["09:00-11:00"] }')
    assert [takes_cards(short, independence_day, hour) for hour in (8, 10, 12)] == [False, True, False]


def test_a_matter_without_hours_stays_open_on_a_holiday_but_not_on_a_day_off():
    office = office_with("", 'days_off = ["2026-12-31"]')
    assert takes_cards(office, date(2026, 11, 11))
    assert not takes_cards(office, date(2026, 12, 31))


def test_an_office_without_a_country_has_no_holidays_and_one_that_names_none_has_those_of_poland():
    assert takes_cards(office_with(rules='country = ""'), date(2026, 11, 11))
    assert not takes_cards(office_with(rules=""), date(2026, 11, 11))


def test_an_office_may_be_elsewhere():
    office = office_with(rules='country = "DE"')
    assert takes_cards(office, date(2026, 11, 11))
    assert not takes_cards(office, date(2026, 12, 25))


@pytest.mark.parametrize("country", ["XX", "pl", "POL", "Polska", "P L", "poland"])
def test_a_country_that_nobody_knows_is_one_line(country):
    with pytest.raises(BadOffice) as wrong:
        office_with(rules=f'country = "{country}"')
    line = SAMPLE[: SAMPLE.index('country = "PL"')].count("\n") + 1
    assert str(wrong.value) == (
        f'office.toml:{line}: office.country should be a code like "PL", or "" for no public holidays'
    )


def test_two_readings_of_the_same_file_give_equal_offices():
    assert read_office(SAMPLE_OFFICE) == read_office(SAMPLE_OFFICE)
    assert read_office(SAMPLE_OFFICE) != office_with("", 'country = "DE"')


def test_no_start_waits_for_the_calendars_of_other_countries():
    program = (
        "import sys, datetime; from broker.public_holidays import public_holidays;"
        "print(datetime.date(2026, 5, 3) in public_holidays('PL'), 'holidays.countries' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["True", "False"]
