"""`office.toml` is read strictly: every mistake is one line with the file, the line, the key and what it should be."""

from datetime import UTC, date, datetime, time

import pytest

from broker.domain.hours import Hours, span
from broker.domain.office import Category, Desk, Pause, Priority
from broker.domain.office_file import BadOffice, office_from_toml
from tests.broker.domain.halls import WARSAW
from tests.builders import SAMPLE_OFFICE

SAMPLE = SAMPLE_OFFICE.read_text(encoding="utf-8")
CARDS = '[[category]]\nid = "id-cards"'
DESK_30 = '[[desk]]\nid = "30"'
LABEL_30 = 'label = { pl = "Stanowisko 30", en = "Desk 30", uk = "Віконце 30", de = "Schalter 30" }'
SMALL_CHILD = '[[priority]]\nid = "small-child"'


def edited(old, new):
    """Return the sample office with one place of it changed."""
    assert SAMPLE.count(old) == 1, f"{old!r} stands there {SAMPLE.count(old)} times"
    return SAMPLE.replace(old, new)


def complaint(text):
    """Read a wrong office and return what is said about it: one line, without the name of the file."""
    with pytest.raises(BadOffice) as wrong:
        office_from_toml(text, "office.toml")
    message = str(wrong.value)
    assert "\n" not in message
    assert message.startswith("office.toml:")
    return message.removeprefix("office.toml:")


def line_of(text, what):
    """Return the line on which `what` begins, or ends where it is several lines."""
    assert text.count(what) == 1
    return text[: text.index(what) + len(what)].count("\n") + 1


# -- what is right -----------------------------------------------------------------------------------------------------


def test_the_sample_office_has_its_desks_matters_and_classes_of_priority():
    office = office_from_toml(SAMPLE, "office.toml")
    assert (len(office.groups), len(office.categories), len(office.priorities), len(office.desks)) == (7, 18, 4, 31)
    assert (office.time_zone, office.languages, office.day_starts) == (WARSAW, ("pl", "en", "uk", "de"), time(4))
    assert (office.double_press_s, office.undo_s, office.recalls_before_no_show) == (2, 10, 3)
    assert (office.call_by_number, office.retention_days) == (True, 365)
    assert office.name["pl"] == "Urząd Miejski w Dąbrowie Górniczej"


def test_a_matter_of_the_sample_office_is_read_whole():
    cards = office_from_toml(SAMPLE, "office.toml").categories["id-cards"]
    assert cards == Category(
        id="id-cards",
        group="identity",
        letter="D",
        name={"pl": "Dowody osobiste", "en": "Identity cards", "uk": "Посвідчення особи", "de": "Personalausweise"},
        hint=cards.hint,
        synonyms=cards.synonyms,
        alternatives=cards.alternatives,
        promise_minutes=20,
        daily_limit=None,
        hours=None,
    )
    assert cards.hint["pl"] == "Przygotuj fotografię i poprzedni dowód."
    assert (cards.synonyms["pl"], cards.alternatives["pl"]) == (("dowód", "utrata dowodu"), ("gov.pl, całą dobę",))


def test_a_desk_and_a_class_of_priority_of_the_sample_office_are_read_whole():
    office = office_from_toml(SAMPLE, "office.toml")
    label = {"pl": "Stanowisko 30", "en": "Desk 30", "uk": "Віконце 30", "de": "Schalter 30"}
    assert office.desks["30"] == Desk("30", label, (), {"id-cards": 5, "population": 5})
    assert office.priorities["elderly"] == Priority("elderly", 10, office.priorities["elderly"].name)
    assert list(office.pauses) == ["break", "paperwork", "training"]
    assert office.pauses["break"] == Pause("break", {"pl": "Przerwa", "en": "Break", "uk": "Перерва", "de": "Pause"})


def test_an_office_may_leave_out_what_has_a_usual_value():
    rules = ["day_starts", "double_press_s", "undo_s", "recalls_before_no_show", "call_by_number", "retention_days"]
    text = "\n".join(line for line in SAMPLE.splitlines() if line.split(" ")[0] not in rules)
    office = office_from_toml(text[: text.index("[[priority]]")] + text[text.index("[[desk]]") :], "office.toml")
    assert (office.day_starts, office.double_press_s, office.undo_s, office.recalls_before_no_show) == (
        time(4),
        2,
        10,
        3,
    )
    assert (office.call_by_number, office.retention_days, office.priorities, office.pauses) == (False, 365, {}, {})
    assert (office.auto_call, office.stop_when_late, office.days_off) == (False, False, frozenset())
    assert (office.common_letter, office.first_number) == (None, 1)
    assert (office.booking_early_minutes, office.booking_late_minutes) == (30, 10)


