"""What a resident reads on the paper."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from kiosk.printing.extras import BadExtra, Extras, check_page_url, page_address
from kiosk.printing.layout import layout
from kiosk.printing.lines import Gap, Picture, Qr, Text
from tests.builders import menu, ticket

PAGE = Extras(page_url="https://kolejka.example/{day}/{number}")
MORNING = datetime(2026, 11, 23, 10, 17, tzinfo=timezone(timedelta(hours=1)))


def words(language="pl", columns=48, the_menu=None, **fields):
    lines = layout(ticket(**{"issued_at": MORNING} | fields), the_menu or menu(), language, columns=columns)
    return [line.words for line in lines if isinstance(line, Text)]


def renamed(name, **fields):
    """The sample office, with another name for its identity cards."""
    office = menu()
    categories = [
        msgspec.structs.replace(c, name=name, **fields) if c.id == "id-cards" else c for c in office.categories
    ]
    return msgspec.structs.replace(office, categories=categories)


def test_a_polish_ticket_says_all_that_a_resident_needs():
    assert words() == [
        "Urząd Miejski w Dąbrowie Górniczej",
        "D017",
        "Dowody osobiste",
        "Stanowiska 26–30",
        "Przed Tobą: 3 osoby",
        "Czas oczekiwania: 5–15 min",
        "Przygotuj fotografię i poprzedni dowód.",
        "Poczekaj, aż numer pojawi się",
        "na ekranie i zostanie wywołany.",
        "23 listopada 2026, 10:17",
    ]


def test_a_ticket_in_another_language_says_it_in_the_office_s_own_too():
    assert words("uk") == [
        "Міська управа Домброви-Гурничої",
        "Urząd Miejski w Dąbrowie Górniczej",
        "D017",
        "Посвідчення особи",
        "(Dowody osobiste)",
        "Віконця 26–30",
        "Stanowiska 26–30",
        "Перед вами: 3 особи",
        "Час очікування: 5–15 хв",
        "Przed Tobą: 3 osoby",
        "Czas oczekiwania: 5–15 min",
        *[line for line in words("uk") if "фото" in line],
        "Зачекайте, доки ваш номер з’явиться",
        "на екрані та його оголосять.",
        "Poczekaj, aż numer pojawi się",
        "na ekranie i zostanie wywołany.",
        "23 листопада 2026, 10:17",
    ]


def test_a_ticket_in_the_office_s_own_language_says_everything_once():
    said = words("pl")
    assert len(said) == len(set(said))


def test_an_english_ticket_falls_back_to_the_polish_hint_where_there_is_no_other():
    assert "Przygotuj wypis z KRS lub CEIDG." in words("en", category="transport", desks=["p3"])


def test_a_language_that_the_office_does_not_speak_is_answered_in_its_own():
    assert words("fr") == words("pl")


@pytest.mark.parametrize(
    ("ahead", "polish", "english", "ukrainian"),
    [
        (0, "Nikt nie czeka przed Tobą", "Nobody is ahead of you", "Перед вами нікого немає"),
        (1, "Przed Tobą: 1 osoba", "1 person ahead of you", "Перед вами: 1 особа"),
        (2, "Przed Tobą: 2 osoby", "2 people ahead of you", "Перед вами: 2 особи"),
        (5, "Przed Tobą: 5 osób", "5 people ahead of you", "Перед вами: 5 осіб"),
        (12, "Przed Tobą: 12 osób", "12 people ahead of you", "Перед вами: 12 осіб"),
        (21, "Przed Tobą: 21 osób", "21 people ahead of you", "Перед вами: 21 особа"),
        (22, "Przed Tobą: 22 osoby", "22 people ahead of you", "Перед вами: 22 особи"),
        (112, "Przed Tobą: 112 osób", "112 people ahead of you", "Перед вами: 112 осіб"),
    ],
)
def test_people_ahead_are_counted_in_the_right_plural(ahead, polish, english, ukrainian):
    assert polish in words("pl", ahead=ahead)
    assert english in words("en", ahead=ahead)
    assert ukrainian in words("uk", ahead=ahead)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [((5, 15), ["Czas oczekiwania: 5–15 min"]), ((0, 10), ["Czas oczekiwania: do 10 min"]),
     ((7, 7), ["Czas oczekiwania: około 7 min"]), ((0, 0), ["Czas oczekiwania: do 1 min"]), (None, [])],
)  # fmt: skip
def test_the_wait_is_a_range_and_missing_while_nobody_knows(minutes, said):
    assert [line for line in words(wait_minutes=minutes) if "oczekiwania" in line] == said


CALLED = {"status": "called", "desk": "30", "called_at": MORNING, "ahead": 0, "wait_minutes": None}


@pytest.mark.parametrize(
    ("language", "invited", "desk", "called"),
    [
        ("pl", "Zapraszamy od razu:", "Stanowisko 30", "Twój numer jest już wywołany."),
        ("en", "Please go now to:", "Desk 30", "Your number has been called already."),
        ("uk", "Запрошуємо одразу:", "Віконце 30", "Ваш номер уже викликано."),
    ],
)
def test_a_ticket_that_is_called_at_once_says_where_to_go(language, invited, desk, called):
    said = words(language, **CALLED)
    assert said[said.index(invited) + 1] == desk
    assert called in said
    assert language == "pl" or "Zapraszamy od razu: Stanowisko 30" in said


def test_a_ticket_that_is_called_at_once_says_nothing_of_waiting():
    assert words(**CALLED | {"number": "017"}) == [
        "Urząd Miejski w Dąbrowie Górniczej",
        "017",
        "Dowody osobiste",
        "Zapraszamy od razu:",
        "Stanowisko 30",
        "Przygotuj fotografię i poprzedni dowód.",
        "Twój numer jest już wywołany.",
        "23 listopada 2026, 10:17",
    ]


@pytest.mark.parametrize(("columns", "scale"), [(48, 3), (42, 3), (32, 2)])
def test_the_desk_that_calls_is_large_and_on_one_line(columns, scale):
    lines = layout(ticket(**CALLED), menu(), "pl", columns=columns)
    assert [line.scale for line in lines if isinstance(line, Text) and line.words == "Stanowisko 30"] == [scale]


@pytest.mark.parametrize(
    ("language", "line"),
    [("pl", "Wizyta umówiona: 10:30"), ("en", "Booked visit: 10:30"), ("uk", "Візит за записом: 10:30")],
)
def test_a_booked_visit_is_on_the_ticket_by_the_office_s_clock(language, line):
    half_past_ten = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert line in words(language, booked_at=half_past_ten)
    assert line in words(language, booked_at=half_past_ten, **CALLED)
    assert not any("10:30" in said for said in words(language))


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_a_priority_is_never_on_the_paper(language):
    office = menu()
    plain = layout(ticket(), office, language)
    assert [layout(ticket(priority=each.id), office, language) for each in office.priorities] == [plain] * 4


@pytest.mark.parametrize("columns", [28, 32, 42, 48, 53])
@pytest.mark.parametrize("language", ["pl", "en", "uk", "de"])
def test_no_line_is_wider_than_the_paper(columns, language):
    office = menu()
    for category in office.categories:
        for fields in ({}, CALLED | {"booked_at": MORNING}):
            given = ticket(category=category.id, desks=category.desks, **fields)
            for line in layout(given, office, language, columns=columns, extras=PAGE, again_at=MORNING):
                if isinstance(line, Text):
                    assert 0 < len(line.words) * line.scale <= columns


def test_a_very_long_word_is_broken_and_not_cut_off():
    name = "Konstantynopolitańczykowianeczkówna" * 3
    said = words(columns=32, the_menu=renamed({"pl": name}))
    assert name in "".join(said)


def test_a_name_cannot_command_the_printer():
    said = words(the_menu=renamed({"pl": "Dowody\x1b@\n\x10\x04\x01 osobiste"}))
    assert "Dowody @ osobiste" in said
    assert all(letter.isprintable() for line in said for letter in line)


def test_a_letter_written_in_two_pieces_is_printed_as_one():
    assert "Łódź" in words(the_menu=renamed({"pl": "Ło\u0301dz\u0301"}))


def test_a_preposition_never_ends_a_line():
    for columns in range(24, 49):
        assert not any(line.endswith((" i", " w", " z", " o")) for line in words(columns=columns))


def test_the_number_is_as_large_as_the_paper_allows():
    def scale(number, columns):
        lines = layout(ticket(number=number), menu(), "pl", columns=columns)
        return next(line.scale for line in lines if isinstance(line, Text) and line.words == number)

    assert scale("D017", 48) == scale("K017", 48) == scale("017", 48) == scale("7", 48) == 8
    assert scale("D017", 32) == 8
    assert scale("AB1017", 42) == 7
    assert scale("D017", 24) == 6


def test_a_matter_that_the_menu_lost_still_gets_a_ticket():
    said = words(category="gone", desks=["gone-too"])
    assert said[:4] == ["Urząd Miejski w Dąbrowie Górniczej", "D017", "gone", "gone-too"]


def test_a_hint_only_where_the_matter_has_one():
    assert not any("Przygotuj" in line for line in words(category="fees", desks=["17"]))


def test_the_code_holds_the_number_and_the_moment():
    lines = layout(ticket(issued_at=MORNING), menu(), "pl")
    assert [line for line in lines if isinstance(line, Qr)] == [Qr("D017 2026-11-23 10:17")]


def test_the_moment_is_the_office_s_own_and_not_this_computer_s():
    elsewhere = MORNING.replace(tzinfo=timezone(timedelta(hours=9)))
    assert "23 listopada 2026, 10:17" in words(issued_at=elsewhere)


# -- what an office may add ----------------------------------------------------------------------------------


def test_the_code_leads_to_the_ticket_s_page_where_the_office_has_one():
    lines = layout(ticket(issued_at=MORNING), menu(), "en", extras=PAGE)
    at = lines.index(Qr("https://kolejka.example/2026-11-23/D017"))
    assert lines[at - 2 : at] == (Text("Follow your number on your phone:"), Gap())
    assert page_address("https://x.pl/{number}?o={time}", "D 17/ż", MORNING) == "https://x.pl/D%2017%2F%C5%BC?o=1017"


@pytest.mark.parametrize(
    "address",
    [
        "kolejka.example/{number}",
        "https://kolejka.example/",
        "https://x/{number}/{desk}",
        "https://x/{number",
        "ftp://x/{number}",
    ],
)
def test_an_address_that_names_no_ticket_is_refused(address):
    with pytest.raises(BadExtra, match=r"should be like https://kolejka\.example/"):
        check_page_url(address)


def test_the_logo_stands_at_the_top():
    logo = Picture(8, 1, b"\x18")
    lines = layout(ticket(), menu(), "pl", extras=Extras(logo=logo))
    assert lines[0] is logo
    assert not any(isinstance(line, Picture) for line in layout(ticket(), menu(), "pl"))


def test_a_second_print_says_so_and_nothing_that_is_no_longer_true():
    again = layout(ticket(issued_at=MORNING), menu(), "pl", again_at=MORNING + timedelta(minutes=25))
    said = [line.words for line in again if isinstance(line, Text)]
    assert said[-2:] == ["23 listopada 2026, 10:17", "Wydruk ponowny: 10:42"]
    assert not any("Przed Tobą" in line or "oczekiwania" in line for line in said)
    assert "Stanowiska 26–30" in said
