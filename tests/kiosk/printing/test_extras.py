"""What an office adds to its tickets."""

import pytest
from PIL import Image, ImageDraw

from kiosk.__main__ import main
from kiosk.printing.drawing import drawn
from kiosk.printing.extras import BadExtra
from kiosk.printing.logo import logo
from kiosk.printing.paper import paper


def coat_of_arms(path, size=(600, 300)):
    picture = Image.new("RGBA", size, (255, 255, 255, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1] - 1), fill=(10, 20, 80, 255))
    picture.save(path)
    return str(path)


def test_a_logo_of_any_size_fits_the_paper_and_what_is_clear_stays_white(tmp_path):
    picture = logo(coat_of_arms(tmp_path / "logo.png"), 384)
    assert (picture.width, picture.height) == (288, 144)
    image = Image.frombytes("1", (picture.width, picture.height), picture.rows)
    assert image.getpixel((20, 70)) > 0, "ink where it was dark"
    assert image.getpixel((270, 70)) == 0
    tall = logo(coat_of_arms(tmp_path / "tall.png", (100, 900)), 384)
    assert (tall.width, tall.height) == (18, 160)


def test_a_logo_stands_in_the_middle(tmp_path):
    sheet = paper("TM-T20II")
    left, _, right, _ = drawn(logo(coat_of_arms(tmp_path / "logo.png"), sheet.dots), sheet).getbbox()
    assert left == (576 - 320) // 2
    assert right <= 576


def test_no_logo_is_no_line():
    assert logo("", 384) is None


def test_what_is_no_picture_is_refused_in_words(tmp_path):
    (tmp_path / "logo.txt").write_text("herb")
    for path, said in ((tmp_path / "logo.txt", "should be a picture"), (tmp_path / "nowhere.png", "No such file")):
        with pytest.raises(BadExtra, match=said):
            logo(str(path), 384)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--ticket-logo", "/nowhere/logo.png"], "ticket_logo: /nowhere/logo.png: No such file"),
        (["--ticket-url", "https://kolejka.example/"], "ticket_url: 'https://kolejka.example/' should be like"),
        (["--printer-paper-mm", "79"], "printer_paper_mm 79: should be 58, 80 or 82.5"),
        (["--printer-cut", "axe"], "printer_cut 'axe': should be one of cut, partial, present, tear"),
        (["--printer-status", "telepathy"], "printer_status 'telepathy': should be one of auto, epson"),
    ],
)
def test_what_cannot_be_meant_is_one_line_and_status_2(option, said, capsys):
    try:
        status = main(["--printer", "file:/dev/null", *option])
    except SystemExit as end:
        status = end.code
    assert status == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
