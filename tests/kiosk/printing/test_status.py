"""What a printer's answers mean."""

import pytest

from kiosk.printing.status import full_troubles, paper_troubles, reported_troubles, troubles

FINE = 0x12


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
    ("report", "codes"),
    [
        ((0x10, 0, 0, 0), []),
        ((0x10, 0, 0x03, 0), ["paper_low"]),
        ((0x18, 0, 0x0F, 0), ["paper_out"]),
        ((0x38, 0, 0, 0), ["cover_open"]),
        ((0x18, 0x08, 0, 0), ["printer_error"]),
        ((0x18, 0x01, 0, 0), ["printer_offline"]),
    ],
)
def test_a_report_that_nobody_asked_for_says_the_same(report, codes):
    assert [each.code for each in reported_troubles(bytes(report))] == codes


@pytest.mark.parametrize(
    ("full", "codes"),
    [
        ((0x80, 0, 0, 0), []),
        ((0x04, 0, 0, 0), ["paper_low"]),
        ((0x40, 0, 0, 0), ["paper_low"]),
        ((0x05, 0, 0, 0), ["paper_out"]),
        ((0x20, 0x04, 0x20, 0), []),
        ((0, 0x03, 0, 0), ["cover_open"]),
        ((0, 0, 0x40, 0), ["paper_jam"]),
        ((0, 0, 0x01, 0), ["printer_error"]),
        ((0, 0, 0, 0x01), ["printer_error"]),
    ],
)
def test_the_full_status_of_a_kiosk_printer_is_read(full, codes):
    assert [each.code for each in full_troubles(bytes(full))] == codes


@pytest.mark.parametrize(("printed", "codes"), [(0x00, []), (0x03, ["paper_low"]), (0x0F, ["paper_out"])])
def test_the_paper_is_known_when_the_ticket_is_done(printed, codes):
    assert [each.code for each in paper_troubles(printed)] == codes
