"""What a window without a printer behind it shows and feels."""

from kiosk.printing.code_text import written_code
from tests.builders import NOON
from tests.kiosk.scenes import scene, states


def header(glass):
    from kiosk.screens.header import KioskHeader

    (found,) = glass.seen(KioskHeader)
    return found


def hand_on(glass, widget):
    from kivy.base import EventLoop

    from kiosk.rehearsal.fingers import Finger

    x, y = widget.to_window(*widget.center)
    finger = Finger(x / glass.window.width, y / glass.window.height)
    EventLoop.post_dispatch_input("begin", finger)
    glass.frames()
    return finger


def test_the_staff_hold_the_heading_to_come_to_the_missed_tickets(glass):
    glass.show(scene(states()["no paper"]))
    finger = hand_on(glass, header(glass))
    assert glass.until(lambda: glass.tapped == ["reprints"])
    glass.lift(finger)
    assert glass.tapped == ["reprints"]


def test_who_only_touches_the_heading_comes_nowhere_and_holding_it_does_nothing_while_nothing_is_missed(glass):
    from kiosk.screens.header import HOLD_S

    glass.show(scene(states()["no paper"]))
    glass.lift(hand_on(glass, header(glass)))
    glass.show(scene(states()["start"]))
    finger = hand_on(glass, header(glass))
    glass.until(lambda: glass.tapped, timeout_s=HOLD_S + 0.5)
    glass.lift(finger)
    assert glass.tapped == []


def test_a_code_on_the_glass_is_the_one_that_a_telephone_would_read(glass):
    from kivy.graphics import Rectangle

    from kiosk.screens.qr import QUIET, KioskQr, matrix

    content = written_code("P128", NOON, "Urząd Miejski w Dąbrowie Górniczej")
    view = scene(states()["not printed"])
    assert view.code.splitlines()[0] == "P128"
    glass.show(view)
    (code,) = [widget for widget in glass.seen(KioskQr) if widget.content]
    code.content = content
    glass.frames()
    bars = [each for each in code.canvas.children if type(each) is Rectangle]
    modules = matrix(content)
    size = bars[0].size[1]
    left, top = min(bar.pos[0] for bar in bars), max(bar.pos[1] for bar in bars)
    drawn = [[False] * len(modules) for _ in modules]
    for bar in bars:
        row, start = round((top - bar.pos[1]) / size), round((bar.pos[0] - left) / size)
        for column in range(start, start + round(bar.size[0] / size)):
            drawn[row][column] = True
    assert drawn == modules
    assert size >= 4, "too fine for a telephone"
    assert left - code.x >= QUIET * size - 1
