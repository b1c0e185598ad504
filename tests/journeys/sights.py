"""What ought to be seen: the same screens, drawn in the test's own window from what the broker says.

Kivy opens its window when it is imported, so that waits for the fixture of the window.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PIL import Image, ImageChops

from display.announcements import Announcements, BoardHeard, Memory, after
from display.view import view
from kiosk.place import Matters, Thanks
from kiosk.state import State
from tests.clients import eventually
from tests.journeys.programs import KIOSK_SIZE, WALL_SIZE
from tests.kiosk.scenes import NOW, scene

# Round corners are smoothed a little otherwise in a window than in a picture; another number is thousands of pixels.
EDGES = 300
MARKED = 48


def shows_board(hall, driver):
    """Whether the wall's window comes to show the whole board of this moment, pixel for pixel."""

    def is_shown():
        picture, board = hall.wall.pictures()[-1:], hall.board
        if not picture or not is_new((picture, board)):
            return False
        taken_at = datetime.fromtimestamp(picture[0].stat().st_mtime, UTC)
        # The clock on the wall may be a second older than the picture.
        moments = {f"{at:%H:%M}": at for at in (taken_at, taken_at - timedelta(seconds=2))}
        return any(calm_wall(driver, board, at, hall.folder) == pixels(picture[0]) for at in moments.values())

    is_new = _news()
    return eventually(is_shown)


def calm_wall(driver, board, at, folder):
    """Draw the wall as it stands when every call of the board was announced; return its pixels."""
    newest = max(board.calls, key=lambda call: call.call, default=None)
    memory = Memory(board.day, newest.call, newest.called_at) if newest else Memory(board.day)
    state, actions = after(Announcements(memory), BoardHeard(board, at))
    assert not actions
    if tuple(driver.wall.size) != WALL_SIZE:
        driver.resize(*WALL_SIZE)
    driver.wall.tell_time(at.astimezone(ZoneInfo(board.time_zone)))
    shown = view(state, "pl", offline=False)
    driver.show(shown)
    if newest:
        assert {newest.number, shown.newest.place.desk} <= set(driver.words())
        assert newest.label["pl"] == f"{shown.newest.place.word} {shown.newest.place.desk}"
    return driver.picture(folder / "expected.png").tobytes()


def shows_number(hall, driver, kiosk, number, paper):
    """Whether the kiosk's window comes to show this number, large, and what became of the paper."""
    from kivy.uix.label import Label

    thanks = Thanks("r1", hall.answer(number), "pl", NOW, NOW + 60, paper)
    _on_glass(driver, State(menu=hall.menu, linked=True, out_since=None, touched_at=NOW, place=thanks))
    assert number in [label.text for label in driver.seen(Label)]
    expected = kiosk.folder / "expected.png"
    driver.stage.export_to_png(str(expected))
    is_new = _news()
    return eventually(lambda: is_new(kiosk.pictures()[-1:]) and _other_pixels(kiosk.pictures()[-1], expected) < EDGES)


def places_of(hall, driver, group, matter):
    """Return where a resident touches a group and then a matter, in pixels from the upper left."""
    from kiosk.rehearsal.fingers import named

    start = State(menu=hall.menu, linked=True, out_since=None, touched_at=NOW)
    for state, name in ((start, group), (replace(start, place=Matters(group.partition(":")[2])), matter)):
        _on_glass(driver, state)
        widget = named(driver.stage, name)
        x, y = widget.to_window(*widget.center)
        yield int(x), int(KIOSK_SIZE[1] - y)


def pixels(path):
    with Image.open(path) as picture:
        return picture.convert("RGB").tobytes()


def _other_pixels(one, other):
    """Count the pixels that anybody would call different."""
    with Image.open(one) as first, Image.open(other) as second:
        apart = ImageChops.difference(first.convert("RGB"), second.convert("RGB")).convert("L")
    return sum(apart.histogram()[MARKED:])


def _on_glass(driver, state):
    if tuple(driver.stage.size) != KIOSK_SIZE:
        driver.resize(KIOSK_SIZE)
    driver.show(scene(state))
    driver.frames()


def _news():
    """Return a function that says whether something differs from what it was told last."""
    told = []

    def is_new(thing):
        told.append(thing)
        return len(told) == 1 or told.pop(0) != thing

    return is_new
