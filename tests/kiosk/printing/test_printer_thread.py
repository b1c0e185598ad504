"""The one thread that prints."""

import threading
import time

import pytest

from kiosk.printing.delivery import Patience
from kiosk.printing.printer_thread import WORTH_PRINTING_S, PrinterThread
from kiosk.printing.printers import printer_from_option
from tests.kiosk.printing.fake_printer import (
    COVER_OPEN,
    ONLINE,
    PAPER_LOW,
    PAPER_OUT,
    Mechanism,
    line_printer,
    network_printer,
)
from tests.kiosk.printing.jobs import PATIENT, data, eventually, job, printer


@pytest.fixture
def run():
    threads = []

    def start(the_printer):
        thread = PrinterThread(the_printer)
        thread.start()
        threads.append(thread)
        return thread

    yield start
    for thread in threads:
        thread.stop()


def test_tickets_are_printed_one_after_the_other_and_each_result_comes_once(run):
    mechanism, results = Mechanism(), []
    with network_printer(mechanism) as option:
        thread = run(printer(option, PATIENT))
        for number in ("D017", "D018", "D019"):
            thread.submit(job(number), results.append)
        assert eventually(lambda: len(results) == 3)
    assert [(each.number, each.result) for each in results] == [(f"D01{n}", "printed") for n in (7, 8, 9)]
    places = [mechanism.received.find(data(number)) for number in ("D017", "D018", "D019")]
    assert -1 < places[0] < places[1] < places[2]


def test_tickets_that_piled_up_behind_a_stuck_printer_are_not_printed_when_it_is_back(tmp_path):
    now, results = [0.0], []
    thread = PrinterThread(printer_from_option(f"dummy:{tmp_path}"), lambda: now[0])
    thread.submit(job("D017"), results.append)
    now[0] = WORTH_PRINTING_S
    thread.submit(job("D018"), results.append)
    now[0] += 1
    thread.start()
    assert eventually(lambda: len(results) == 2)
    thread.stop()
    assert [(each.number, each.result) for each in results] == [("D017", "failed"), ("D018", "printed")]


def test_the_printer_can_be_asked_before_the_first_ticket(run):
    mechanism, heard = Mechanism(), []
    with network_printer(mechanism) as option:
        thread = run(printer(option, Patience(answer_s=1)))
        for answers in ({}, PAPER_LOW, PAPER_OUT, COVER_OPEN):
            mechanism.answers = ONLINE | answers
            asked = len(heard)
            thread.check(heard.append)
            assert eventually(lambda asked=asked: len(heard) > asked)
        mechanism.mute = True
        thread.check(heard.append)
        assert eventually(lambda: len(heard) == 5)
    thread.check(heard.append)
    assert eventually(lambda: len(heard) == 6)
    codes = [[each.code for each in troubles] for troubles in heard]
    assert codes == [[], ["paper_low"], ["paper_out"], ["cover_open"], ["printer_silent"], ["printer_unreachable"]]


def test_a_listener_that_fails_does_not_stop_the_printing(run, tmp_path):
    results = []
    thread = run(printer_from_option(f"dummy:{tmp_path}"))

    def fails(result):
        raise RuntimeError("a mistake on the screen")

    thread.submit(job("D017"), fails)
    thread.submit(job("D018"), results.append)
    assert eventually(lambda: [each.number for each in results] == ["D018"])


def test_a_stalled_printer_does_not_hold_the_program_when_it_ends():
    results = []
    with line_printer(Mechanism(deaf_after=0)) as path:
        thread = PrinterThread(printer(f"serial:{path}"))
        thread.start()
        thread.submit(job("D017"), results.append)
        thread.submit(job("D018"), results.append)
        started = time.monotonic()
        thread.stop(timeout_s=20)
        assert time.monotonic() - started < 20
        thread.submit(job("D019"), results.append)
    assert [(each.number, each.result) for each in results][-2:] == [("D018", "failed"), ("D019", "failed")]
    assert results[-1].detail == "the kiosk is stopping"
    assert not any(thread.name == "printer" for thread in threading.enumerate())
