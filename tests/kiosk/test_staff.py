"""The service menu: who gets in, and what it does."""

import subprocess
import sys

import pytest

from kiosk.kept_volume import keep_volume, kept_volume
from kiosk.network import addresses
from kiosk.pin import BadPin, hashed, is_right, keep_pin, kept_pin
from kiosk.place import Pin, Service, Start
from kiosk.service import COLOURS, LOCKED_S, TRIES
from kiosk.state import About, BrokerHeard, CheckPin, KeepVolume, PageTested, PinChecked, PrintTestPage, Staff, State
from kiosk.volume import STEPS, USUAL
from tests.kiosk.resident import TIMING, Resident
from tests.kiosk.scenes import scene

ABOUT = About("0.1.0", "kiosk-1", "192.168.1.2:1883", ("eth0 192.168.1.20",), "usb:04b8:0e15")


class Technician(Resident):
    """Somebody of the staff at a kiosk whose office has set a PIN."""

    def __init__(self):
        super().__init__()
        self.state = State(
            **{name: getattr(self.state, name) for name in State.__struct_fields__} | {"staff": Staff(has_pin=True)}
        )

    def types(self, pin):
        return self.taps_on(*(f"digit:{digit}" for digit in pin), "pin:check", after=0.5)

    def is_let_in(self):
        return self.taps_on("service").types("2580").hears(PinChecked(right=True, about=ABOUT))

    @property
    def reads(self):
        return scene(self.state, now=self.now)


def test_without_a_pin_there_is_no_menu():
    assert Resident().taps_on("service").screen == "start"


def test_the_right_pin_opens_the_menu():
    technician = Technician().taps_on("service")
    assert technician.screen == "pin"
    assert technician.types("2580").did == [CheckPin("2580")]
    assert technician.hears(PinChecked(right=True, about=ABOUT)).screen == "service"


def test_no_digit_of_a_pin_is_ever_shown():
    technician = Technician().taps_on("service", "digit:2", "digit:5", after=0.5)
    assert technician.reads.typed == "••"
    assert technician.taps_on("pin:erase").reads.typed == "•"


def test_a_wrong_pin_says_so_and_too_many_of_them_lock_the_menu_for_a_minute():
    technician = Technician().taps_on("service")
    for _ in range(TRIES):
        technician.types("1111").hears(PinChecked(right=False))
    assert technician.reads.lines == ("Za dużo błędnych prób: blokada na minutę.",)
    asked = len(technician.did)
    technician.types("2580")
    assert len(technician.did) == asked, "not even the right one is tried"
    technician.taps_on("back").waits(LOCKED_S + 1).taps_on("service").types("2580")
    assert technician.did[-1] == CheckPin("2580")


def test_a_wrong_pin_can_be_typed_again():
    technician = Technician().taps_on("service").types("1111").hears(PinChecked(right=False))
    assert technician.reads.lines == ("To nie był właściwy PIN.",)
    assert technician.types("2580").did[-1] == CheckPin("2580")


def test_a_pin_that_is_being_checked_is_not_checked_twice():
    technician = Technician().taps_on("service").types("2580").taps_on("pin:check", "digit:1")
    assert technician.did == [CheckPin("2580")]


def test_an_answer_to_a_pin_that_nobody_waits_for_opens_nothing():
    technician = Technician().taps_on("service").types("2580").taps_on("back")
    assert technician.hears(PinChecked(right=True, about=ABOUT)).screen == "start"


def test_a_forgotten_menu_closes_itself():
    assert Technician().is_let_in().waits(TIMING.idle_s + 1).state.place == Start()


def test_the_menu_says_what_this_kiosk_is():
    details = {choice.title: choice.detail for choice in Technician().is_let_in().reads.choices}
    assert details["Wersja"] == "0.1.0\u00a0· kiosk-1"
    assert details["Sieć"] == "eth0 192.168.1.20\u00a0· 192.168.1.2:1883\u00a0· połączono"


def test_the_staff_get_in_while_the_kiosk_is_out_of_service():
    technician = Technician().hears(BrokerHeard(up=False)).waits(3)
    assert technician.screen == "out_of_service"
    technician.is_let_in()
    assert "brak połączenia" in {choice.title: choice.detail for choice in technician.reads.choices}["Sieć"]


