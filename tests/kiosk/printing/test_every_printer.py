"""Every printer of python-escpos' list: what a resident reads on its paper, letter by letter."""

from functools import cache

import pytest
from PIL import Image, ImageDraw, ImageFont

from kiosk.printing import paper as papers
from kiosk.printing.decoder import decoded
from kiosk.printing.drawing import fonts, qr_picture
from kiosk.printing.layout import layout
from kiosk.printing.lines import Gap, Qr, Text
from kiosk.printing.paper import BadProfile, page_slots, paper
from kiosk.printing.printed import Cut, Fed, PrintedPicture, PrintedQr, PrintedText
from kiosk.printing.ticket_bytes import ticket_bytes
from tests.builders import menu, ticket

DISPLAYS = {"AF-240", "OCD-100", "OCD-300"}
PRINTERS = sorted(set(papers._profiles()) - DISPLAYS)
ALPHABETS = {
    "pl": "AĄBCĆDEĘFGHIJKLŁMNŃOÓPQRSŚTUVWXYZŹŻ",
    "uk": "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ",
    "de": "AÄBCDEFGHIJKLMNOÖPQRSTUÜVWXYZ",
}
SMALL = {language: letters.lower() + "ß" * (language == "de") for language, letters in ALPHABETS.items()}
# Known to be wrong about their pages, or to have none with Polish letters: they get drawings.
ALWAYS_DRAWN = {"simple", "SP2000", "T-1", "TM-T88III", "TM-T88IV-SA", "TM-U220", "TM-U220B", "TSP600", "TUP500"}


def on_paper(lines, sheet):
    """What came out, without white paper and knife; the strips of a needle printer are put together."""
    pieces, strips = [], []
    for piece in decoded(ticket_bytes(lines, sheet), page_slots(sheet.profile)):
        if sheet.strips and isinstance(piece, PrintedPicture):
            strips.append(piece)
        elif not isinstance(piece, Cut | Fed):
            pieces.append(piece)
    return strips or pieces


def picture(piece):
    return Image.frombytes("1", (piece.width_bytes * 8, piece.height), piece.rows)


def ink(image):
    return image.crop(image.getbbox())


@cache
def font(bold, size):
    name = "Roboto-Bold.ttf" if bold else "Roboto-Regular.ttf"
    return ImageFont.truetype(fonts() / name, size, layout_engine=ImageFont.Layout.BASIC)


def written_by_hand(line, sheet):
    """The ink of a line of letters, drawn here and not by the program that is tested."""
    letter = 7 if sheet.strips else 12
    size = 2 * letter * line.scale
    if (width := font(line.bold, size).getlength(line.words)) > sheet.dots:
        size = int(size * sheet.dots / width)
    image = Image.new("1", (sheet.dots * 2, size * 3))
    ImageDraw.Draw(image).text((size, size), line.words, fill=1, font=font(line.bold, size))
    return ink(image)


def says(piece, line, sheet):
    """Whether a reader of the paper reads this line there."""
    if isinstance(piece, PrintedText):
        return piece.words in {line.words, line.words.replace("–", "-").replace("’", "'")}
    if isinstance(piece, PrintedQr):
        return piece.content == line.content
    drawn = ink(picture(piece))
    wanted = qr_picture(line.content, 1) if isinstance(line, Qr) else written_by_hand(line, sheet)
    if isinstance(line, Qr):
        wanted = wanted.resize(drawn.size, Image.Resampling.NEAREST)
    return drawn.size == wanted.size and drawn.tobytes() == wanted.tobytes()


def joined(strips):
    """The paper of a needle printer, as one picture."""
    width = max(strip.width_bytes for strip in strips) * 8
    whole = Image.new("1", (width, sum(strip.height for strip in strips)))
    top = 0
    for strip in strips:
        whole.paste(picture(strip), (0, top))
        top += strip.height
    return whole


def test_there_are_thirty_five_and_three_of_them_are_no_printers():
    assert len(papers._profiles()) == 35
    for display in DISPLAYS:
        with pytest.raises(BadProfile, match="it is a display"):
            paper(display)


@pytest.mark.parametrize("language", ["pl", "uk", "de"])
@pytest.mark.parametrize("profile", [name for name in PRINTERS if not paper(name).strips])
def test_every_line_of_a_ticket_is_on_the_paper_as_it_was_meant(profile, language):
    sheet = paper(profile)
    lines = [
        *(line for line in layout(ticket(), menu(), language, columns=sheet.columns) if isinstance(line, Text | Qr)),
        *(Text(letters[at : at + 20]) for letters in (ALPHABETS[language], SMALL[language]) for at in (0, 20)),
    ]
    pieces = on_paper(lines, sheet)
    assert len(pieces) == len(lines)
    for piece, line in zip(pieces, lines, strict=True):
        assert says(piece, line, sheet), line


