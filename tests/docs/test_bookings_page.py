"""The chapter on booked visits shows a list that the broker takes, and the complaints that it really makes."""

import re
from datetime import UTC, datetime

import pytest

from broker.booking_file import HEADINGS, BadBookings, bookings_in
from broker.domain.office_file import office_from_toml
from tests.docs.pages import code_words, page, section

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
BAD = """\
Kod;Sprawa;Termin
48213;Dowody osobiste;24.11.2026 10:00
482914;Paszporty;24.11.2026 10:00
482915;Urząd Stanu Cywilnego;24.11.2026 12:15
482916;Dowody osobiste;24/11/2026
"""


@pytest.fixture
def chapter():
    return section(page("office.md"), "Booked visits")


@pytest.fixture
def office():
    return office_from_toml(re.search(r"```toml\n(.*?)```", page("office.md"), re.DOTALL)[1], "docs/office.md")


def test_the_list_on_the_page_is_one_that_the_broker_takes(chapter, office):
    rows = re.search(r"^    Kod;.*?(?=^    \$)", chapter, re.DOTALL | re.MULTILINE)[0]
    listed = bookings_in("\n".join(row.strip() for row in rows.splitlines()).encode(), office, NOW)
    assert [(booking.code, booking.category) for booking in listed.booked] == [
        ("482913", "id-cards"),
        ("048213", "filing"),
    ]


def test_the_broker_complains_of_a_bad_list_as_the_page_says(chapter, office):
    with pytest.raises(BadBookings) as bad:
        bookings_in(BAD.encode(), office, NOW)
    shown = re.findall(r"okienko-broker: zle\.csv, (line .*)", chapter)
    assert shown == list(bad.value.faults)


def test_the_page_names_a_heading_for_every_column(chapter):
    words = code_words(chapter)
    assert not [column for column, headings in HEADINGS.items() if not words & set(headings)]
