"""Printers that work, and every way in which they do not."""

import os
import socket
import threading
import time
from contextlib import contextmanager

import pytest
from PIL import Image

from kiosk.printing.decoder import decoded, text_lines
from kiosk.printing.delivery import UNCONFIRMED, UNFINISHED, Patience
from kiosk.printing.job import Job, ticket_job
from kiosk.printing.lines import Text
from kiosk.printing.link import Unprinted
from kiosk.printing.paper import page_slots, paper
from kiosk.printing.ports import FilePort, UsbPort
from kiosk.printing.printer_thread import PrinterThread
from kiosk.printing.printers import BadPrinter, printer_from_option
from kiosk.printing.ticket_bytes import ticket_bytes
from tests.builders import menu, ticket
from tests.kiosk.printing.fake_printer import (
    COVER_OPEN,
    PAPER_LOW,
    PAPER_OUT,
    UNASKED_REPORT,
    Mechanism,
    line_printer,
    network_printer,
)

PROFILE = "TM-T88V"
BRISK = Patience(connect_s=1, answer_s=0.3, send_s=1, confirm_s=0.6)
STEADY = Patience(connect_s=5, answer_s=2, send_s=10, confirm_s=1)
PATIENT = Patience(connect_s=10, answer_s=10, send_s=20, confirm_s=20)


def job(number="D017", language="pl"):
    return ticket_job(ticket(number=number), menu(), language, paper(PROFILE).columns)


def data(number="D017", language="pl"):
    return ticket_bytes(job(number, language).lines, paper(PROFILE))


def printer(option, patience=BRISK, **facts):
    return printer_from_option(option, profile=PROFILE, patience=patience, **facts)


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


@contextmanager
def reached(kind, mechanism):
    """A printer of this kind with this mechanism: its option."""
    if kind == "network":
        with network_printer(mechanism) as option:
            yield option
    else:
        with line_printer(mechanism) as path:
            yield f"{kind}:{path}"


EVERY_WAY = pytest.mark.parametrize("kind", ["network", "serial", "file"])


@EVERY_WAY
def test_a_ticket_is_printed_and_the_printer_says_so(kind):
    mechanism = Mechanism()
    with reached(kind, mechanism) as option:
        result = printer(option, PATIENT).print(job())
    assert (result.number, result.result, result.detail) == ("D017", "printed", None)
    assert data() in mechanism.received
    assert "Dowody osobiste" in text_lines(decoded(mechanism.received, page_slots(PROFILE)))


@EVERY_WAY
def test_a_silent_printer_gets_the_ticket_and_the_result_says_that_nobody_confirmed(kind):
    mechanism = Mechanism(mute=True)
    with reached(kind, mechanism) as option:
        result = printer(option).print(job())
        assert (result.result, result.detail) == ("printed", UNCONFIRMED)
        assert eventually(lambda: data() in mechanism.received)
    assert [each.code for each in result.troubles] == ["printer_silent"]


@EVERY_WAY
@pytest.mark.parametrize(
    ("answers", "detail", "code"), [(PAPER_OUT, "paper out", "paper_out"), (COVER_OPEN, "cover open", "cover_open")]
)
def test_a_printer_that_cannot_print_is_sent_nothing(kind, answers, detail, code):
    mechanism = Mechanism(answers=answers)
    with reached(kind, mechanism) as option:
        result = printer(option, PATIENT).print(job())
    assert (result.result, result.detail) == ("failed", detail)
    assert [each.code for each in result.troubles] == [code]
    assert b"\x1b@" not in mechanism.received


def test_paper_that_runs_low_is_reported_with_the_printed_ticket():
    with network_printer(Mechanism(answers=PAPER_LOW, when_printed=0x03)) as option:
        result = printer(option, PATIENT).print(job())
    assert (result.result, result.detail) == ("printed", "paper low")
    assert [(each.code, each.stops) for each in result.troubles] == [("paper_low", False)]


def test_paper_that_runs_out_within_a_ticket_fails_it():
    class RunsOut(Mechanism):
        def take(self, data):
            if b"\x1b@" in data:
                self.answers, self.when_printed = self.answers | PAPER_OUT, None
            return super().take(data)

    with network_printer(RunsOut()) as option:
        result = printer(option, STEADY).print(job())
    assert (result.result, result.detail) == ("failed", "paper out")


def test_a_printer_that_cannot_confirm_but_is_well_afterwards_has_printed():
    with network_printer(Mechanism(when_printed=None)) as option:
        result = printer(option, STEADY).print(job())
    assert (result.result, result.detail) == ("printed", UNFINISHED)