@pytest.mark.parametrize("language", ["pl", "uk", "de"])
@pytest.mark.parametrize("profile", [name for name in PRINTERS if paper(name).strips])
def test_a_printer_with_needles_strikes_every_letter(profile, language):
    sheet = paper(profile)
    for letters in (ALPHABETS[language], SMALL[language]):
        for at in range(0, len(letters), 20):
            line = Text(letters[at : at + 20])
            struck = joined(on_paper([line], sheet))
            assert struck.width <= sheet.dots
            assert ink(struck).tobytes() == written_by_hand(line, sheet).tobytes(), line


@pytest.mark.parametrize("profile", PRINTERS)
@pytest.mark.parametrize("language", ["pl", "uk"])
def test_letters_are_written_where_a_page_has_them_and_drawn_where_none_has(profile, language):
    sheet = paper(profile)
    lines = [Text(ALPHABETS[language][:20]), Text(SMALL[language][:20])]
    pages = [] if profile in ALWAYS_DRAWN else [*page_slots(profile).values()]
    cyrillic = () if profile == "default" else ("CP1251", "CP1125")
    wanted = {"pl": ("CP852", "CP1250"), "uk": cyrillic}[language]
    kinds = {type(piece) for piece in on_paper(lines, sheet)}
    assert kinds == {PrintedText if any(page in pages for page in wanted) else PrintedPicture}


@pytest.mark.parametrize("profile", PRINTERS)
def test_everything_is_drawn_where_the_office_does_not_trust_the_printer(profile):
    sheet = paper(profile, raster=True)
    kinds = {type(piece) for piece in on_paper(layout(ticket(), menu(), "pl", columns=sheet.columns), sheet)}
    assert kinds == {PrintedPicture}


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("size", [14, 24, 48])
def test_no_two_letters_look_alike_and_none_is_an_empty_box(bold, size):
    def look(letter):
        image = Image.new("1", (size * 2, size * 2))
        ImageDraw.Draw(image).text((size // 2, size // 2), letter, fill=1, font=font(bold, size))
        return image.tobytes()

    for language, capitals in ALPHABETS.items():
        letters = capitals + SMALL[language]
        assert len({look(letter) for letter in letters}) == len(set(letters)), language
        assert look("\ufffe") not in {look(letter) for letter in letters}


@pytest.mark.parametrize(
    ("profile", "page", "slot"),
    [("NT-5890K", "CP852", 18), ("POS-5890", "CP852", 18), ("CT-S651", "CP852", 18), ("TM-T88V", "CP1251", 46),
     ("TH230", "CP852", 2), ("KR-306", "CP1251", 51)],
)  # fmt: skip
def test_of_a_page_that_a_printer_has_twice_the_usual_number_is_chosen(profile, page, slot):
    assert papers.slot(profile, page) == slot


@pytest.mark.parametrize(
    ("profile", "ending", "bytes_at_the_end"),
    [
        ("TM-T20II", "cut", b"\x1bd\x06\x1dV\x00"),
        ("TM-T20II", "partial", b"\x1bd\x06\x1dV\x01"),
        ("TM-U220B", "cut", b"\x1bd\x06\x1dV\x01"),
        ("POS-5890", "cut", b"\x1bd\x06"),
        ("TM-T20II", "tear", b"\x1bd\x06"),
        ("default", "present", b"\x1cP\x08\x01E\x00"),
    ],
)
def test_a_ticket_ends_as_the_office_wants_and_the_printer_can(profile, ending, bytes_at_the_end):
    assert ticket_bytes([Text("D017"), Gap()], paper(profile, ending=ending)).endswith(b"\n" + bytes_at_the_end)


@pytest.mark.parametrize(
    ("profile", "roll_mm", "columns", "dots"),
    [("TM-T20II", 58, 32, 384), ("TM-T20II", 80, 48, 576), ("CT-S651", 82.5, 48, 640), ("default", 82.5, 53, 640),
     ("default", 58, 32, 384), ("POS-5890", 80, 32, 384), ("P822D", 58, 29, 384)],
)  # fmt: skip
def test_a_ticket_is_laid_out_for_the_roll_and_no_wider_than_the_printer(profile, roll_mm, columns, dots):
    sheet = paper(profile, roll_mm=roll_mm)
    assert (sheet.columns, sheet.dots) == (columns, dots)
    told = b"\x1dW" + dots.to_bytes(2, "little")
    narrower = profile == "default" or dots < paper(profile).dots
    assert (told in ticket_bytes([Text("D017")], sheet)) == narrower


def test_a_roll_or_an_ending_that_nobody_knows_is_refused_in_words():
    with pytest.raises(BadProfile, match=r"58, 80 or 82\.5"):
        paper("default", roll_mm=79)
    with pytest.raises(BadProfile, match="cut, partial, present, tear"):
        paper("default", ending="axe")
