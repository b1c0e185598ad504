"""What the office hears of the printer."""

from kiosk.printer_health import PrinterHealth
from kiosk.printing.job import Result
from kiosk.printing.status import PAPER_OUT
from tests.builders import NOON


def test_a_missing_printer_is_a_problem_in_plain_words():
    health = PrinterHealth().after_ticket(Result("D017", "failed", "not connected"), NOON)
    assert [(p.code, p.detail, p.since) for p in health.problems] == [("printer", "not connected", NOON)]


def test_a_printer_without_paper_is_well_again_when_it_says_so():
    health = PrinterHealth().after_ticket(Result("D017", "failed", "paper out", (PAPER_OUT,)), NOON)
    assert [p.detail for p in health.problems] == ["paper out"]
    assert health.after_check((), NOON).problems == []


def test_a_printer_that_cannot_speak_is_well_again_with_its_next_ticket():
    health = PrinterHealth().after_ticket(Result("D017", "failed", "it took no data"), NOON).after_check((), NOON)
    assert [p.detail for p in health.problems] == ["it took no data"]
    assert health.after_ticket(Result("D018", "printed"), NOON).problems == []
