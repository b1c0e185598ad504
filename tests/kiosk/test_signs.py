"""For who signs, and for who hears by an induction loop: the marks, the code beside the number, and the words."""

from msgspec.structs import replace

from kiosk.screens.pictograms import _along
from tests.builders import menu
from tests.kiosk.listener import Listener
from tests.kiosk.reading import picture_of
from tests.kiosk.scenes import SIGNED, scene, states

LINK = "https://urzad.example/pjm/transport"


def test_a_matter_that_is_explained_in_sign_language_has_a_pair_of_hands():
    choices = scene(states()["sign language"]).choices
    assert {choice.icon for choice in choices} == {"hands"}
    assert {choice.icon for choice in scene(states()["two matters"]).choices} == {""}


def test_the_code_beside_the_number_leads_there_in_any_language():
    for language in ("pl", "uk"):
        shown = scene(states()["number, signed"], language)
        assert (shown.code, shown.code_sign) == (LINK, "hands")
    facts = {fact.label: fact.value for fact in scene(states()["number, signed"]).facts}
    assert facts["Język migowy"] == "zeskanuj kod telefonem"


def test_a_number_without_paper_keeps_the_code_for_itself():
    state = states()["number, signed"]
    shown = scene(replace(state, place=replace(state.place, paper="failed")))
    assert LINK not in shown.code
    assert (shown.code_sign, "Język migowy" in [fact.label for fact in shown.facts]) == ("", False)


def test_a_matter_without_signs_has_no_code_and_no_word_of_it():
    shown = scene(states()["printed"])
    assert (shown.code, shown.code_sign) == ("", "")
    assert "Język migowy" not in [fact.label for fact in shown.facts]


def test_loop_and_signs_are_heard_as_well():
    resident = Listener(office=SIGNED).presses("help")
    assert "Działa tu pętla indukcyjna: przełącz aparat słuchowy na T." in resident.said[-1]
    resident.goes_to("group:identity").presses("choose").goes_to("matter:id-cards")
    assert "informacja w języku migowym" in resident.said[-1]
    assert "pętla" not in " ".join(Listener(office=menu()).presses("help").said)


def test_the_sign_of_the_loop_is_drawn_in_the_heading_where_the_hall_has_one(glass):
    def heading(office):
        glass.show(scene(replace(states()["start"], menu=office)))
        return picture_of(glass).crop((900, 0, 1080, 130)).getcolors(2**16)

    assert len(heading(menu())) == 1, "nothing but the band"
    assert len(heading(SIGNED)) > 3


def test_a_curve_begins_and_ends_where_it_should():
    points = _along((0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0))
    assert points[:2] == [0, 0]
    assert points[-2:] == [1, 0]
    assert max(points[1::2]) == 0.75
