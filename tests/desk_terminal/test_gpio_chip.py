"""The 40-pin header is found by what it is, on a made-up sysfs of each board."""

import os
import sys
import types

import gpiozero
import pytest

from desk_terminal import gpio_chip
from desk_terminal.gpio_chip import header_chip, pin_factory
from desk_terminal.keypad import BadKeypad


@pytest.fixture
def board(tmp_path):
    def board(**chips):
        for name, (file, text) in chips.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True)
            path.write_bytes(text)
        return tmp_path

    return board


COMPATIBLE = "of_node/compatible"


@pytest.mark.parametrize(
    ("chips", "number"),
    [
        ({"gpiochip0": (COMPATIBLE, b"brcm,bcm2835-gpio\0")}, 0),
        ({"gpiochip0": (COMPATIBLE, b"brcm,bcm2711-gpio\0"), "gpiochip1": (COMPATIBLE, b"raspberrypi,firmware\0")}, 0),
        (
            {
                "gpiochip10": (COMPATIBLE, b"brcm,bcm7445-gpio\0brcm,brcmstb-gpio\0"),
                "gpiochip11": (COMPATIBLE, b"raspberrypi,rp1-gpio\0"),
                "gpiochip15": (COMPATIBLE, b"brcm,brcmstb-gpio\0"),
            },
            11,
        ),
        ({"gpiochip0": ("label", b"brcmvirt-gpio\n"), "gpiochip4": ("label", b"pinctrl-rp1\n")}, 4),
    ],
    ids=["Pi 3", "Pi 4", "Pi 5 with a new kernel", "Pi 5 by label"],
)
def test_the_header_is_found_on_every_board(board, chips, number):
    assert header_chip(board(**chips)) == number


def test_a_computer_without_the_header_says_so_in_one_line(board):
    with pytest.raises(BadKeypad, match=r"no Raspberry Pi pins in .*GPIOZERO_PIN_FACTORY=mock"):
        header_chip(board(gpiochip0=(COMPATIBLE, b"intel,gpio\0")))


def test_pins_that_were_chosen_before_are_kept(pins, monkeypatch):
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    assert pin_factory() is None
    monkeypatch.setattr(gpiozero.Device, "pin_factory", None)
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "mock")
    assert pin_factory() is None


def test_a_pi_without_lgpio_says_what_to_install(monkeypatch, board):
    monkeypatch.setitem(sys.modules, "lgpio", None)
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    monkeypatch.setenv("RUNTIME_DIRECTORY", "/run/okienko-desk")
    monkeypatch.setenv("LG_WD", "")
    monkeypatch.delenv("LG_WD")
    monkeypatch.setattr(gpio_chip, "SYS_GPIO", board(gpiochip0=(COMPATIBLE, b"brcm,bcm2711-gpio\0")))
    with pytest.raises(BadKeypad, match="lgpio"):
        pin_factory()
    assert os.environ["LG_WD"] == "/run/okienko-desk"


@pytest.mark.parametrize("refusal", [None, "no permission"])
def test_the_chip_that_was_found_is_the_one_that_lgpio_opens(monkeypatch, board, refusal):
    lgpio, opened = types.ModuleType("lgpio"), []

    def gpiochip_open(chip):
        opened.append(chip)
        if refusal:
            raise RuntimeError(refusal)
        return 1

    lgpio.__getattr__ = lambda name: 0
    lgpio.gpiochip_open, lgpio.gpiochip_close = gpiochip_open, opened.append
    monkeypatch.setitem(sys.modules, "lgpio", lgpio)
    monkeypatch.delitem(sys.modules, "gpiozero.pins.lgpio", raising=False)
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    monkeypatch.setenv("LG_WD", "/tmp")
    monkeypatch.setattr(gpio_chip, "SYS_GPIO", board(gpiochip11=(COMPATIBLE, b"raspberrypi,rp1-gpio\0")))
    if refusal:
        with pytest.raises(BadKeypad, match=r"gpio: /dev/gpiochip11: no permission"):
            pin_factory()
    else:
        pin_factory().close()
    assert opened[0] == 11
    monkeypatch.delitem(sys.modules, "gpiozero.pins.lgpio")
