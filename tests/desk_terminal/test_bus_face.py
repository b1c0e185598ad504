"""What the displays of an RS-485 line are told."""

import pytest

from desk_terminal.bus_face import told_face
from desk_terminal.face import Face
from desk_terminal.lamp import Lamp
from desk_terminal.wiring import Rs485

FACE = Face(("ŻÓŁĆ W OBSŁUDZE", "CZEKA: 4"), "D017", 4, Lamp.SLOW)


@pytest.mark.parametrize(
    ("display", "told"),
    [
        ("text", ("T", b"2ZOLC W OBSLUDZE CZEKA: 4        ")),
        ("digits", ("D", b"2D017   4")),
        ("none", ("L", b"2")),
    ],
)
def test_each_display_is_told_what_it_can_show(display, told):
    assert told_face(FACE, Rs485(1, display=display)) == told


def test_a_display_with_polish_letters_gets_them_one_byte_each():
    kind, body = told_face(FACE, Rs485(1, encoding="cp852"))
    assert (kind, len(body)) == ("T", 33)
    assert body[1:].decode("cp852") == f"{'ŻÓŁĆ W OBSŁUDZE':<16}{'CZEKA: 4':<16}"


def test_four_figures_show_the_end_of_a_long_number_and_the_most_that_they_can_count():
    assert told_face(Face(("", ""), "CARD017", 12345), Rs485(1, display="digits")) == ("D", b"0D0179999")
    assert told_face(Face(("", "")), Rs485(1, display="digits")) == ("D", b"0       0")
