"""The paper that is left, in tickets."""

import msgspec
import pytest

from kiosk.printing.decoder import decoded
from kiosk.printing.metered_printer import MeteredPrinter
from kiosk.printing.paper import page_slots, paper
from kiosk.printing.paper_length import HEAD_TO_KNIFE, length_dots
from kiosk.printing.paper_meter import PaperMeter
from kiosk.printing.picture import ticket_picture
from kiosk.printing.printers import printer_from_option
from kiosk.printing.status import COVER_OPEN, PAPER_LOW, PAPER_OUT, SILENT
from kiosk.printing.ticket_bytes import ticket_bytes
from tests.kiosk.printing.hall_printer import HallPrinter, in_the_hall
from tests.kiosk.printing.jobs import PATIENT, PROFILE, data, job, printer

ROLL_M = 80.0


def printed(meter, tickets, length_m=0.16):
    for _ in range(tickets):
        meter = meter.after_ticket(length_m)
    return meter


def heard(meter, *troubles):
    return meter.after_check({trouble.code for trouble in troubles}, ROLL_M)


def test_the_length_of_a_ticket_is_learned_and_the_rest_of_the_roll_counted_in_it():
    assert PaperMeter().left(ROLL_M) == 533, "a guess, as long as nothing was printed"
    assert printed(PaperMeter(), 100).left(ROLL_M) == pytest.approx(400, abs=1)
    longer = printed(printed(PaperMeter(), 100), 200, 0.24)
    assert longer.ticket_m == pytest.approx(0.24, abs=0.005), "an office that adds a logo is followed"


def test_the_end_is_told_before_it_comes_in_tens():
    nearly = printed(PaperMeter(), 449)
    assert nearly.warning(ROLL_M) is None
    warned = printed(nearly, 5).warning(ROLL_M)
    assert (warned.code, warned.detail, warned.stops) == (
        "paper_ending",
        "fewer than 50 tickets left on the roll",
        False,
    )
    assert printed(nearly, 48).warning(ROLL_M).detail == "fewer than 10 tickets left on the roll"
    assert printed(nearly, 90).left(ROLL_M) == 0


@pytest.mark.parametrize("trouble", [PAPER_OUT, PAPER_LOW])
def test_paper_that_was_out_or_low_and_is_there_again_is_a_new_roll(trouble):
    used = printed(PaperMeter(), 300)
    ended = heard(used, trouble)
    assert heard(ended, trouble).used_m == used.used_m
    assert heard(ended, COVER_OPEN).used_m == used.used_m, "not while the cover is open"
    assert heard(heard(ended, COVER_OPEN)).used_m == 0


def test_a_cover_opened_near_the_end_is_a_new_roll_and_opened_before_it_is_none():
    early, late = printed(PaperMeter(), 200), printed(PaperMeter(), 470)
    assert heard(heard(early, COVER_OPEN)).used_m == early.used_m
    assert heard(heard(late, COVER_OPEN)).used_m == 0


def test_a_printer_that_is_silent_or_gone_has_no_new_roll():
    ended = heard(printed(PaperMeter(), 300), PAPER_OUT)
    assert heard(ended, SILENT) == ended
    assert ended.after_check({"printer_unreachable"}, ROLL_M) == ended


def test_a_roll_that_ran_out_teaches_how_far_the_dots_are_off():
    shorter = heard(printed(PaperMeter(), 450), PAPER_OUT)
    assert shorter.scale == pytest.approx(0.9)
    assert heard(shorter).left(ROLL_M) == pytest.approx(450, abs=1)
    assert heard(printed(PaperMeter(), 100), PAPER_OUT).scale == 1, "that roll was not a full one"


def test_the_length_is_that_of_the_paper_in_the_picture():
    for sheet in (paper(PROFILE), paper(PROFILE, raster=True), paper("default", roll_mm=58)):
        pieces = decoded(ticket_bytes(job().lines, sheet), page_slots(sheet.profile))
        height = ticket_picture(pieces, sheet).height - 2 * 40
        assert length_dots(pieces, sheet.dots) == height
        assert height > 4 * HEAD_TO_KNIFE


def test_the_count_outlives_the_kiosk_and_warns_with_what_the_printer_says(tmp_path):
    path = tmp_path / "state" / "kiosk-1-paper.json"
    hall = HallPrinter()
    with in_the_hall(hall) as option:
        metered = MeteredPrinter(printer(option, PATIENT), 0.3, path)
        assert metered.print(job("D017")).result == "printed"
        assert [trouble.code for trouble in metered.troubles()] == ["paper_ending"]
        hall.paper = "low"
        again = MeteredPrinter(printer(option, PATIENT), 0.3, path)
        assert [trouble.code for trouble in again.troubles()] == ["paper_low", "paper_ending"]
        assert msgspec.json.decode(path.read_bytes())["used_m"] == pytest.approx(0.13, abs=0.03)
        hall.paper = "fine"
        again.troubles()
        assert msgspec.json.decode(path.read_bytes())["used_m"] == 0
        hall.paper = "out"
        assert again.print(job("D018")).result == "failed"
        again.troubles()
        assert msgspec.json.decode(path.read_bytes())["used_m"] == 0, "what was not printed took no paper"


def test_a_spoilt_count_begins_anew_and_a_full_disk_stops_no_ticket(tmp_path):
    path = tmp_path / "paper.json"
    path.write_bytes(b"{half")
    metered = MeteredPrinter(printer_from_option(f"dummy:{tmp_path / 'tickets'}", profile=PROFILE), 80, path)
    assert metered.troubles() == ()
    nowhere = MeteredPrinter(metered, 80, tmp_path / "paper.json" / "below")
    assert nowhere.print(job()).result == "printed"
    assert nowhere.troubles() == ()
    assert (tmp_path / "tickets" / "D017.bin").read_bytes() == data()
