"""docs/office.md explains every key of office.toml, and its example and errors are real."""

import re
from dataclasses import fields

import pytest

from broker.domain import office as domain
from broker.domain.office_file import BadOffice, office_from_toml
from broker.public_holidays import public_holidays
from tests.docs.pages import page, section

# What a key of office.toml is called where the office keeps it under another name, or works it out.
KEY_OF_FIELD = {"hours": "open", "holidays": "country"}
# What stands in tables of its own.
TABLES_OF_OFFICE = {"groups", "categories", "priorities", "pauses", "desks"}

TABLES = {
    "`[office]`": domain.Office,
    "`[[group]]`: the first screen of the kiosk": domain.Group,
    "`[[category]]`: a matter that residents come for": domain.Category,
    "`[[priority]]`: who is helped earlier": domain.Priority,
    "`[[pause]]`: why a clerk may be away": domain.Pause,
    "`[[desk]]`": domain.Desk,
}


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_of_the_office_is_explained_in_its_table(heading):
    keys = {KEY_OF_FIELD.get(field.name, field.name) for field in fields(TABLES[heading])} - TABLES_OF_OFFICE
    assert keys == set(re.findall(r"^\| `(\w+)` \|", section(page("office.md"), heading), re.MULTILINE))


def example_office():
    return re.search(r"```toml\n(.*?)```", page("office.md"), re.DOTALL)[1]


def test_the_office_on_the_page_is_one_that_the_broker_takes():
    office = office_from_toml(example_office(), "docs/office.md", public_holidays)
    assert office.name["pl"] == "Urząd Gminy Lipowo"
    assert {"1", "2"} == set(office.desks)
    assert [category.letter for category in office.categories.values()] == ["D", "W", "U", "K", "K"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("promise_minutes", "promised_minutes"),
        ('id = "2"', 'id = "1"'),
        ('letter = "W"', 'letter = "D"'),
        ('letter = "W"', 'letter = "w"'),
        ('common_letter = "K"\n', ""),
        ('letter = "W"', 'letter = "K"'),
        ('id = "enforcement"', 'id = "enforcement"\nfirst_number = 500'),
        ('common_letter = "K"', 'common_letter = "k"'),
        ('days_off = ["2026-12-31"]', 'days_off = ["31.12.2026"]'),
        ('days_off = ["2026-12-31"]', 'country = "POL"'),
        ('serves = ["id-cards"]', 'serves = ["passports"]'),
        ('serves = ["id-cards"]\nstands_in = { filing = 10 }', "serves = []"),
        ('label = { pl = "Stanowisko 1", en', "label = { en"),
        ('en = "Identity cards"', 'de = "Ausweise"'),
        ('mon-thu = ["07:30-12:00", "12:30-15:30"]', 'mon-fri = ["9-12"]'),
        ("Europe/Warsaw", "Europe/Lipowo"),
        ('time_zone = "Europe/Warsaw"\n', ""),
        ("daily_limit = 120", "daily_limit = 0"),
        ("daily_limit = 120", "daily_limit = "),
    ],
)
def test_a_mistake_in_that_office_reads_as_the_page_says(right, wrong):
    example = example_office()
    assert right in example
    with pytest.raises(BadOffice) as refused:
        office_from_toml(example.replace(right, wrong), "office.toml", public_holidays)
    what = re.sub(r":\d+:", ":N:", f"    okienko-broker: {refused.value}\n")
    assert what in re.sub(r":\d+:", ":N:", page("office.md"))