def test_a_printer_that_falls_silent_within_a_ticket_fails_it():
    class FallsSilent(Mechanism):
        def take(self, data):
            self.mute = self.mute or b"\x1b@" in data
            return super().take(data)

    with network_printer(FallsSilent()) as option:
        result = printer(option, STEADY).print(job())
    assert (result.result, result.detail) == ("failed", "sent, but the printer stopped answering")


def test_a_printer_that_used_to_answer_must_answer_again():
    mechanism = Mechanism()
    with network_printer(mechanism) as option:
        stubborn = printer(option, STEADY)
        assert stubborn.print(job()).result == "printed"
        mechanism.mute = True
        assert stubborn.print(job("D018")).detail == "sent, but the printer stopped answering"
        mechanism.mute = False
        assert stubborn.print(job("D019")).detail is None


@pytest.mark.parametrize("greeting", [UNASKED_REPORT, b"\x13\x11", UNASKED_REPORT * 3 + b"\xff\xff", b"?"])
def test_what_a_printer_says_unasked_is_not_taken_for_an_answer(greeting):
    with network_printer(Mechanism(greeting=greeting)) as option:
        result = printer(option, PATIENT).print(job())
    assert (result.result, result.detail) == ("printed", None)


def test_a_connection_cut_within_a_ticket_fails_it():
    mechanism = Mechanism(dies_after=9 + 100)
    with network_printer(mechanism) as option:
        result = printer(option, STEADY).print(job(language="uk"))
    assert (result.result, result.detail) == ("failed", "disconnected")


@pytest.mark.parametrize("kind", ["network", "serial", "file"])
def test_a_printer_that_takes_no_more_bytes_fails_the_ticket_in_time(kind):
    mechanism = Mechanism(deaf_after=9)
    big = Job("D017", tuple(Text("Щ" * 24, scale=2) for _ in range(16)))
    with reached(kind, mechanism) as option:
        started = time.monotonic()
        result = printer(f"{option}:921600" if kind == "serial" else option).print(big)
    assert result.result == "failed"
    assert result.detail.startswith("took too long")
    assert time.monotonic() - started < 60


def test_nobody_at_the_address_fails_the_ticket_in_words():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        result = printer(f"network:127.0.0.1:{taken.getsockname()[1]}").print(job())
    assert (result.result, result.detail) == ("failed", "not connected: refused")


@pytest.mark.parametrize("option", ["file:/dev/usb/lp77", "serial:/dev/ttyUSB77", "usb:04b8:0e15"])
def test_a_printer_that_is_not_plugged_in_fails_the_ticket_in_words(option):
    result = printer(option).print(job())
    assert result.result == "failed"
    assert result.detail.startswith("not connected")
    assert [each.code for each in result.troubles] == ["printer_unreachable"]


def test_a_printer_plugged_in_again_prints_the_next_ticket(tmp_path):
    port = tmp_path / "printer"
    replugged = printer(f"serial:{port}", PATIENT)
    first, second = Mechanism(), Mechanism()
    with line_printer(first) as path:
        port.symlink_to(path)
        assert replugged.print(job("D017")).result == "printed"
    port.unlink()
    assert replugged.print(job("D018")).result == "failed"
    with line_printer(second) as path:
        port.symlink_to(path)
        assert replugged.print(job("D019")).result == "printed"
    assert data("D018") not in first.received + second.received, "a failed ticket is never sent again"


def test_a_pipe_takes_the_ticket_and_is_never_asked(tmp_path):
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    assert printer(f"file:{pipe}").print(job()).detail == "not connected"
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    result = printer(f"file:{pipe}").print(job())
    assert (result.result, result.detail, result.troubles) == ("printed", UNCONFIRMED, ())
    assert os.read(reader, 4096).startswith(data())
    os.close(reader)


def test_a_full_pipe_fails_the_ticket_in_time(tmp_path):
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    os.write(reader, bytes(65536))
    assert printer(f"file:{pipe}").print(job()).detail.startswith("took too long")
    os.close(reader)


def test_a_usb_printer_is_found_by_its_numbers_wherever_the_kernel_put_it(tmp_path):
    (tmp_path / "class").mkdir()
    (tmp_path / "dev").mkdir()
    for name, product in (("lp0", "0202"), ("lp1", "0e15")):
        interface = tmp_path / "devices" / name / "1-1:1.0"
        (interface / "usbmisc" / name).mkdir(parents=True)
        (interface.parent / "idVendor").write_text("04b8\n")
        (interface.parent / "idProduct").write_text(f"{product}\n")
        (tmp_path / "class" / name).mkdir()
        (tmp_path / "class" / name / "device").symlink_to(interface)
        (tmp_path / "dev" / name).touch()
    port = UsbPort(0x04B8, 0x0E15, tmp_path / "class", tmp_path / "dev")
    link = port.open(1)
    link.write(b"D017", time.monotonic() + 5)
    link.close()
    assert (tmp_path / "dev" / "lp1").read_bytes() == b"D017"
    with pytest.raises(Unprinted, match="04b8:ffff"):
        UsbPort(0x04B8, 0xFFFF, tmp_path / "class", tmp_path / "dev").open(1)