def test_a_matter_may_have_hours_and_a_daily_limit():
    hours = 'open = { mon-thu = ["07:30-11:30", "12:00-15:30"], fri = ["07:30-14:00"], holidays = [] }'
    text = edited(CARDS, f"{CARDS}\ndaily_limit = 120\n{hours}")
    cards = office_from_toml(text, "office.toml").categories["id-cards"]
    two = (span("07:30-11:30"), span("12:00-15:30"))
    assert cards.daily_limit == 120
    assert cards.hours == Hours(
        dict.fromkeys(("mon", "tue", "wed", "thu"), two) | {"fri": (span("07:30-14:00"),), "holidays": ()}
    )


def test_a_matter_may_be_open_daily():
    text = edited(CARDS, f'{CARDS}\nopen = {{ daily = ["08:00-16:00"] }}')
    office = office_from_toml(text, "office.toml")
    assert office.takes(office.categories["id-cards"], datetime(2026, 11, 22, 10, tzinfo=UTC)), "a Sunday"


def test_an_office_may_call_by_itself_stop_in_time_and_be_closed_on_days_of_its_own():
    rules = "auto_call = true\nstop_when_late = true\nbooking_early_minutes = 15\nbooking_late_minutes = 0"
    text = edited("undo_s = 10", f'{rules}\ndays_off = ["2026-12-31", "2027-01-02"]\nundo_s = 30')
    office = office_from_toml(text, "office.toml")
    assert (office.auto_call, office.stop_when_late, office.undo_s) == (True, True, 30)
    assert (office.booking_early_minutes, office.booking_late_minutes) == (15, 0)
    assert office.days_off == {date(2026, 12, 31), date(2027, 1, 2)}


@pytest.mark.parametrize("common", ["X", "XY", ""])
def test_matters_without_a_letter_of_their_own_share_the_common_series(common):
    text = edited("undo_s = 10", f'common_letter = "{common}"\nfirst_number = 200\nundo_s = 10')
    for letter in "DE":
        text = text.replace(f'letter = "{letter}"\n', "")
    office = office_from_toml(text, "office.toml")
    series = {category.id: (category.letter, category.first_number) for category in office.categories.values()}
    assert series["id-cards"] == series["population"] == (common, 200)
    assert series["drivers"] == ("K", 200)
    assert (office.common_letter, office.first_number) == (common, 200)


def test_a_series_of_its_own_may_begin_elsewhere():
    text = edited("undo_s = 10", "first_number = 200\nundo_s = 10").replace(
        'letter = "D"', 'letter = "D"\nfirst_number = 1'
    )
    office = office_from_toml(text, "office.toml")
    assert [office.categories[matter].first_number for matter in ("id-cards", "drivers")] == [1, 200]


# -- what is wrong: the key and its line -------------------------------------------------------------------------------

