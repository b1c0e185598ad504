"""The real kiosk program, touched through its window, on a real Mosquitto."""

import os
import signal
import subprocess
import sys
import time

import pytest

from kiosk.printing.decoder import PrintedText, decoded
from kiosk.printing.paper import page_slots
from tests.builders import menu, sample
from tests.kiosk.fake_broker import FakeBroker
from tests.kiosk.printing.hall_printer import HallPrinter, in_the_hall
from tests.kiosk.printing.jobs import PROFILE

QUICK = ("--width", "540", "--height", "960", "--answer-s", "0.5", "--grace-s", "0.5", "--settle-s", "0.2")


def eventually(condition, timeout_s=30.0):
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.02)
    return condition()


class Kiosk:
    """The program, its pictures and its tickets in one folder."""

    def __init__(self, folder, url, printer, *options):
        self.folder = folder
        self.program = subprocess.Popen(
            [
                *(sys.executable, "-m", "kiosk", "--mqtt", url, "--printer", printer or f"dummy:{folder / 'tickets'}"),
                *("--pictures", str(folder / "pictures"), "--taps", "-", *QUICK, *options),
            ],
            env=os.environ | {"SDL_VIDEODRIVER": "offscreen"},
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def told(self, *lines):
        self.program.stdin.write("".join(f"{line}\n" for line in lines))
        self.program.stdin.flush()

    def pictured(self):
        names = sorted(path.stem for path in (self.folder / "pictures").glob("*.png"))
        return [name.partition("-")[2] for name in names]

    def shows(self, screen):
        return eventually(lambda: self.pictured()[-1:] == [screen])

    def ends(self):
        self.program.send_signal(signal.SIGTERM)
        _, errors = self.program.communicate(timeout=20)
        return self.program.returncode, errors.splitlines()


@pytest.fixture
def broker(mosquitto):
    fake = FakeBroker(mosquitto.url, menu())
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture
def start_kiosk(mosquitto, tmp_path):
    kiosks = []

    def start(*options, printer=None):
        kiosks.append(Kiosk(tmp_path, mosquitto.url, printer, *options))
        return kiosks[-1]

    yield start
    for kiosk in kiosks:
        if kiosk.program.poll() is None:
            kiosk.program.kill()
            kiosk.program.communicate()


def test_a_resident_touches_the_glass_and_holds_a_ticket(broker, start_kiosk, tmp_path):
    kiosk = start_kiosk()
    assert kiosk.shows("start")
    kiosk.told("tap language:uk", "tap group:identity", "double-tap id-cards")
    assert kiosk.shows("thanks")
    assert eventually(lambda: broker.of("printed"))
    kiosk.told("tap nowhere", "tap done")
    assert kiosk.shows("start")
    (ticket,) = broker.of("ticket")
    assert (ticket.category, ticket.language) == ("id-cards", "uk")
    (printed,) = broker.of("printed")
    assert (printed.number, printed.result) == ("D017", "printed")
    paper = decoded((tmp_path / "tickets" / "D017.bin").read_bytes(), page_slots("default"))
    assert "D017" in [part.words for part in paper if isinstance(part, PrintedText)]
    assert kiosk.pictured()[0] == "start"
    status, errors = kiosk.ends()
    assert status == 0
    assert "okienko-kiosk: nothing called 'nowhere' can be tapped here" in errors
    assert not [line for line in errors if not line.startswith(("okienko-kiosk: ", "INFO "))]
    assert eventually(lambda: broker.healths[-1].status == "down")


def test_a_ticket_is_asked_for_until_it_is_answered_and_a_missing_printer_does_not_lose_it(broker, start_kiosk):
    broker.silent["ticket"] = 2
    kiosk = start_kiosk(printer="file:/dev/null/no-printer")
    assert eventually(lambda: [p.code for health in broker.healths for p in health.problems])
    kiosk.told("tap business")
    assert kiosk.shows("thanks")
    assert eventually(lambda: broker.of("printed"))
    assert len({request.request_id for request in broker.of("ticket")}) == 1
    assert len(broker.of("ticket")) == 3
    assert broker.of("printed")[0].result == "failed"
    assert broker.of("printed")[0].detail
    assert broker.healths[-1].status == "degraded"
    assert [problem.code for problem in broker.healths[-1].problems] == ["printer"]
    assert kiosk.ends()[0] == 0


def test_without_paper_a_number_is_given_and_its_ticket_printed_by_a_touch_when_there_is_paper(broker, start_kiosk):
    hall = HallPrinter()
    hall.paper = "out"
    with in_the_hall(hall) as option:
        kiosk = start_kiosk("--printer-profile", PROFILE, printer=option)
        assert eventually(lambda: "paper out" in [p.detail for health in broker.healths for p in health.problems])
        kiosk.told("tap business")
        assert kiosk.shows("thanks")
        assert eventually(lambda: broker.of("printed"))
        hall.paper = "fine"
        assert eventually(lambda: broker.healths[-1].status == "up")
        assert hall.slips == [], "nothing comes out by itself"
        kiosk.told("tap reprint:D017")
        assert eventually(lambda: len(broker.of("printed")) == 2)
        assert [(p.result, p.detail) for p in broker.of("printed")] == [("failed", "paper out"), ("printed", None)]
        assert hall.numbers == ["D017"]
        assert kiosk.ends()[0] == 0


def test_a_report_is_repeated_until_the_broker_has_it(broker, start_kiosk):
    broker.silent["printed"] = 2
    kiosk = start_kiosk()
    kiosk.told("tap business")
    assert eventually(lambda: len(broker.of("printed")) == 3)
    assert len({request.request_id for request in broker.of("printed")}) == 1


def test_the_kiosk_says_that_it_is_out_of_service_and_comes_back_by_itself(broker, start_kiosk, mosquitto):
    kiosk = start_kiosk()
    assert kiosk.shows("start")
    mosquitto._process.kill()
    mosquitto._process.wait()
    assert kiosk.shows("out_of_service")
    mosquitto.mind()
    assert kiosk.shows("start")
    broker.says("down")
    assert kiosk.shows("out_of_service")
    broker.says("up")
    assert kiosk.shows("start")
    broker.publish_menu(menu(closed={category["id"] for category in sample()["category"]}))
    assert kiosk.shows("closed")
    broker.publish_menu(menu())
    assert kiosk.shows("start")
    broker.refuses = "category_full"
    kiosk.told("tap business")
    assert kiosk.shows("refused")
    assert kiosk.ends()[0] == 0