def test_a_device_that_reads_nothing_is_silent_and_not_gone():
    link = FilePort("/dev/null").open(1)
    assert link.read(time.monotonic() + 0.01) == b""
    link.close()


def test_a_serial_printer_in_use_by_another_program_is_said_to_be():
    import serial

    with line_printer(Mechanism()) as path, serial.Serial(path, exclusive=True):
        assert printer(f"serial:{path}").print(job()).detail == "in use by another program"


@pytest.mark.parametrize(
    "option",
    ["", "dummy", "dummy:", "lpt:1", "usb:", "usb:1", "usb:04b8", "usb:04b8:0e1g", "usb:4b8:0e15", "network:",
     "network:host:0", "network:host:65536", "network:host:port", "network:ho st", "network:a:b:c", "serial:",
     "serial:ttyUSB0", "serial:/dev/ttyUSB0:", "serial:/dev/ttyUSB0:115201", "file:", "file:lp0", "file:/dev/usb/"],
)  # fmt: skip
def test_a_wrong_printer_is_refused_with_one_line_that_says_what_it_should_be(option):
    with pytest.raises(BadPrinter) as refused:
        printer_from_option(option)
    assert repr(option) in str(refused.value)
    assert "usb:VID:PID" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_wrong_profile_is_refused_with_the_names_of_the_right_ones():
    with pytest.raises(BadPrinter, match="TM-T20II"):
        printer_from_option("dummy:x", profile="Epson")


@pytest.mark.parametrize(
    ("option", "port"),
    [
        ("usb:04b8:0E15", "UsbPort(vendor=1208, product=3605"),
        ("network:printer.local", "NetworkPort(host='printer.local', port=9100)"),
        ("network:10.0.0.9:9101", "NetworkPort(host='10.0.0.9', port=9101)"),
        ("network:[fe80::1]:9100", "NetworkPort(host='fe80::1', port=9100)"),
        ("serial:/dev/ttyUSB0", "SerialPort(path='/dev/ttyUSB0', baud=115200)"),
        ("serial:/dev/ttyUSB0:19200", "SerialPort(path='/dev/ttyUSB0', baud=19200)"),
        (
            "serial:/dev/serial/by-path/a-usb-0:1.2:1.0-port0",
            "SerialPort(path='/dev/serial/by-path/a-usb-0:1.2:1.0-port0'",
        ),
        ("file:/dev/usb/lp0", "FilePort(path='/dev/usb/lp0')"),
    ],
)
def test_every_way_to_a_printer_can_be_named(option, port):
    assert repr(printer_from_option(option)._port).startswith(port)


def test_the_dummy_printer_keeps_the_bytes_and_a_picture_and_overwrites_neither(tmp_path):
    dummy = printer_from_option(f"dummy:{tmp_path / 'tickets'}", profile=PROFILE)
    for number in ("D017", "D018", "D017", "../D017"):
        assert dummy.print(job(number)).result == "printed"
    names = sorted(path.name for path in (tmp_path / "tickets").iterdir())
    stems = ["---D017", "D017", "D017-2", "D018"]
    assert names == sorted(f"{stem}.{kind}" for stem in stems for kind in ("bin", "png"))
    assert (tmp_path / "tickets" / "D018.bin").read_bytes() == data("D018")
    with Image.open(tmp_path / "tickets" / "D017.png") as picture:
        assert picture.width > 500
        assert picture.height > picture.width


def test_a_folder_that_cannot_be_written_fails_the_ticket(tmp_path):
    (tmp_path / "file").touch()
    result = printer_from_option(f"dummy:{tmp_path}/file").print(job())
    assert result.result == "failed"
    assert "file" in result.detail


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


def test_the_printer_can_be_asked_before_the_first_ticket(run):
    mechanism, heard = Mechanism(), []
    with network_printer(mechanism) as option:
        thread = run(printer(option, STEADY))
        for answers in ({}, PAPER_LOW, PAPER_OUT, COVER_OPEN):
            mechanism.answers = {1: 0x12, 2: 0x12, 4: 0x12} | answers
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


def eventually(condition, timeout_s=20.0):
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.01)
    return False
