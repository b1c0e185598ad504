"""Printers that work, and every way in which they do not."""

import os
import socket
import time
from contextlib import contextmanager

import pytest
from PIL import Image

from kiosk.printing.decoder import decoded, text_lines
from kiosk.printing.delivery import UNCONFIRMED, UNFINISHED
from kiosk.printing.job import Job
from kiosk.printing.lines import Text
from kiosk.printing.link import Unprinted
from kiosk.printing.paper import page_slots
from kiosk.printing.ports import FilePort, UsbPort
from kiosk.printing.printers import printer_from_option
from tests.kiosk.printing.fake_printer import (
    COVER_OPEN,
    PAPER_LOW,
    PAPER_OUT,
    UNASKED_REPORT,
    Mechanism,
    line_printer,
    network_printer,
)
from tests.kiosk.printing.jobs import PATIENT, PROFILE, STEADY, data, eventually, job, printer


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
def test_a_silent_printer_is_sent_nothing_unless_the_office_says_that_it_cannot_answer(kind):
    mechanism = Mechanism(mute=True)
    with reached(kind, mechanism) as option:
        result = printer(option).print(job())
        assert result.result == "failed"
        assert [each.code for each in result.troubles] == ["printer_silent"]
        assert b"\x1b@" not in mechanism.received
        result = printer(option, asking="none").print(job())
        assert (result.result, result.detail) == ("printed", UNCONFIRMED)
        assert eventually(lambda: data() in mechanism.received)


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


def test_a_printer_that_cannot_confirm_but_is_well_afterwards_has_printed():
    with network_printer(Mechanism(when_printed=None)) as option:
        result = printer(option, STEADY).print(job())
    assert (result.result, result.detail) == ("printed", UNFINISHED)


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
        result = printer(f"{option}:921600" if kind == "serial" else option, raster=True).print(big)
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
