"""What an office says of sign language and of its hearing loop reaches kiosk and wall, or is refused in one line."""

import pytest

from broker.domain.commands import StartDay
from broker.domain.hall import Hall
from broker.domain.office_file import BadOffice, office_from_toml
from broker.translate import View
from tests.broker.conftest import MONDAY_MORNING
from tests.broker.domain.test_office_slips import SMALL_OFFICE

LINK = "https://urzad.example/pjm/dowody"


def office(sign_language):
    text = SMALL_OFFICE.replace('time_zone = "Europe/Warsaw"', 'time_zone = "Europe/Warsaw"\nhearing_loop = true')
    return office_from_toml(
        text.replace('letter = "D"', f'letter = "D"\nsign_language = {sign_language}'), "office.toml"
    )


def test_signs_and_loop_are_told_to_the_kiosk_and_the_loop_to_the_wall():
    hall = Hall(office(f'{{ pl = "{LINK}" }}'))
    view = View(hall.after(*hall.decide(StartDay(), MONDAY_MORNING)))
    menu = view.menu(MONDAY_MORNING)
    assert {category.id: category.sign_language for category in menu.categories} == {
        "cards": {"pl": LINK},
        "business": {},
    }
    assert menu.hearing_loop
    assert view.board().hearing_loop


def test_an_office_that_says_nothing_has_neither():
    plain = office_from_toml(SMALL_OFFICE, "office.toml")
    assert not plain.hearing_loop
    assert plain.categories["cards"].sign_language == {}


@pytest.mark.parametrize(
    "link", ["/srv/pjm/dowody.mp4", "dowody.mp4", "https://urzad.example/a b", "https://" + 200 * "x"]
)
def test_a_film_in_a_file_is_refused_in_words(link):
    with pytest.raises(BadOffice, match=r"sign_language pl should be a link like https://..., .* no film in a file"):
        office(f'{{ pl = "{link}" }}')


def test_a_link_in_a_language_that_the_office_does_not_speak_is_refused():
    with pytest.raises(BadOffice, match="which is not among the office's languages"):
        office(f'{{ pl = "{LINK}", cs = "{LINK}" }}')