WRONG = [
    # the office
    ('time_zone = "Europe/Warsaw"', 'time_zone = "Europe/Warszawa"', "office.time_zone should be a time zone like"),
    ('time_zone = "Europe/Warsaw"', 'time_zone = "../etc/passwd"', "office.time_zone should be a time zone like"),
    ('time_zone = "Europe/Warsaw"', 'time_zone = ""', "office.time_zone should be a time zone like"),
    ('time_zone = "Europe/Warsaw"', "time_zone = 1", "office.time_zone should be text"),
    ('languages = ["pl", "en", "uk", "de"]', "languages = []", 'office.languages should be a list like ["pl", "en"]'),
    ('languages = ["pl", "en", "uk", "de"]', "languages = [1]", 'office.languages should be a list like ["pl", "en"]'),
    ('languages = ["pl", "en", "uk", "de"]', 'languages = "pl"', "office.languages should be a list"),
    ('day_starts = "04:00"', 'day_starts = "four"', 'office.day_starts should be a time like "04:00"'),
    ('day_starts = "04:00"', 'day_starts = "04:00Z"', 'office.day_starts should be a time like "04:00"'),
    ('day_starts = "04:00"', "day_starts = 04:00:00", "office.day_starts should be text"),
    ("double_press_s = 2", "double_press_s = -1", "office.double_press_s should be 0 or more"),
    ("double_press_s = 2", "double_press_s = 1.5", "office.double_press_s should be a whole number"),
    ("undo_s = 10", "undo_s = true", "office.undo_s should be a whole number"),
    ("recalls_before_no_show = 3", 'recalls_before_no_show = "3"', "office.recalls_before_no_show should be a whole"),
    ("call_by_number = true", "call_by_number = 1", "office.call_by_number should be true or false"),
    ("retention_days = 365", "retention_days = 0", "office.retention_days should be 1 or more"),
    ("undo_s = 10", "undo = 10", "office.undo is not a key that is known here"),
    ("undo_s = 10", "auto_call = 1", "office.auto_call should be true or false"),
    ("undo_s = 10", 'stop_when_late = "no"', "office.stop_when_late should be true or false"),
    ("undo_s = 10", "booking_early_minutes = -1", "office.booking_early_minutes should be 0 or more"),
    ("undo_s = 10", "booking_late_minutes = 1441", "office.booking_late_minutes should be at most 1440"),
    ("undo_s = 10", "booking_late_minutes = 7.5", "office.booking_late_minutes should be a whole number"),
    ('country = "PL"', "country = 48", "office.country should be text"),
    ("undo_s = 10", 'days_off = "2026-12-31"', "office.days_off should be a list"),
    ("undo_s = 10", 'days_off = ["31.12.2026"]', 'office.days_off should be a list of days like ["2026-12-31"]'),
    ("undo_s = 10", 'days_off = ["2026-02-30"]', "office.days_off should be a list of days like"),
    ("undo_s = 10", 'days_off = ["2026-W53-4"]', "office.days_off should be a list of days like"),
    ("undo_s = 10", "days_off = [2026-12-31]", "office.days_off should be a list of days like"),
    ("undo_s = 10", "days_off = [[]]", "office.days_off should be a list of days like"),
    ("undo_s = 10", "first_number = 0", "office.first_number should be 1 or more"),
    ("undo_s = 10", "first_number = 1000", "office.first_number should be at most 999, the last of a series"),
    ("undo_s = 10", 'common_letter = "x"', "office.common_letter should be one or two capital letters, or"),
    ("undo_s = 10", 'common_letter = "XYZ"', 'office.common_letter should be one or two capital letters, or "" for'),
    ("undo_s = 10", "common_letter = 1", "office.common_letter should be text"),
    # a matter
    (CARDS, f"{CARDS}\ncolour = 'red'", "category[4].colour is not a key that is known here"),
    (CARDS, '[[category]]\nid = "id cards"', "category[4].id should be 1 to 64 letters, digits, - _ or ."),
    (CARDS, '[[category]]\nid = ""', "category[4].id should be 1 to 64 letters, digits, - _ or ."),
    (CARDS, '[[category]]\nid = "drivers"', "category[4].id 'drivers' is used twice"),
    ('letter = "D"', 'letter = "d"', "category[4].letter should be one or two capital letters"),
    ('letter = "D"', 'letter = "D1"', "category[4].letter should be one or two capital letters"),
    ('letter = "D"', 'letter = "DOW"', "category[4].letter should be one or two capital letters"),
    ('letter = "D"', 'letter = "K"', "category[4].letter 'K' is already that of 'drivers'"),
    ('letter = "D"', 'letter = ""', "category[4].letter should be one or two capital letters"),
    (CARDS, f"{CARDS}\nfirst_number = 0", "category[4].first_number should be 1 or more"),
    (CARDS, f"{CARDS}\nfirst_number = 1000", "category[4].first_number should be at most 999"),
    ('name = { pl = "Dowody osobiste", en', "name = { en", "category[4].name lacks 'pl', the office's own language"),
    (
        '{ pl = "Dowody osobiste",',
        '{ pl = "Dowody osobiste", fr = "x",',
        "category[4].name is in 'fr', which is not",
    ),
    ('name = { pl = "Dowody osobiste",', 'name = { pl = "",', "category[4].name should be text in 'pl', and not empty"),
    ('name = { pl = "Dowody osobiste",', "name = { pl = 5,", "category[4].name should be text in 'pl', and not empty"),
    (CARDS, f"{CARDS}\ndaily_limit = 0", "category[4].daily_limit should be 1 or more"),
    (CARDS, f"{CARDS}\nopen = 8", "category[4].open should be a table"),
    ('synonyms = { pl = ["dowód"', 'synonyms = { pl = [1, "dowód"', "category[4].synonyms should be lists of texts"),
    (
        'synonyms = { pl = ["dowód", "utrata dowodu"]',
        'synonyms = { pl = "d"',
        "category[4].synonyms should be a list",
    ),
    # a class of priority
    (SMALL_CHILD, '[[priority]]\nid = "small child"', "priority[1].id should be 1 to 64 letters"),
    (SMALL_CHILD, f"{SMALL_CHILD}\nfirst = true", "priority[1].first is not a key that is known here"),
    ("head_start_minutes = 20", "head_start_minutes = -20", "priority[3].head_start_minutes should be 0 or more"),
    (
        "head_start_minutes = 20",
        "head_start_minutes = 1441",
        "priority[3].head_start_minutes should be at most 1440",
    ),
    # a reason for a pause
    ('id = "break"', 'id = "my break"', "pause[1].id should be 1 to 64 letters"),
    ('id = "training"', 'id = "break"', "pause[3].id 'break' is used twice"),
    ('id = "break"', 'id = "break"\nminutes = 15', "pause[1].minutes is not a key that is known here"),
    ('name = { pl = "Szkolenie",', "name = { ", "pause[3].name lacks 'pl', the office's own language"),
    # a desk
    (DESK_30, '[[desk]]\nid = "29"', "desk[29].id '29' is used twice"),
    (DESK_30, '[[desk]]\nid = "3/0"', "desk[29].id should be 1 to 64 letters"),
    ("{ id-cards = 5, ", "{ id-card = 5, ", "desk[29].stands_in names the category 'id-card', which does not exist"),
    (
        "{ id-cards = 5, ",
        "{ id-cards = -5, ",
        "desk[29].stands_in 'id-cards' should be a handicap in whole minutes",
    ),
    (
        "{ id-cards = 5, ",
        '{ id-cards = "5", ',
        "desk[29].stands_in 'id-cards' should be a handicap in whole minutes",
    ),
    ("{ id-cards = 5, ", "{ id-cards = true, ", "desk[29].stands_in 'id-cards' should be a handicap in whole minutes"),
    ("{ id-cards = 5, ", "{ id-cards = 1441, ", "desk[29].stands_in 'id-cards' should be a handicap in whole minutes"),
    ('serves = ["housing"]', 'serves = ["house"]', "desk[21].serves names the category 'house', which does not exist"),
    ('serves = ["housing"]', "serves = [7]", "desk[21].serves should be a list of category ids"),
    ('serves = ["housing"]', "serves = []", "desk[21].serves should name at least one category, or stands_in should"),
    ('serves = ["housing"]', 'serves = "housing"', "desk[21].serves should be a list"),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG, ids=[says for _, _, says in WRONG])
