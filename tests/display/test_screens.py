"""What a person in the hall sees, in a real window."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from display.announcements import Announcements, BoardHeard, Memory, after
from display.pictures import Pictures
from display.reading import Reading
from display.screens.called import PULSE_S
from display.screens.offline import WallOffline
from display.screens.recent import WallCall
from display.view import View, view
from tests.builders import NOON, board, call, sample
from tests.display.conftest import LYING, STANDING
from tests.display.views import DESKS, NUMBERS, on_air, settled, twelve

NEAR = Reading(1.5)


def cards(wall):
    """The calls before the newest, as they stand on the wall: number, place, whether still to be announced."""
    return [(card.number, card.place, card.new) for card in reversed(wall.seen(WallCall))]


def test_before_anything_is_known_there_is_the_time_and_a_word_to_wait(wall):
    wall.wall.tell_time(NOON)
    wall.show(View())
    assert sorted(wall.words()) == [f"{NOON:%H:%M}", "Brak łączności z kolejką", "Proszę czekać"]
    wall.show(View(offline=False))
    assert "Brak łączności z kolejką" not in wall.words()


def test_before_the_first_call_residents_are_greeted(wall):
    wall.show(settled(waiting=0))
    assert {"Dzień dobry!", "Nikt nie czeka."} <= set(wall.words())
    wall.show(settled(*twelve()))
    assert "Dzień dobry!" not in wall.words()
    wall.show(settled(waiting=0))
    assert "Dzień dobry!" in wall.words(), "and again on the next morning"


@pytest.mark.parametrize("size", [LYING, STANDING])
@pytest.mark.parametrize("number", ["017", "K017", "7", "1017", "K1017"])
def test_the_newest_number_is_twice_as_large_as_what_can_just_be_read(wall, size, number):
    wall.resize(*size)
    wall.show(settled(call(number, "26", 2), call("D001", "9", 1)))
    assert wall.label(number).font_size >= 1.9 * wall.wall.look.smallest
    assert wall.label("26").font_size >= 1.9 * wall.wall.look.smallest
    assert "Ostatni numer" in wall.words()


def test_a_call_that_was_taken_back_is_on_the_wall_no_more(wall):
    one, two = call("017", "26", 1), call("018", "9", 2)
    state, _ = after(Announcements(Memory("2026-11-23", 1)), BoardHeard(board(two, one), NOON))
    wall.show(view(state, "pl", offline=False))
    assert {"Zapraszamy", "018", "017"} <= set(wall.words())
    for left, words in (([one], {"Ostatni numer", "017"}), ([], {"Dzień dobry!"})):
        state, _ = after(state, BoardHeard(board(*left), NOON))
        wall.show(view(state, "pl", offline=False))
        assert words <= set(wall.words())
        assert not {"Zapraszamy", "018"} & set(wall.words())
    assert "017" not in wall.words()


@pytest.mark.parametrize("size", [LYING, STANDING])
def test_every_call_before_it_comes_to_stand_with_its_desk(wall, size):
    wall.resize(*size)
    wall.show(settled(*twelve()))
    seen = set()
    for beat in range(6):
        wall.turn(beat)
        seen |= {(number, place) for number, place, _ in cards(wall)}
    whole = {
        (number, next(d["label"]["pl"] for d in sample()["desk"] if d["id"] == desk))
        for number, desk in zip(NUMBERS[1:], DESKS[1:], strict=True)
    }
    # Under a newest call to "Stanowisko 26" a "9" is enough; "Pokój 3" is not "3".
    assert {(number, place if " " in place else f"Stanowisko {place}") for number, place in seen} == whole
    assert ("T008", "Pokój 3") in seen


def test_a_place_of_another_kind_than_the_newest_is_never_a_bare_number(wall):
    wall.show(settled(call("T008", "p3", 3), call("A003", "9", 2), call("P001", "p4", 1)))
    assert [place for _, place, _ in cards(wall)] == ["Stanowisko 9", "Pokój 4"]


def test_a_label_with_no_room_beside_its_number_stands_under_it(wall):
    wall.resize(*STANDING)
    wall.show(settled(call("T008", "p3", 3), call("A003", "9", 2), call("P001", "p4", 1)))
    (card,) = wall.seen(WallCall)
    number, place = wall.label("A003"), wall.label("Stanowisko 9")
    assert card.folded
    assert number.y > place.y
    assert number.font_size == place.font_size == pytest.approx(wall.wall.look.smallest)
    wall.show(settled(call("D017", "26", 3), call("A003", "9", 2), call("P001", "p4", 1)))
    assert [place for _, place, _ in cards(wall)] == ["9", "Pokój 4"], "and beside it where there is room again"
    assert wall.label("A003").font_size == pytest.approx(wall.wall.look.smallest)


@pytest.mark.parametrize("size", [LYING, STANDING])
@pytest.mark.parametrize(
    "words", ["Stanowisko obsługi osób z niepełnosprawnościami 12", "Канцелярія та відділ документообігу"]
)
def test_a_label_too_long_for_the_card_is_small_but_there(wall, size, words):
    wall.resize(*size)
    wall.show(settled(call("D017", "26", 2), replace(call("A003", "9", 1), label={"pl": words})))
    assert [number for number, _, _ in cards(wall)] == ["A003"]
    assert wall.label(words).font_size > wall.wall.look.smallest / 3


@pytest.mark.parametrize("size", [LYING, STANDING])
@pytest.mark.parametrize("metres", [1.5, 3, 5])
def test_the_names_of_all_18_matters_are_whole_on_one_page_or_on_several(wall, size, metres):
    wall.hang(reading=Reading(metres))
    wall.resize(*size)
    wall.show(settled(*twelve()))
    assert wall.matters() == [category["name"]["pl"] for category in sample()["category"]]


def test_minutes_are_promised_only_where_some_are_known_and_have_room(wall):
    wall.hang(reading=NEAR)
    wall.show(settled(wait_minutes=(5, 15)))
    assert "5–15 min" in wall.words()
    wall.show(settled(wait_minutes=None))
    assert not any("min" in words.split() for words in wall.words())
    wall.hang()
    wall.show(settled(wait_minutes=(5, 15)))
    assert "5–15 min" not in wall.words()
    assert "3" in wall.words()


def test_a_new_call_is_made_noticeable_by_colour_word_and_a_slow_frame(wall):
    wall.show(on_air(call("D017", "26", 1)))
    newest = wall.wall._board._newest
    assert "Zapraszamy" in wall.words()
    assert newest.framed
    assert wall.until(lambda: not newest.framed)
    assert wall.until(lambda: newest.framed)
    assert 1 / (2 * PULSE_S) < 3, "flashes a second"
    wall.show(settled(call("D017", "26", 1)))
    assert not newest.framed
    assert "Zapraszamy" not in wall.words()


def test_three_calls_at_once_are_all_seen_and_the_waiting_ones_marked(wall):
    wall.show(on_air(call("N006", "8", 3), call("G014", "25", 2), call("F001", "24", 1)))
    assert wall.label("F001").font_size > 1.9 * wall.label("N006").font_size
    assert cards(wall) == [("N006", "8", True), ("G014", "25", True)]


def test_a_label_without_a_number_is_whole(wall):
    odd = [
        replace(call("D017", "26", 2), label={"pl": "Punkt obsługi mieszkańców"}),
        replace(call("A003", "9", 1), label={"pl": "Biuro podawcze"}),
    ]
    wall.show(settled(*odd))
    assert {"Punkt obsługi mieszkańców", "Biuro podawcze"} <= set(wall.words())


def test_without_a_link_the_last_board_stays_under_a_small_mark(wall):
    def marks():
        return [mark for mark in wall.seen(WallOffline) if mark.side]

    wall.show(settled(*twelve(), offline=True))
    (mark,) = marks()
    assert mark.side < wall.wall.look.clock
    assert "D017" in wall.words()
    wall.show(settled(*twelve()))
    assert not marks()


def test_the_office_and_the_day_stand_side_by_side_or_turn(wall):
    wall.hang(reading=NEAR)
    wall.wall.tell_time(NOON)
    wall.show(settled(*twelve()))
    assert {"Urząd Miejski w Dąbrowie Górniczej", "poniedziałek, 23 listopada", f"{NOON:%H:%M}"} <= set(wall.words())
    wall.hang()
    wall.show(settled(*twelve()))
    wall.wall.tell_time(NOON)
    read = []
    for beat in range(4):
        wall.turn(beat)
        read += wall.words()
    assert {"Urząd Miejski w Dąbrowie Górniczej", "23 listopada", f"{NOON:%H:%M}"} <= set(read)


def test_a_list_of_several_pages_says_so_where_it_has_a_heading(wall):
    wall.hang(reading=Reading(3))
    wall.show(settled(*twelve()))
    assert {"Ostatnie wezwania", "1/3", "Oczekujący", "1/12"} <= set(wall.words())
    wall.turn(1)
    assert "2/3" in wall.words()
    wall.show(settled(twelve()[0]))
    assert "1/3" not in wall.words()


def test_all_walls_of_an_office_turn_at_the_same_moment(wall):
    wall.wall._page_s = 8.0
    beats = []
    for second in (0, 7, 8, 15, 16):
        wall.wall.tell_time(NOON + timedelta(seconds=second))
        beats.append(wall.wall.beat)
    assert [beat - beats[0] for beat in beats] == [0, 0, 1, 1, 2]


def test_nothing_is_drawn_while_nothing_changes(wall):
    shown = settled(*twelve())
    wall.show(shown)
    wall.wall.tell_time(NOON)
    wall.frames(10)
    flips = wall.flips
    for _ in range(5):
        wall.show(shown)
        wall.wall.tell_time(NOON)
    assert wall.flips == flips
    wall.wall.tell_time(NOON + timedelta(minutes=1))
    wall.frames()
    assert wall.flips > flips


def test_a_call_stands_on_amber_while_it_is_announced_and_on_blue_after(wall, tmp_path):
    wall.show(on_air(call("D017", "26", 1)))
    amber = (255, 183, 3)
    assert wall.picture(tmp_path / "new.png").getpixel((1, 120)) == amber
    wall.show(settled(call("D017", "26", 1)))
    assert wall.picture(tmp_path / "calm.png").getpixel((1, 120)) == (19, 49, 92)


def test_a_picture_is_written_once_the_wall_has_settled(wall, tmp_path):
    folder = tmp_path / "pictures"
    pictures = Pictures(folder, wall.wall)
    wall.show(settled(*twelve()))
    pictures.take_soon()
    pictures.take_soon()
    assert wall.until((folder / "001-board.png").exists)
    wall.show(settled())
    pictures.take_soon()
    assert wall.until((folder / "002-board.png").exists)
    assert sorted(path.name for path in folder.iterdir()) == ["001-board.png", "002-board.png"]


def test_a_folder_that_takes_no_picture_darkens_no_wall(wall, tmp_path, caplog):
    (tmp_path / "pictures").write_text("in the way")
    pictures = Pictures(tmp_path / "pictures", wall.wall)
    pictures.take_soon()
    assert wall.until(lambda: "no picture in" in caplog.text)


def test_strange_words_darken_no_wall(wall):
    strange = "x" * 5000, "", "a " * 3000, "\n\x00\t", "[b]", "🚀→ЇҐ"
    for words in strange:
        odd = replace(call("D017", "26", 1), number=words, label={"pl": words})
        shown = settled(odd, replace(odd, call=2, number=words + "2"))
        queues = tuple(replace(queue, name=words) for queue in shown.queues)
        wall.show(replace(shown, office=words, queues=queues))
    wall.show(settled(*twelve()))
    assert "D017" in wall.words()
