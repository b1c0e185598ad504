"""No ticket is lost, doubled or falsely called printed, whatever happens to the printer."""

import pytest

from kiosk.printing.delivery import UNCONFIRMED, UNFINISHED, Patience
from kiosk.printing.paper import paper
from kiosk.printing.printed import PrintedText
from kiosk.printing.printer_thread import PrinterThread
from kiosk.printing.printers import printer_from_option
from kiosk.printing.ticket_bytes import ticket_bytes
from tests.kiosk.printing.hall_printer import EVERYTHING, HallPrinter, in_the_hall
from tests.kiosk.printing.jobs import PROFILE, eventually, job

# Long where it waits for what will come, however busy the computer; short where nothing will.
PATIENT = Patience(connect_s=10, answer_s=10, send_s=20, confirm_s=20, finish_s=60, look_s=0.1)
SHORT = Patience(connect_s=2, answer_s=1, send_s=1, confirm_s=1, finish_s=2, look_s=0.1)
DEAF = Patience(answer_s=0.3)
DUMB = EVERYTHING - {"call off"}  # goes on with what it holds, as cheap printers do


class Kiosk:
    """The kiosk's one printer thread and a printer in the hall; `give` issues a ticket and waits for its result."""

    def __init__(self, printer, option, patience=PATIENT, **facts):
        self.hall = printer
        self.thread = PrinterThread(printer_from_option(option, profile=PROFILE, patience=patience, **facts))
        self.thread.start()
        self.results = []

    def give(self, number="D017", language="pl"):
        asked = len(self.results)
        self.thread.submit(job(number, language), self.results.append)
        assert eventually(lambda: len(self.results) > asked, 90)
        return self.results[-1]

    def look(self):
        """What the kiosk knows of the printer before anybody takes a ticket."""
        heard = []
        self.thread.check(heard.append)
        assert eventually(lambda: heard, 60)
        return [trouble.code for trouble in heard[0]]

    def rests(self):
        """The printer does what it still can, and the kiosk asks it how it is, as it does all day."""
        assert eventually(self.hall.is_idle)
        self.look()
        assert eventually(self.hall.is_idle)


@pytest.fixture
def open_kiosk():
    opened = []

    def at(printer, **facts):
        hall = in_the_hall(printer)
        kiosk = Kiosk(printer, hall.__enter__(), **facts)
        opened.append((hall, kiosk))
        return kiosk

    yield at
    for hall, kiosk in opened:
        kiosk.thread.stop(timeout_s=60)
        hall.__exit__(None, None, None)


def data_of(number):
    return ticket_bytes(job(number).lines, paper(PROFILE, raster=True))


def outcome(result):
    return result.result, result.detail


# -- a printer that prints --------------------------------------------------------------------------------


@pytest.mark.parametrize("asking", ["auto", "epson", "custom", "reports"])
def test_a_ticket_comes_out_whole_and_is_called_printed(open_kiosk, asking):
    kiosk = open_kiosk(HallPrinter(), asking=asking)
    assert outcome(kiosk.give("D017")) == ("printed", None)
    assert outcome(kiosk.give("D018", "uk")) == ("printed", None)
    assert kiosk.hall.numbers == ["D017", "D018"]
    assert kiosk.hall.hanging == kiosk.hall.garbage == []


def test_paper_that_runs_low_is_known_before_the_ticket_and_told_with_it(open_kiosk):
    kiosk = open_kiosk(HallPrinter())
    kiosk.hall.paper = "low"
    assert kiosk.look() == ["paper_low"]
    assert outcome(kiosk.give()) == ("printed", "paper low")
    assert kiosk.hall.numbers == ["D017"]


def test_a_slow_printer_is_waited_for(open_kiosk):
    kiosk = open_kiosk(HallPrinter())
    assert kiosk.look() == []
    kiosk.hall.piece_s = 0.03
    assert outcome(kiosk.give()) == ("printed", None)
    assert kiosk.hall.numbers == ["D017"]


def test_a_printer_that_only_tells_its_state_prints_and_the_result_says_what_is_not_known(open_kiosk):
    kiosk = open_kiosk(HallPrinter(knows={"status"}), patience=Patience(answer_s=3, confirm_s=0.5, look_s=0.2))
    assert outcome(kiosk.give()) == ("printed", UNFINISHED)
    assert kiosk.hall.numbers == ["D017"]


# -- one that cannot print, known before the ticket ----------------------------------------------------------------


