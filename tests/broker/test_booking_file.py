"""Lists of booked visits as offices export them: every plausible one is read, every bad line is named."""

from datetime import UTC, datetime

import pytest

from broker.booking_file import BadBookings, bookings_in
from broker.domain.booking import Booking
from broker.domain.office_file import office_from_toml
from tests.builders import SAMPLE_OFFICE

WITH_HOURS = 'id = "id-cards"\nopen = { mon-fri = ["07:30-15:30"] }'
OFFICE = office_from_toml(
    SAMPLE_OFFICE.read_text(encoding="utf-8").replace('id = "id-cards"', WITH_HOURS), "office.toml"
)
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
AT_TEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # 10:00 in Poland
VISIT = Booking("482913", "id-cards", AT_TEN)


def read(text, now=NOW):
    return bookings_in(text if isinstance(text, bytes) else text.encode(), OFFICE, now)


def faults(text):
    with pytest.raises(BadBookings) as bad:
        read(text)
    return list(bad.value.faults)


@pytest.mark.parametrize(
    "text",
    [
        "code,category,time\n482913,id-cards,2026-11-24T10:00\n",
        "482913,id-cards,2026-11-24T10:00",
        "code,category,time\r\n482913,id-cards,2026-11-24T10:00+01:00\r\n\r\n",
        "time,code,category\n2026-11-24T09:00Z,482913,id-cards\n",
        "\ufeffKod;Usługa;Termin\n482 913;Dowody osobiste;24.11.2026 10:00\n",
        "Data;Godzina;Sprawa;Kod wizyty;Imię i nazwisko\n2026-11-24;10:00;dowody osobiste;482913;Jan Kowalski\n",
        "data\tgodzina\tsprawa\tkod\n24.11.2026\t10:00:00\tIdentity cards\t482-913\n",
        '"Kod","Sprawa","Data i godzina"\n"482913","id-cards","2026-11-24 10:00"\n',
        "\n;;\nkod;sprawa;termin;stan\n482913;id-cards;24.11.2026 10:00;potwierdzona\n",
    ],
)
def test_a_visit_is_read_however_an_office_writes_it_down(text):
    assert read(text).booked == (VISIT,)


def test_a_spreadsheet_may_write_in_its_own_letters():
    text = "Kod;Usługa;Termin\n482913;Dowody osobiste;24.11.2026 10:00\n"
    assert read(text.encode("cp1250")) == read(text.encode("utf-16")) == read(text.encode("utf-8-sig")) == read(text)


def test_nothing_but_code_matter_time_and_minutes_is_kept():
    listed = read("code;name;category;time;minutes\n482913;Jan Kowalski;id-cards;2026-11-24T10:00;20\n")
    assert listed.booked == (Booking("482913", "id-cards", AT_TEN, 20),)


def test_a_visit_that_was_called_off_needs_no_more_than_its_code():
    listed = read("code,category,time,status\n482913,,,odwołana\n100200,id-cards,2026-11-24T10:00,\n")
    assert listed.cancelled == {"482913"}
    assert [booking.code for booking in listed.booked] == ["100200"]


def test_a_visit_that_was_called_off_and_booked_anew_is_booked():
    listed = read("code,category,time,status\n482913,,,cancelled\n482913,id-cards,2026-11-24T10:00,booked\n")
    assert (listed.booked, listed.cancelled) == ((VISIT,), frozenset())


def test_visits_of_days_past_are_left_out_and_those_earlier_today_are_not():
    text = "482913,id-cards,2026-11-20T10:00\n482914,id-cards,2026-11-23T08:00\n482915,weddings,2026-11-20T10:00\n"
    listed = read(text.replace("weddings", "fees"))
    assert ([booking.code for booking in listed.booked], listed.past) == (["482914"], 2)


def test_every_bad_line_is_named_with_what_it_should_be():
    text = """\
kod;sprawa;termin;minuty;stan
12345;id-cards;2026-11-24T10:00;;
48291a;id-cards;2026-11-24T10:00;;
482913;weddings;2026-11-24T10:00;;
482914;id-cards;24/11/2026 10:00;;
482915;id-cards;2026-11-24;;
482916;id-cards;2026-11-24T10:00;0;
482917;id-cards;2026-11-24T10:00;;może
482918;id-cards;2026-11-28T10:00;;
482919;id-cards
"""
    found = faults(text)
    assert [fault.partition(":")[0] for fault in found] == [f"line {line}" for line in range(2, 11)]
    said = [fault.partition(": ")[2] for fault in found]
    assert said[0] == "code '12345' should be six digits, like 048213; a spreadsheet may have dropped its leading 0"
    assert said[1] == "code '48291a' should be six digits, like 048213"
    assert said[2].startswith("category 'weddings' should be a matter of the office: transport, vehicles, ")
    assert said[3] == "time '24/11/2026 10:00' should be like 2026-11-24T10:00 or 24.11.2026 10:00"
    assert said[4] == "time '2026-11-24' should be like 2026-11-24T10:00 or 24.11.2026 10:00"
    assert said[5] == "minutes '0' should be a whole number from 1 to 480, or left out"
    assert said[6] == "status 'może' should be booked or cancelled, or left out"
    assert said[7] == "time '2026-11-28T10:00' is outside the hours of id-cards"
    assert said[8] == "time '' should be like 2026-11-24T10:00 or 24.11.2026 10:00"


def test_one_code_cannot_be_two_visits():
    text = "482913,id-cards,2026-11-24T10:00\n482913,fees,2026-11-24T10:00\n482913,id-cards,2026-11-24T10:00\n"
    assert faults(text) == ["line 2: code 482913 has another visit in line 1"]


@pytest.mark.parametrize(
    ("time", "says"),
    [
        ("2027-03-28T02:30", "needs its offset, like +01:00: the clocks change in that hour"),
        ("2027-10-31T02:30", "needs its offset, like +01:00: the clocks change in that hour"),
        ("9999-12-31T23:59-14:00", "should be like"),
        ("31.02.2027 10:00", "should be like"),
    ],
)
def test_a_time_that_the_clocks_never_show_is_refused(time, says):
    (fault,) = faults(f"482913,id-cards,{time}\n")
    assert says in fault


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: should name the columns code, category and time; the file is empty"),
        ("nazwisko;telefon\nKowalski;500\n", "line 1: should name the columns code, category and time"),
        ("kod;termin\n482913;24.11.2026 10:00\n", "line 1: lacks the column category"),
        ("kod;pin;sprawa;termin\n1;2;3;4\n", "line 1: has the column code twice"),
        (b"\x00\xff\x00garbage", "line 1: should name the columns code, category and time"),
        ("482913,id-cards,2026-11-24T10:00\n" * 20_001, "line 20001: a file should have at most 20000 lines"),
    ],
)
def test_a_file_that_is_no_list_of_visits_is_refused_in_one_line(text, says):
    assert faults(text) == [says]
