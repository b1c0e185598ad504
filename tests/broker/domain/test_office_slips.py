"""An office file with any slip of the pen: still an office, or one line that says where."""

from hypothesis import given
from hypothesis import strategies as st

from broker.domain.office_file import BadOffice, office_from_toml
from tests.broker.domain.days import always

SMALL_OFFICE = """\
[office]
name = { pl = "Urząd" }
time_zone = "Europe/Warsaw"
languages = ["pl", "en"]
day_starts = "04:00"
[[group]]
id = "matters"
name = { pl = "Sprawy" }
[[category]]
id = "cards"
group = "matters"
letter = "D"
name = { pl = "Dowody" }
hint = { pl = "Przygotuj" }
synonyms = { pl = ["dowód"] }
daily_limit = 120
open = { mon-thu = ["07:30-15:30"], fri = ["07:30-14:00"] }
[[category]]
id = "business"
group = "matters"
letter = "B"
name = { pl = "Firmy" }
[[priority]]
id = "child"
head_start_minutes = 15
name = { pl = "Z dzieckiem" }
[[desk]]
id = "30"
label = { pl = "Stanowisko 30" }
serves = ["cards"]
stands_in = { business = 10 }
"""
VALUES = [
    "1",
    "-1",
    "1.5",
    "true",
    '""',
    '"x"',
    "[]",
    "{}",
    "[1]",
    "[[]]",
    "{ pl = 1 }",
    "{ pl = [] }",
    "04:00:00",
]
LINES = SMALL_OFFICE.splitlines()


@always()
@given(st.integers(0, len(LINES) - 1), st.none() | st.sampled_from(VALUES), st.integers(0, len(LINES) - 1))
def test_an_office_file_with_a_slip_is_still_an_office_or_one_line_that_says_where(number, value, doubled):
    lines = [*LINES]
    key, _, _ = lines[number].partition(" = ")
    lines[number] = "" if value is None else f"{key} = {value}"
    text = "\n".join([*lines, lines[doubled]])
    try:
        office_from_toml(text, "office.toml")
    except BadOffice as wrong:
        place, _, says = str(wrong).partition(": ")
        assert says
        assert "\n" not in says
        assert place == "office.toml" or 1 <= int(place.removeprefix("office.toml:")) <= len(lines) + 1


def test_the_small_office_without_a_slip_is_an_office():
    assert office_from_toml(SMALL_OFFICE, "office.toml").desks["30"].stands_in == {"business": 10}