@pytest.mark.parametrize("asking", ["auto", "custom"])
@pytest.mark.parametrize(
    ("state", "code", "detail"),
    [({"paper": "out"}, "paper_out", "paper out"), ({"cover_open": True}, "cover_open", "cover open")],
)
def test_a_printer_that_cannot_print_is_sent_nothing_and_nothing_old_comes_out_later(
    open_kiosk, asking, state, code, detail
):
    kiosk = open_kiosk(HallPrinter(), asking=asking)
    vars(kiosk.hall).update(state)
    assert kiosk.look() == [code]
    assert outcome(kiosk.give("D017")) == ("failed", detail)
    kiosk.hall.paper, kiosk.hall.cover_open = "fine", False
    kiosk.rests()
    assert kiosk.hall.slips == kiosk.hall.hanging == []
    assert outcome(kiosk.give("D018")) == ("printed", None)
    assert kiosk.hall.numbers == ["D018"]


def test_a_printer_that_only_reports_and_stands_still_counts_as_silent(open_kiosk):
    kiosk = open_kiosk(HallPrinter(), asking="reports", patience=DEAF)
    kiosk.hall.paper = "out"
    assert kiosk.look() == ["printer_silent"]
    assert kiosk.give().result == "failed"
    kiosk.hall.paper = "fine"
    kiosk.rests()
    assert kiosk.hall.slips == kiosk.hall.hanging == kiosk.hall.garbage == []


@pytest.mark.parametrize("asking", ["auto", "epson", "custom", "reports"])
def test_a_silent_printer_is_not_a_healthy_one_and_is_sent_nothing(open_kiosk, asking):
    kiosk = open_kiosk(HallPrinter(), asking=asking, patience=DEAF)
    kiosk.hall.silent = True
    assert kiosk.look() == ["printer_silent"]
    assert outcome(kiosk.give())[0] == "failed"
    assert "does not answer" in kiosk.results[0].detail
    kiosk.hall.silent = False
    kiosk.rests()
    assert kiosk.hall.slips == kiosk.hall.hanging == []


def test_a_printer_that_never_can_answer_is_believed_where_the_office_says_so(open_kiosk):
    kiosk = open_kiosk(HallPrinter(knows=frozenset()), asking="none")
    assert kiosk.look() == []
    assert outcome(kiosk.give()) == ("printed", UNCONFIRMED)
    assert eventually(lambda: kiosk.hall.numbers == ["D017"])


def test_an_unplugged_printer_is_known_before_the_ticket_and_prints_the_next_one_when_it_is_back(open_kiosk):
    kiosk = open_kiosk(HallPrinter())
    kiosk.hall.refusing = True
    assert eventually(lambda: kiosk.look() == ["printer_unreachable"])
    assert outcome(kiosk.give("D017")) == ("failed", "not connected: refused")
    kiosk.hall.refusing = False
    assert eventually(lambda: kiosk.look() == [])
    kiosk.rests()
    assert kiosk.hall.slips == []
    assert outcome(kiosk.give("D018")) == ("printed", None)
    assert kiosk.hall.numbers == ["D018"]


# -- one that stops within a ticket --------------------------------------------------------------------------------


def goes_on_after(kiosk, *, half=True):
    """The printer is mended: what it still holds stays off the paper, and the next ticket is whole and by itself."""
    kiosk.rests()
    assert kiosk.hall.numbers == [], "nothing old comes out"
    assert outcome(kiosk.give("D018")) == ("printed", None)
    assert kiosk.hall.numbers == ["D018"]
    words = [piece.words for piece in kiosk.hall.slips[-1] if isinstance(piece, PrintedText)]
    assert "D018" in words
    assert "D017" not in words, "half a ticket hangs from the next one"
    assert len(kiosk.hall.slips) == 1 + half
    assert kiosk.hall.hanging == kiosk.hall.garbage == []


@pytest.mark.parametrize("asking", ["auto", "custom", "reports"])
def test_paper_that_runs_out_within_a_ticket_fails_it_and_the_rest_is_called_off(open_kiosk, asking):
    kiosk = open_kiosk(HallPrinter(), asking=asking)
    kiosk.hall.runs_out_after = 5
    assert outcome(kiosk.give("D017")) == ("failed", "paper out in the middle of the ticket")
    kiosk.hall.paper = "fine"
    goes_on_after(kiosk)


def test_what_a_cheap_printer_prints_of_it_after_the_refill_is_cut_off_and_never_called_printed(open_kiosk):
    kiosk = open_kiosk(HallPrinter(knows=DUMB), patience=Patience(answer_s=0.7, finish_s=60, look_s=0.1))
    kiosk.hall.runs_out_after = 5
    assert outcome(kiosk.give("D017"))[0] == "failed"
    kiosk.hall.paper = "fine"
    kiosk.rests()
    assert outcome(kiosk.give("D018")) == ("printed", None)
    assert kiosk.hall.numbers.count("D017") <= 1
    words = [piece.words for piece in kiosk.hall.slips[-1] if isinstance(piece, PrintedText)]
    assert ("D018" in words, "D017" in words) == (True, False)


