"""The option that names a printer."""

import pytest

from kiosk.printing.printers import BadPrinter, printer_from_option


@pytest.mark.parametrize(
    "option",
    ["", "dummy", "dummy:", "lpt:1", "usb:", "usb:1", "usb:04b8", "usb:04b8:0e1g", "usb:4b8:0e15", "network:",
     "network:host:0", "network:host:65536", "network:host:port", "network:ho st", "network:a:b:c", "serial:",
     "serial:ttyUSB0", "serial:/dev/ttyUSB0:", "serial:/dev/ttyUSB0:115201", "file:", "file:lp0", "file:/dev/usb/",
     "cups:", "cups:a b", "cups:-d", "cups:a/b"],
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
