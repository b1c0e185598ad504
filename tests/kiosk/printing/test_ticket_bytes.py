"""Tickets turned into a printer's bytes, and read back as a printer reads them."""

import os
import subprocess
import sys

import pytest

from kiosk.printing.decoder import Cut, NotEscPos, PrintedPicture, PrintedQr, PrintedText, decoded, text_lines
from kiosk.printing.drawing import drawn, qr_picture
from kiosk.printing.layout import layout
from kiosk.printing.lines import Gap, Qr, Text
from kiosk.printing.paper import BadProfile, page_slots, paper
from kiosk.printing.picture import ticket_picture
from kiosk.printing.ticket_bytes import ticket_bytes
from tests.builders import menu, ticket

EPSON = paper("TM-T20II")
WITH_POLISH = ["TM-T20II", "TM-T88II", "TM-T88IV", "TM-T88V", "CT-S651", "KR-306", "P822D", "default", "NT-5890K"]
WITHOUT_POLISH = ["TM-T88III", "simple", "T-1"]


def read_back(data, sheet=EPSON):
    return decoded(data, page_slots(sheet.profile))


def polish(sheet=EPSON, language="pl", **fields):
    return layout(ticket(**fields), menu(), language, columns=sheet.columns)


def kinds(printed):
    return [type(each) for each in printed]


@pytest.mark.parametrize("profile", WITH_POLISH)
def test_a_polish_ticket_is_read_back_letter_by_letter(profile):
    sheet = paper(profile)
    lines = polish(sheet)
    said = text_lines(read_back(ticket_bytes(lines, sheet), sheet))
    assert said == [line.words.replace("–", "-") for line in lines if isinstance(line, Text)]


def test_a_plain_polish_ticket_with_its_code_is_at_most_350_bytes():
    data = ticket_bytes(polish(), EPSON)
    assert len(data) <= 350
    assert PrintedQr("D017 2026-11-23 11:00", 6, "M", "center") in read_back(data)


def test_every_polish_letter_survives():
    pangram = "Zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ"
    for profile in WITH_POLISH:
        sheet = paper(profile)
        assert text_lines(read_back(ticket_bytes([Text(pangram)], sheet), sheet)) == [pangram]


def test_only_the_lines_that_the_page_lacks_are_drawn_and_none_has_a_question_mark():
    sheet = paper("TM-T88IV")
    lines = polish(sheet, language="uk")
    printed = read_back(ticket_bytes(lines, sheet), sheet)
    assert text_lines(printed)[:3] == ["Urząd Miejski w Dąbrowie Górniczej", "D017", "(Dowody osobiste)"]
    assert kinds(printed).count(PrintedPicture) == sum(isinstance(line, Text) for line in lines) - len(
        text_lines(printed)
    )
    assert not any("?" in line for line in text_lines(printed))


def test_a_ukrainian_ticket_is_written_in_two_pages_where_the_printer_has_both():
    lines = polish(language="uk")
    data = ticket_bytes(lines, EPSON)
    said = text_lines(read_back(data))
    assert said == [line.words for line in lines if isinstance(line, Text)] or "5-15 min" in "".join(said)
    assert {"Посвідчення особи", "(Dowody osobiste)", "Urząd Miejski w Dąbrowie Górniczej"} <= set(said)
    assert len(data) < 900, "a drawn one is 40 kB"


def test_a_text_that_only_another_page_covers_is_written_in_that_page():
    sheet = paper("TM-T88V")
    printed = read_back(ticket_bytes([Text("Opłata 17 €")], sheet), sheet)
    assert text_lines(printed) == ["Opłata 17 €"]
    assert PrintedPicture in kinds(read_back(ticket_bytes([Text("Opłata 17 €")], paper("TM-T88IV")), paper("TM-T88IV")))


@pytest.mark.parametrize("profile", WITHOUT_POLISH)
def test_a_printer_without_a_polish_page_gets_pictures_alone(profile):
    sheet = paper(profile)
    printed = read_back(ticket_bytes(polish(sheet), sheet), sheet)
    assert text_lines(printed) == []
    assert kinds(printed).count(PrintedPicture) >= 10


def test_an_office_can_have_everything_drawn_for_a_clone_that_lies():
    sheet = paper("TM-T20II", raster=True)
    printed = read_back(ticket_bytes(polish(sheet), sheet), sheet)
    assert not {PrintedText, PrintedQr} & set(kinds(printed))