def test_a_cover_opened_within_a_ticket_fails_it(open_kiosk):
    kiosk = open_kiosk(HallPrinter())
    kiosk.hall.piece_s = 0.05
    kiosk.thread.submit(job("D017"), kiosk.results.append)
    assert eventually(lambda: kiosk.hall.hanging)
    kiosk.hall.cover_open = True
    assert eventually(lambda: kiosk.results)
    assert outcome(kiosk.results[0]) == ("failed", "cover open in the middle of the ticket")
    kiosk.hall.cover_open, kiosk.hall.piece_s = False, 0.0
    goes_on_after(kiosk)


@pytest.mark.parametrize("language", ["pl", "uk"])
@pytest.mark.parametrize("knows", [EVERYTHING, DUMB], ids=["forgets when told", "never forgets"])
def test_a_connection_cut_within_a_ticket_fails_it_and_the_next_one_is_whole(open_kiosk, knows, language):
    kiosk = open_kiosk(HallPrinter(knows=knows), patience=Patience(answer_s=0.7, finish_s=60, look_s=0.1))
    assert kiosk.look() == []
    kiosk.hall.breaks_after = 150
    assert outcome(kiosk.give("D017", language))[0] == "failed"
    goes_on_after(kiosk)


def test_a_printer_that_takes_no_more_bytes_fails_the_ticket_and_never_gets_the_rest(open_kiosk):
    kiosk = open_kiosk(HallPrinter(), raster=True, patience=SHORT)
    kiosk.hall.dies_after = 2000
    assert outcome(kiosk.give("D017"))[0] == "failed"
    assert kiosk.hall.hung
    taken = len(kiosk.hall._reader.data)
    kiosk.hall.dies_after, kiosk.hall.deaf, kiosk.hall.hung = None, False, False
    heard = []
    kiosk.hall.take, takes = lambda data: heard.append(data) or takes(data), kiosk.hall.take
    kiosk.rests()
    assert sum(map(len, heard)) < 4096 < len(data_of("D017")) - taken, "the rest was taken back"
    assert kiosk.hall.slips == []


def test_a_printer_that_falls_dead_within_a_ticket_fails_it(open_kiosk):
    kiosk = open_kiosk(HallPrinter(), patience=SHORT)
    kiosk.hall.piece_s = 0.2
    kiosk.thread.submit(job("D017"), kiosk.results.append)
    assert eventually(lambda: kiosk.hall.hanging)
    kiosk.hall.hung = True
    assert eventually(lambda: kiosk.results)
    assert kiosk.results[0].result == "failed"
    kiosk.hall.hung, kiosk.hall.piece_s = False, 0.0
    kiosk.rests()
    assert kiosk.hall.numbers == []


def test_a_printer_that_always_confirmed_and_does_not_now_has_not_printed(open_kiosk):
    kiosk = open_kiosk(HallPrinter(), patience=Patience(answer_s=10, finish_s=0.3, look_s=0.1))
    assert outcome(kiosk.give("D017")) == ("printed", None)
    kiosk.hall.piece_s = 1.5
    assert outcome(kiosk.give("D018")) == ("failed", "sent, but the printer did not finish it in time")
    kiosk.hall.piece_s = 0.0
    kiosk.rests()
    assert kiosk.hall.numbers == ["D017"]


# -- a bad day ---------------------------------------------------------------------------------------------


def test_on_a_bad_day_what_is_called_printed_is_what_lies_in_the_tray(open_kiosk):
    kiosk = open_kiosk(HallPrinter())
    mishaps = [
        {},
        {"paper": "out"},
        {"runs_out_after": 3},
        {"cover_open": True},
        {},
        {"breaks_after": 40},
        {"paper": "low"},
        {"breaks_after": 200},
        {"runs_out_after": 1},
        {},
    ]
    for count, mishap in enumerate(mishaps * 2):
        vars(kiosk.hall).update(mishap)
        kiosk.give(f"D{count:03}")
        vars(kiosk.hall).update(paper="fine", cover_open=False, runs_out_after=None, breaks_after=None)
        kiosk.rests()
    printed = [result.number for result in kiosk.results if result.result == "printed"]
    assert kiosk.hall.numbers == printed
    assert len(printed) == 8
    assert [result.number for result in kiosk.results] == [f"D{count:03}" for count in range(20)]
    assert kiosk.hall.garbage == []
