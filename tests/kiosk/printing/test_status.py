"""What a printer's answers mean."""

import pytest

from kiosk.printing.status import answer, paper_troubles, printed_answer, troubles

FINE = 0x12
UNASKED = bytes((0x14, 0x12, 0x12, 0x12))  # whose later bytes look like answers


@pytest.mark.parametrize(
    ("printer", "offline", "paper", "codes"),
    [
        (FINE, FINE, FINE, []),
        (FINE, FINE, 0x1E, ["paper_low"]),
        (0x1A, 0x32, 0x7E, ["paper_out"]),
        (0x1A, 0x16, FINE, ["cover_open"]),
        (0x1A, 0x16, 0x72, ["cover_open", "paper_out"]),
        (0x1A, 0x52, FINE, ["printer_error"]),
        (0x1A, FINE, FINE, ["printer_offline"]),
        (0x1A, FINE, 0x1E, ["paper_low", "printer_offline"]),
    ],
)
def test_a_printer_s_troubles_are_read_from_its_three_answers(printer, offline, paper, codes):
    found = troubles(printer, offline, paper)
    assert [each.code for each in found] == codes
    assert any(each.stops for each in found) == bool(set(codes) - {"paper_low"})


@pytest.mark.parametrize(
    ("received", "meaning"),
    [
        (b"", None),
        (b"\x12", 0x12),
        (UNASKED, None),
        (UNASKED + b"\x1e", 0x1E),
        (UNASKED[:2], None),
        (b"\x11\x13\xff?", None),
        (b"\xff\x72", 0x72),
    ],
)
def test_an_answer_is_found_among_what_was_not_asked(received, meaning):
    assert answer(received) == meaning


@pytest.mark.parametrize(
    ("received", "meaning"),
    [(b"\x00", 0), (b"\x12\x0c", 0x0C), (b"\x14\x00\x00\x00", None), (b"\x14\x00\x00\x00\x03", 3)],
)
def test_the_end_of_printing_is_not_confused_with_other_answers(received, meaning):
    assert printed_answer(received) == meaning


@pytest.mark.parametrize(("printed", "codes"), [(0x00, []), (0x03, ["paper_low"]), (0x0F, ["paper_out"])])
def test_the_paper_is_known_when_the_ticket_is_done(printed, codes):
    assert [each.code for each in paper_troubles(printed)] == codes