def test_a_printer_that_draws_no_codes_gets_them_drawn():
    sheet = paper("POS-5890")
    printed = read_back(ticket_bytes([Qr("D017")], sheet), sheet)
    assert PrintedPicture in kinds(printed)


def test_the_ticket_is_cut_at_the_end_and_once():
    printed = read_back(ticket_bytes(polish(), EPSON))
    assert isinstance(printed[-1], Cut)
    assert kinds(printed).count(Cut) == 1


@pytest.mark.parametrize("profile", ["TM-T88V", "POS-5890", "TM-T88III", "default"])
@pytest.mark.parametrize("language", ["pl", "uk"])
def test_no_picture_is_wider_than_the_paper(profile, language):
    sheet = paper(profile)
    wide = [Text("ЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩЩ", bold=True), Text("Щ017", scale=8)]
    for each in read_back(ticket_bytes([*polish(sheet, language), *wide], sheet), sheet):
        if isinstance(each, PrintedPicture):
            assert each.width_bytes * 8 <= sheet.dots


def test_a_drawn_line_has_ink_and_is_centred():
    box = drawn(Text("Посвідчення"), EPSON).getbbox()
    assert abs((box[0] + box[2]) / 2 - EPSON.dots / 2) < 4


def test_the_picture_of_the_paper_is_as_long_as_what_was_fed():
    short = ticket_picture(read_back(ticket_bytes([Text("D017")], EPSON)), EPSON)
    long = ticket_picture(read_back(ticket_bytes([Text("D017"), Gap(10)], EPSON)), EPSON)
    assert long.height - short.height == 300
    assert long.width == short.width


@pytest.mark.parametrize("profile", ["TM-T20II", "POS-5890"])
def test_a_long_address_in_the_code_stays_on_the_paper(profile):
    sheet = paper(profile)
    address = "https://kolejka.example/" + "bilet/" * 45
    for each in read_back(ticket_bytes([Qr(address)], sheet), sheet):
        if isinstance(each, PrintedPicture):
            assert each.width_bytes * 8 <= sheet.dots
        if isinstance(each, PrintedQr):
            assert qr_picture(each.content, each.module_dots).width <= sheet.dots


def test_a_kiosk_starts_without_loading_the_printing_library_or_the_screen():
    program = (
        "import sys; from kiosk.printing.printers import printer_from_option; printer_from_option('dummy:x');"
        "print([name for name in ('escpos', 'kivy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\x1bZ",
        b"D017\x07",
        b"\x1bt\xfe",
        b"\x1dv0\x00\x01\x00\x09\x00\xff",
        b"\x1d(k\x03\x002Q0",
        b"\x1dV\x09",
        b"\x1b",
    ],
)
def test_bytes_that_no_printer_knows_are_an_error(data):
    with pytest.raises(NotEscPos):
        decoded(data, page_slots("TM-T20II"))


def test_a_printer_is_reset_to_its_first_page_and_told_the_right_one_again():
    data = ticket_bytes([Text("żółć")], EPSON)
    assert text_lines(read_back(data + data)) == ["żółć", "żółć"]


@pytest.mark.parametrize(
    ("profile", "columns", "complaint"),
    [
        ("TM-T1000", None, "TM-T20II"),
        ("OCD-300", None, "display"),
        ("POS-5890", 48, "24 to 32"),
        ("default", 8, "24 to"),
    ],
)
def test_a_printer_that_cannot_print_tickets_is_refused_in_words(profile, columns, complaint):
    with pytest.raises(BadProfile, match=complaint):
        paper(profile, columns)


def test_a_table_cut_short_by_a_power_loss_does_not_silence_the_printer(tmp_path):
    program = (
        "from kiosk.printing.paper import paper; from kiosk.printing.lines import Text;"
        "from kiosk.printing.ticket_bytes import ticket_bytes;"
        "print(len(ticket_bytes([Text('D017')], paper())))"
    )
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "TMPDIR": str(scratch)}
    environment.pop("CACHE_DIRECTORY", None)
    environment.pop("ESCPOS_CAPABILITIES_PICKLE_DIR", None)

    def bytes_printed():
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    first = bytes_printed()
    (table,) = tmp_path.rglob("*.pickle")
    table.write_bytes(table.read_bytes()[:100])
    assert bytes_printed() == first
    assert len(table.read_bytes()) > 100
    assert list(scratch.iterdir()) == []