def test_a_wrong_value_is_named_with_its_line_and_what_it_should_be(old, new, says):
    line = SAMPLE[: SAMPLE.index(old)].count("\n") + new.count("\n") + 1
    assert complaint(edited(old, new)).startswith(f"{line}: {says}")


def test_a_letter_of_a_matter_is_not_the_common_one():
    text = edited("undo_s = 10", 'undo_s = 10\ncommon_letter = "D"')
    line = line_of(text, '\nletter = "D"')
    assert complaint(text) == f"{line}: category[4].letter 'D' is already the common_letter of all that have none"


def test_a_matter_of_the_common_series_begins_where_that_does():
    text = edited("undo_s = 10", 'undo_s = 10\ncommon_letter = "X"').replace('letter = "D"\n', "first_number = 5\n")
    says = "category[4].first_number should stand under [office], as the matter has no letter of its own"
    assert complaint(text) == f"{line_of(text, 'first_number = 5')}: {says}"


@pytest.mark.parametrize(
    "hours",
    [
        '{ monday = ["08:00-15:00"] }',
        '{ fri-mon = ["08:00-15:00"] }',
        '{ mon- = ["08:00-15:00"] }',
        '{ mon = ["15:00-08:00"] }',
        '{ mon = ["8-15"] }',
        '{ mon = ["08:00Z-15:00Z"] }',
        '{ mon = "08:00-15:00" }',
        '{ mon = "" }',
        '{ mon = { "08:00-15:00" = 1 } }',
        "{ mon = [8] }",
        "{ mon = 8 }",
    ],
)
def test_hours_that_are_none_are_refused_with_an_example(hours):
    text = edited(CARDS, f"{CARDS}\nopen = {hours}")
    day = hours.split()[1]
    assert complaint(text) == (
        f'{line_of(text, CARDS) + 1}: category[4].open {day!r} should be like mon-fri = ["07:30-15:30"]'
    )


