"""Where printers are plugged in, and how each way to them is opened."""

import os
import socket
import stat
import struct
import termios
import tty
from dataclasses import dataclass
from pathlib import Path

import serial

from kiosk.printing.link import Link, Unprinted, plainly

_USB_PRINTERS = Path("/sys/class/usbmisc")
_USB_DEVICES = Path("/dev/usb")
_BITS_PER_BYTE = 10  # with start and stop
_AT_ONCE = struct.pack("ii", 1, 0)  # as SO_LINGER takes it: reset, whatever has not left yet


@dataclass(frozen=True)
class FilePort:
    """A printer's device file, such as /dev/usb/lp0."""

    path: str

    def open(self, _until_s: float) -> Link:
        """Open without waiting; Unprinted where nothing is there."""
        try:
            two_way = stat.S_ISCHR(os.stat(self.path).st_mode)  # noqa: PTH116 - beside os.open
            # A queue or a plain file would give back what we wrote.
            mode = os.O_RDWR if two_way else os.O_WRONLY | os.O_APPEND
            descriptor = os.open(self.path, mode | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            raise Unprinted(plainly(error)) from error
        if os.isatty(descriptor):
            tty.setraw(descriptor)
        # The kernel's USB printer gives an empty read for every time the printer had nothing to say.
        return Link(descriptor, lambda: os.close(descriptor), two_way=two_way, quiet_reads=True)


@dataclass(frozen=True)
class UsbPort:
    """A USB printer by its vendor and product number, wherever the kernel put it."""

    vendor: int
    product: int
    printers: Path = _USB_PRINTERS
    devices: Path = _USB_DEVICES

    def open(self, until_s: float) -> Link:
        """Open the printer's device file; the kernel's `usblp` is sounder over unplugging than libusb."""
        for printer in sorted(self.printers.glob("lp*")):
            try:
                device = (printer / "device").resolve().parent
                found = tuple(int((device / f"id{kind}").read_text(), 16) for kind in ("Vendor", "Product"))
            except (OSError, ValueError):
                continue
            if found == (self.vendor, self.product):
                return FilePort(str(self.devices / printer.name)).open(until_s)
        raise Unprinted(f"not connected: no USB printer {self.vendor:04x}:{self.product:04x}")


@dataclass(frozen=True)
class SerialPort:
    """A printer on a serial line."""

    path: str
    baud: int

    def open(self, _until_s: float) -> Link:
        """Open for us alone; Unprinted where nothing is there."""
        try:
            line = serial.Serial(self.path, self.baud, timeout=0, write_timeout=0, exclusive=True)
        except serial.SerialException as error:
            raise Unprinted(plainly(error) if error.errno else f"not connected: {error}") from error
        except (OSError, ValueError, termios.error) as error:
            raise Unprinted(f"not connected: {error}") from error
        return Link(line.fileno(), line.close, byte_s=_BITS_PER_BYTE / self.baud)


@dataclass(frozen=True)
class NetworkPort:
    """A printer on the network, by its raw port."""

    host: str
    port: int

    def open(self, until_s: float) -> Link:
        """Connect within `until_s` seconds; Unprinted where nobody answers."""
        try:
            connection = socket.create_connection((self.host, self.port), timeout=until_s)
        except OSError as error:
            raise Unprinted(plainly(error)) from error
        connection.settimeout(0)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def abort() -> None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            connection.close()

        return Link(connection.fileno(), connection.close, abort=abort)


Port = FilePort | UsbPort | SerialPort | NetworkPort
