"""Serial ports through pyserial: set up before the device is there, and why one is gone in a single line."""

import termios
from pathlib import Path

import serial

from .keypad import BadKeypad

# What pyserial raises when a device goes away or cannot do what is asked: termios' own error, TypeError for a port
# that was closed meanwhile, ValueError for a speed.
GONE = (OSError, termios.error, TypeError, ValueError)


def closed_port(place: str, port: str, baud: int, form: str, read_s: float, write_s: float) -> serial.SerialBase:
    """Set a port up without opening it; a device that is missing now may come later, an address of no sense not.

    `place` is where desk.toml names the port, `form` is like 8N1; reads and writes give up after these seconds.
    """
    bits, parity, stop_bits = tuple(form)
    try:
        closed: serial.SerialBase = serial.serial_for_url(
            port,
            do_not_open=True,
            baudrate=baud,
            bytesize=int(bits),
            parity=parity,
            stopbits=int(stop_bits),
            timeout=read_s,
            write_timeout=write_s,
            exclusive=True,
        )
        if hasattr(closed, "from_url"):
            closed.from_url(port)  # what pyserial would only find out when it opens the address
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadKeypad(
            f"{place} = {port!r}: {error}; it should be like /dev/serial/by-id/... or socket://host:port"
        ) from None
    return closed


def reason_gone(port: str, error: BaseException) -> str:
    """Say in one line why a port is gone; pyserial's own words only where the plug is not the reason."""
    if "://" not in port and not Path(port).exists():
        return f"{port}: not plugged in"
    return f"{port}: {' '.join(str(error).split())}"