def test_a_test_page_is_printed_once_at_a_time_and_says_what_became_of_it():
    technician = Technician().is_let_in().taps_on("testprint:", "testprint:")
    assert technician.did[1:] == [PrintTestPage()]
    assert technician.hears(PageTested("failed")).reads.choices[0].detail.endswith("zobacz stan tego automatu")


def test_the_usual_volume_is_that_of_the_next_resident():
    technician = Technician().is_let_in().taps_on("usual:up")
    assert technician.did[-1] == KeepVolume(USUAL + 1)
    assert technician.taps_on("back").state.volume == USUAL + 1
    technician.is_let_in().taps_on(*["usual:down"] * (STEPS + 1))
    assert technician.state.usual == 1


def test_the_test_of_the_glass_goes_through_its_colours_and_back():
    technician = Technician().is_let_in().taps_on("screentest:")
    seen = []
    while technician.screen == "screen_test":
        seen.append(technician.reads.colour)
        technician.taps_on("screentest:")
    assert (seen, technician.state.place) == (list(COLOURS), Service())


@pytest.mark.parametrize("tap", ["testprint:", "screentest:", "usual:up", "digit:1", "pin:check", "service:now"])
def test_nothing_of_the_menu_works_without_the_pin(tap):
    assert Technician().taps_on(tap).state.place in (Start(), Pin())
    assert Technician().taps_on(tap).did == []


# -- the file of the PIN ------------------------------------------------------------------------------------


def test_a_file_keeps_no_pin_only_its_hash(tmp_path):
    (tmp_path / "pin").write_text("an older one, readable by everybody\n")
    keep_pin("2580", tmp_path / "pin")
    kept = kept_pin(str(tmp_path / "pin"))
    assert "2580" not in kept
    assert (tmp_path / "pin").stat().st_mode & 0o777 == 0o600
    assert is_right("2580", kept)
    assert not is_right("2581", kept)


def test_the_same_pin_looks_different_in_two_files(tmp_path):
    for name in ("one", "two"):
        keep_pin("2580", tmp_path / name)
    assert (tmp_path / "one").read_text() != (tmp_path / "two").read_text()
    assert hashed("2580", b"salt", 1) == hashed("2580", b"salt", 1)


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "25a0", "٢٥٨٠"])
def test_a_pin_has_four_to_twelve_digits(tmp_path, pin):
    with pytest.raises(BadPin, match="4 to 12 digits"):
        keep_pin(pin, tmp_path / "pin")


def test_no_file_is_no_menu_and_a_file_of_nonsense_is_refused(tmp_path):
    assert kept_pin("") is None
    assert kept_pin(str(tmp_path / "nowhere")) is None
    (tmp_path / "pin").write_text("2580\n")
    with pytest.raises(BadPin, match="should be a file made by okienko-kiosk pin"):
        kept_pin(str(tmp_path / "pin"))


def test_a_command_makes_the_file(tmp_path):
    command = [sys.executable, "-m", "kiosk", "pin", str(tmp_path / "pin"), "--owner", "root"]
    run = subprocess.run(command, input="2580\n", text=True, capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert is_right("2580", kept_pin(str(tmp_path / "pin")))
    run = subprocess.run(command, input="25\n", text=True, capture_output=True, check=False)
    assert (run.returncode, "4 to 12 digits" in run.stderr) == (2, True)


# -- the rest of the staff's work ---------------------------------------------------------------------------


def test_a_volume_is_remembered_and_nonsense_is_not(tmp_path):
    assert kept_volume(tmp_path) == USUAL
    keep_volume(tmp_path / "state", 6)
    assert kept_volume(tmp_path / "state") == 6
    for nonsense in ("0", "99", "loud"):
        (tmp_path / "volume").write_text(nonsense)
        assert kept_volume(tmp_path) == USUAL


def test_a_disk_that_cannot_be_written_costs_nobody_their_voice(caplog):
    keep_volume(__import__("pathlib").Path("/proc/nowhere"), 3)
    assert "/proc/nowhere/volume" in caplog.text


def test_addresses_are_those_of_the_network_without_the_loopback():
    assert not [address for address in addresses() if " 127." in address]