@pytest.mark.parametrize(
    ("table", "line", "says"),
    [
        (
            CARDS,
            'letter = "D"\n',
            "category[4].letter is missing: give the matter one, or [office] a common_letter for all that have none",
        ),
        (DESK_30, f"{LABEL_30}\n", "desk[29].label is missing"),
        (SMALL_CHILD, SMALL_CHILD.partition("\n")[2] + "\n", "priority[1].id is missing"),
    ],
)
def test_a_key_that_is_missing_is_named_with_the_line_of_its_table(table, line, says):
    header = table.partition("\n")[0]
    start = SAMPLE.index(table)
    text = SAMPLE[:start] + SAMPLE[start:].replace(line, "", 1)
    number = SAMPLE[:start].count("\n") + 1
    assert text.splitlines()[number - 1] == header
    assert complaint(text) == f"{number}: {says}"


@pytest.mark.parametrize("key", ["name", "time_zone", "languages"])
def test_an_office_without_a_name_a_time_zone_or_a_language_is_refused(key):
    text = "\n".join(line for line in SAMPLE.splitlines() if not (line.startswith(f"{key} = ") and _first(line, key)))
    assert complaint(text) == f"{line_of(text, '[office]')}: office.{key} is missing"


def _first(line, key):
    """Whether this is the line of the key in [office]: every later name is a group's, a matter's or a desk's."""
    return line == next(found for found in SAMPLE.splitlines() if found.startswith(f"{key} = "))


def test_a_group_that_does_not_exist_is_named():
    start = SAMPLE.index(CARDS)
    wrong = 'group = "identify"'
    text = SAMPLE[:start] + SAMPLE[start:].replace('group = "identity"', wrong, 1)
    says = "category[4].group names the group 'identify', which does not exist"
    assert complaint(text) == f"{line_of(text, wrong)}: {says}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "1: office is missing"),
        ("office = 1", "1: office should be a table"),
        ('[office]\nlanguages = ["pl"]\n', "1: group is missing"),
        ('group = "x"\n[office]\nlanguages = ["pl"]\n', "1: group should be a list"),
        ('group = [1]\n[office]\nlanguages = ["pl"]\n', "1: group should be tables [[group]]"),
        ('group = []\n[office]\nlanguages = ["pl"]\n', "1: group should be one or more tables [[group]]"),
    ],
)
def test_a_file_that_is_hardly_an_office_is_refused(text, says):
    assert complaint(text) == says


def test_a_table_that_is_not_known_is_named():
    text = SAMPLE + '\n[[printer]]\nid = "1"\n'
    assert complaint(text) == f"{line_of(text, '[[printer]]')}: printer is not a key that is known here"


@pytest.mark.parametrize("table", ["category", "desk"])
def test_an_office_without_matters_or_desks_is_refused(table):
    parts = SAMPLE.split("\n\n")
    assert complaint("\n\n".join(part for part in parts if not part.startswith(f"[[{table}]]"))) == (
        f"1: {table} is missing"
    )


def test_a_file_that_is_no_toml_says_where():
    assert complaint("[office]\nname = {").startswith(" not TOML: ")
    assert "line 2" in complaint("[office]\nname = pl\n")


@pytest.mark.parametrize(
    ("key", "misspelt", "rest", "where"),
    [
        ("name", "nmae", ' = { pl = "Pojazdy i kierowcy"', "group[1].nmae"),
        ("letter", "lettr", ' = "D"', "category[4].lettr"),
        ("label", "lable", LABEL_30.removeprefix("label"), "desk[29].lable"),
        ("languages", "langauges", " = [", "office.langauges"),
    ],
)
def test_a_key_that_must_be_there_and_is_misspelt_is_named_as_it_stands_there(key, misspelt, rest, where):
    text = edited(f"{key}{rest}", f"{misspelt}{rest}")
    says = f"{where} is not a key that is known here; should it be {key}?"
    assert complaint(text) == f"{line_of(text, misspelt)}: {says}"


@pytest.mark.parametrize("line", ['name = { pl = "Urząd }', "day_starts = '04:00", 'day_starts = "04:00'])
@pytest.mark.parametrize("more", ["", "\n", "\nundo_s = 10\n"])
def test_a_text_without_its_closing_quotation_mark_is_told_of(line, more):
    assert complaint(f"[office]\n{line}{more}").endswith("; a closing quotation mark may be missing")


def test_other_faults_of_toml_speak_of_no_quotation_mark():
    assert "quotation" not in complaint("[office]\nname = pl\n")


def test_a_matter_written_as_tables_of_its_own_is_read_and_blamed_at_its_head():
    text = edited('letter = "D"\n', 'letter = "D"\n[category.open]\nmon = ["7-15"]\n').replace(
        'name = { pl = "Dowody osobiste", en = "Identity cards", uk = "Посвідчення особи", de = "Personalausweise" }\n',
        "",
    )
    assert complaint(text).startswith(f"{line_of(text, CARDS) - 1}: category[4].name is missing")
