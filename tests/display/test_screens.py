"""What a person in the hall sees, in a real window."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from display.announcements import Announcements, BoardHeard, Memory, after
from display.pictures import Pictures
from display.screens.newest import PULSE_S
from display.view import View, view
from tests.builders import NOON, board, call, sample

LYING, STANDING = (1920, 1080), (1080, 1920)
# A 55 inch screen is 1218 mm wide; a capital is 0.711 of its font's size.
MM_A_PIXEL = 1218 / 1920
CAPITAL = 0.711
NUMBERS = ["D017", "A003", "K112", "T008", "O045", "E031", "S009", "W104", "P055", "M002", "Z010", "B021"]
DESKS = ["26", "9", "7", "p3", "17", "30", "19", "14", "p4", "22", "23", "21"]


def twelve():
    return [call(number, desk, 12 - at) for at, (number, desk) in enumerate(zip(NUMBERS, DESKS, strict=True))]


def settled(*calls, offline=False, **fields):
    """A view in which everything was announced long ago."""
    state, _ = after(Announcements(Memory("2026-11-23", 99)), BoardHeard(board(*calls, **fields), NOON))
    return view(state, "pl", offline=offline)


def on_air(*calls, announced=0):
    state, _ = after(Announcements(Memory("2026-11-23", announced)), BoardHeard(board(*calls), NOON))
    return view(state, "pl", offline=False)


def capital_mm(label):
    return label.font_size * CAPITAL * MM_A_PIXEL


def test_before_anything_is_known_there_is_the_time_and_a_word_to_wait(wall):
    wall.wall.tell_time(NOON)
    wall.show(View())
    assert sorted(wall.words()) == [f"{NOON:%H:%M}", "Brak łączności z kolejką", "Proszę czekać"]
    wall.show(View(offline=False))
    assert "Brak łączności z kolejką" not in wall.words()


def test_before_the_first_call_residents_are_greeted(wall):
    wall.show(settled(waiting=0))
    assert {"Dzień dobry!", "Nikt nie czeka.", "Urząd Miejski w Dąbrowie Górniczej"} <= set(wall.words())
    wall.show(settled(*twelve()))
    assert "Dzień dobry!" not in wall.words()
    wall.show(settled(waiting=0))
    assert "Dzień dobry!" in wall.words(), "and again on the next morning"


@pytest.mark.parametrize("size", [LYING, STANDING])
def test_the_newest_number_can_be_read_from_ten_metres(wall, size):
    wall.resize(*size)
    wall.show(settled(*twelve()))
    assert capital_mm(wall.label("D017")) >= 122
    assert capital_mm(wall.label("26")) >= 122
    assert "Ostatni numer" in wall.words()


@pytest.mark.parametrize("size", [LYING, STANDING])
def test_a_number_of_a_common_series_is_as_large_as_any_other(wall, size):
    wall.resize(*size)
    for number in ("017", "K017", "7", "1017"):
        wall.show(settled(call(number, "26", 2), call("D001", "9", 1)))
        assert capital_mm(wall.label(number)) >= 122
        wall.show(settled(call("D001", "9", 2), call(number, "26", 1)))
        assert wall.label(number).font_size >= 54


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
def test_the_calls_before_it_stand_with_their_desks(wall, size):
    wall.resize(*size)
    wall.show(settled(*twelve()))
    for number in NUMBERS[1:9]:
        assert wall.label(number).font_size >= 54
    assert wall.words().count("Pokój") == 2


@pytest.mark.parametrize("size", [LYING, STANDING])
def test_the_names_of_all_18_matters_are_whole(wall, size):
    wall.resize(*size)
    wall.show(settled(*twelve()))
    for category in sample()["category"]:
        assert wall.label(category["name"]["pl"]).font_size >= 17


def test_minutes_are_promised_only_where_some_are_known(wall):
    wall.show(settled(wait_minutes=(5, 15)))
    assert "minut" in wall.words()
    wall.show(settled(wait_minutes=None))
    assert "minut" not in wall.words()
    assert "osób" in wall.words()


@pytest.mark.parametrize("size", [LYING, STANDING, (1280, 720), (800, 480)])
def test_no_word_is_drawn_outside_its_place(wall, size):
    wall.resize(*size)
    wall.show(settled(*twelve(), offline=True))
    for label in wall.labels():
        width, height = label.texture_size
        assert width <= label.width + 1
        assert height <= label.height + 1
        x, y = label.to_window(label.center_x - width / 2, label.center_y - height / 2)
        assert x >= 0
        blank = 0.2 * label.font_size  # above capitals, and below the line
        assert y + blank >= 0, label.text
        assert x + width <= size[0]
        assert y + height - blank <= size[1], label.text


def test_a_new_call_is_made_noticeable_by_colour_word_and_a_slow_frame(wall):
    wall.show(on_air(call("D017", "26", 1)))
    newest = wall.wall.children[0]._newest
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
    assert wall.label("F001").font_size > 2 * wall.label("N006").font_size
    recent = wall.wall.children[0].ids.recent
    assert [(card.number, card.new) for card in recent._cards[:3]] == [("N006", True), ("G014", True), ("", False)]


def test_a_label_without_a_number_is_whole(wall):
    odd = [
        replace(call("D017", "26", 2), label={"pl": "Punkt obsługi mieszkańców"}),
        replace(call("A003", "9", 1), label={"pl": "Biuro podawcze"}),
    ]
    wall.show(settled(*odd))
    assert {"Punkt obsługi mieszkańców", "Biuro podawcze"} <= set(wall.words())


def test_without_a_link_the_last_board_stays_under_a_small_mark(wall):
    wall.show(settled(*twelve(), offline=True))
    mark = wall.label("Brak łączności z kolejką")
    assert mark.font_size <= 30
    assert "D017" in wall.words()
    wall.show(settled(*twelve()))
    assert "Brak łączności z kolejką" not in wall.words()


def test_where_there_are_more_matters_than_room_the_wall_says_how_many_are_missing(wall):
    crowded = settled()
    wall.show(replace(crowded, queues=crowded.queues * 2))
    assert "i 18 innych spraw" in wall.words()


def test_a_few_matters_are_drawn_larger_than_many(wall):
    many = settled()
    wall.show(many)
    small = wall.label("Kierowcy").font_size
    wall.show(replace(many, queues=many.queues[:5]))
    assert wall.label("Kierowcy").font_size > 1.2 * small


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
    assert wall.picture(tmp_path / "new.png").getpixel((5, 300)) == amber
    wall.show(settled(call("D017", "26", 1)))
    assert wall.picture(tmp_path / "calm.png").getpixel((5, 300)) == (19, 49, 92)


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
