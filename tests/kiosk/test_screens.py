"""What the glass shows and feels, in a real window."""

from itertools import combinations

import pytest
from msgspec.structs import replace

from kiosk.phrases import side_by_side
from tests.builders import menu, ticket
from tests.kiosk.conftest import LANDSCAPE, PORTRAIT
from tests.kiosk.reading import at_rest, lines, misfit, shown
from tests.kiosk.scenes import LANGUAGES, NOW, scene, states

SMALLEST_LETTERS = 19  # pixels of font size; 7 mm on a 32-inch panel
SMALLEST_TARGET = 92  # pixels; 25 mm on a 24-inch panel


SIZES_AND_LANGUAGES = [*((PORTRAIT, language) for language in LANGUAGES), (LANDSCAPE, "pl"), (LANDSCAPE, "de")]


@pytest.mark.parametrize(("size", "language"), SIZES_AND_LANGUAGES)
def test_no_word_is_cut_off_and_none_is_too_small_to_read(glass, size, language, caplog):
    glass.resize(size)
    for name, state in states().items():
        glass.show(scene(replace(state, panel=glass.stage.panel), language))
        assert shown(glass) or name == "screen test", name
        for label in shown(glass):
            assert not misfit(label, size), (name, label.text, misfit(label, size))
            assert label.font_size >= SMALLEST_LETTERS, (name, label.text, label.font_size)
            assert not [line for line in lines(label) if line.startswith("·")], (name, label.text)
        assert at_rest(caplog), name


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_everything_to_touch_is_large_and_nothing_lies_on_another(glass, size):
    from kiosk.screens.frame import KioskNotice
    from kiosk.screens.header import KioskHeader
    from kiosk.screens.message import KioskFact
    from kiosk.screens.tappable import KioskTappable

    def overlap(one, other):
        return (
            min(one.right, other.right) - max(one.x, other.x) > 1 and min(one.top, other.top) - max(one.y, other.y) > 1
        )

    glass.resize(size)
    for name, state in states().items():
        glass.show(scene(replace(state, panel=glass.stage.panel)))
        targets = glass.seen(KioskTappable)
        for target in targets:
            assert min(target.size) >= SMALLEST_TARGET, (name, target.name, target.size)
        boxes = [*targets, *glass.seen(KioskHeader), *glass.seen(KioskFact), *glass.seen(KioskNotice)]
        crossed = [(a, b) for a, b in combinations(boxes, 2) if overlap(a, b)]
        assert not crossed, (name, crossed)


def test_a_tap_says_what_was_tapped(glass):
    glass.show(scene(states()["two matters"]))
    for name in ("id-cards", "language:uk", "back"):
        glass.tap(name)
    assert glass.tapped == ["matter:id-cards", "language:uk", "back"]


def test_a_closed_matter_feels_like_nothing(glass):
    glass.show(scene(states()["start"]))
    glass.tap("business")
    glass.tap("group:identity")
    assert glass.tapped == ["group:identity"]


def test_a_group_of_closed_matters_can_still_be_looked_into(glass):
    glass.show(scene(replace(states()["start"], menu=menu(closed={"id-cards", "population"}))))
    glass.tap("group:identity")
    assert glass.tapped == ["group:identity"]


def test_a_menu_that_changes_under_a_finger_does_not_lose_the_tap(glass):
    glass.show(scene(states()["two matters"]))
    finger = glass.touch("id-cards")
    glass.show(scene(replace(states()["two matters"], menu=menu(waiting=24))))
    glass.lift(finger)
    assert glass.tapped == ["matter:id-cards"]
    detail = side_by_side(("24 osoby czekają", "5–15 min", "Stanowiska\u00a026–30"))
    assert detail in [label.text for label in shown(glass)]


def test_a_finger_that_slides_off_takes_nothing(glass):
    glass.show(scene(states()["two matters"]))
    finger = glass.touch("id-cards")
    finger.move({"x": 0.5, "y": 0.99})
    glass.lift(finger)
    assert glass.tapped == []


def test_the_language_changes_live(glass):
    for language, heading in (("pl", "W jakiej sprawie przychodzisz?"), ("uk", "З якою справою ви прийшли?")):
        glass.show(scene(states()["start"], language))
        assert heading in [label.text for label in shown(glass)]


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_can_be_read_as_easily_as_the_matters(glass, size, language):
    glass.resize(size)
    view = scene(states()["start"], language)
    glass.show(view)
    assert next(label for label in shown(glass) if label.text == view.lines[0]).font_size >= 40


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_a_number_that_is_called_at_once_leads_to_its_desk_in_large_letters(glass, size):
    glass.resize(size)
    glass.show(scene(states()["called at once"]))
    desk = next(label for label in shown(glass) if label.text == "Stanowisko 30")
    assert desk.font_size > 80
    glass.show(scene(states()["printing"]))
    assert "Zapraszamy od razu" not in [label.text for label in shown(glass)]


def test_a_number_is_drawn_equally_large_with_and_without_a_letter(glass):
    thanks = states()["printed"]
    sizes = set()
    for number in ("017", "K017", "7"):
        glass.show(scene(replace(thanks, place=replace(thanks.place, ticket=ticket(number)))))
        sizes.add(next(label for label in shown(glass) if label.text == number).font_size)
    assert len(sizes) == 1
    assert sizes.pop() > 250


def test_the_number_is_the_largest_thing_on_the_screen(glass):
    glass.show(scene(states()["printed"]))
    largest = max(shown(glass), key=lambda label: label.font_size)
    assert largest.text == "P128"
    assert largest.texture_size[1] > glass.window.height / 8


@pytest.mark.parametrize("words", ["x" * 5000, "", "a " * 3000, "\n\x00\t", "[b]", "🚀→ЇҐ"])
def test_strange_words_darken_no_kiosk(glass, words):
    office = menu()
    group = replace(office.groups[0], name={"pl": words})
    matters = [replace(matter, name={"pl": words}, letter=words) for matter in office.categories]
    odd = replace(office, office={"pl": words}, groups=[group, *office.groups[1:]], categories=matters)
    for name in ("start", "two matters", "printed", "closed"):
        glass.show(scene(replace(states()[name], menu=odd)))
        glass.frames(2)
    glass.show(scene(states()["start"]))
    assert "Dowody i meldunki" in [label.text for label in shown(glass)]


def test_nothing_is_drawn_while_nothing_changes(glass):
    flips = []

    def count(*_):
        flips.append(1)

    glass.show(scene(states()["start"]))
    glass.frames(10)
    glass.window.bind(on_flip=count)
    for passed in range(20):
        glass.stage.show(scene(states()["start"], now=NOW + passed))
        glass.frames(1)
    glass.window.unbind(on_flip=count)
    assert flips == []
