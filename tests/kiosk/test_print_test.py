"""The page by which an office judges its printer."""

import pytest

from kiosk.__main__ import main
from kiosk.printing import paper as papers
from kiosk.printing.decoder import decoded, text_lines
from kiosk.printing.lines import DRAWN, Text
from kiosk.printing.paper import page_slots, paper
from kiosk.printing.printed import PrintedPicture, PrintedQr
from kiosk.printing.sample_page import sample_page
from kiosk.printing.ticket_bytes import ticket_bytes
from tests.kiosk.printing.hall_printer import HallPrinter, in_the_hall

PRINTERS = sorted(set(papers._profiles()) - {"AF-240", "OCD-100", "OCD-300"})


def page(sheet):
    return decoded(ticket_bytes(sample_page(sheet, "pl"), sheet), page_slots(sheet.profile))


def test_the_page_shows_every_code_page_beside_the_drawn_letters():
    sheet = paper("TM-T20II")
    said = text_lines(page(sheet))
    for head, letters in (
        ("CP852 (ESC t 18):", "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż"),
        ("CP1251 (ESC t 46):", "ҐЄІЇ ґєії ЖШЩЮЯ жшщюя"),
    ):
        assert said[said.index(head) + 1] == letters
    drawn = [line.words for line in sample_page(sheet, "pl") if isinstance(line, Text) and line.page == DRAWN]
    assert drawn == ["ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż", "ÄÖÜ äöüß", "ÄÖÜ äöüß „–” €", "ҐЄІЇ ґєії ЖШЩЮЯ жшщюя"]
    assert "1234567890" * 4 + "12345678" in said


@pytest.mark.parametrize("profile", PRINTERS)
def test_the_page_fits_every_printer(profile):
    sheet = paper(profile)
    printed = page(sheet)
    pictures = [piece for piece in printed if isinstance(piece, PrintedPicture)]
    assert max(piece.width_bytes * 8 for piece in pictures) == sheet.dots
    assert any(isinstance(piece, PrintedQr) for piece in printed) == sheet.native_qr
    lines = [line for line in sample_page(sheet, "pl") if isinstance(line, Text)]
    assert all(len(line.words) * line.scale <= sheet.columns for line in lines)


def test_the_page_is_printed_from_the_command_line_and_the_words_say_what_to_look_at(capsys):
    hall = HallPrinter()
    hall.paper = "low"
    with in_the_hall(hall) as option:
        assert main(["print-test", "--printer", option, "--printer-profile", "TM-T88V"]) == 0
        assert len(hall.slips) == 1
        hall.paper = "out"
        assert main(["print-test", "--printer", option, "--printer-profile", "TM-T88V"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"printer  {option}"
    assert said[2:4] == ["status   paper low", "page     printed: paper low"]
    assert said[-2:] == ["status   paper out", "page     failed: paper out"]


def test_a_printer_that_cannot_be_meant_is_one_line_and_status_2(capsys):
    assert main(["print-test", "--printer", "pigeon:coo"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("okienko-kiosk print-test: printer 'pigeon:coo'")
    assert "cups:QUEUE" in line
