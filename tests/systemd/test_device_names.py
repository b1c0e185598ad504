"""The names of devices that the examples and the pages speak of are those that udev gives them."""

import re
import tomllib

import pytest

from tests.docs.pages import ROOT, page

RULES = (ROOT / "systemd" / "udev" / "71-okienko.rules").read_text(encoding="utf-8")
NAMES = set(re.findall(r'SYMLINK\+="([^"$]+)', RULES))


def test_a_fresh_kiosk_looks_for_its_usb_printer_under_the_name_that_stays():
    kiosk = tomllib.loads((ROOT / "systemd" / "config" / "kiosk.toml").read_text(encoding="utf-8"))
    assert kiosk["printer"] == "file:/dev/okienko/printer"
    assert "okienko/printer" in NAMES


@pytest.mark.parametrize("name", ["install.md", "guide-pl.md", "printers.md"])
def test_a_page_names_no_device_that_udev_does_not(name):
    told = {name.rstrip(".") for name in re.findall(r"/dev/(okienko/[a-z.-]+)", page(name))}
    assert told
    assert told <= NAMES
