"""Which pins gpiozero uses: those of the 40-pin header, wherever the kernel has put them.

The number of the header's chip has changed with kernels and boards (0, 4, 11 and more on a Pi 5), so the chip is
found by what it is.
"""

import os
import tempfile
from pathlib import Path

from gpiozero import Device
from gpiozero.pins import Factory

from .keypad import BadKeypad

SYS_GPIO = Path("/sys/bus/gpio/devices")
# As the device tree calls them: Pi 5, Pi 4, Pi 3 and older.
HEADER_CHIPS = {"raspberrypi,rp1-gpio", "brcm,bcm2711-gpio", "brcm,bcm2837-gpio", "brcm,bcm2835-gpio"}
HEADER_LABELS = {"pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835"}


def pin_factory() -> Factory | None:
    """Return the header's pins through lgpio; None where the environment or the program has chosen others already."""
    if Device.pin_factory is not None or os.environ.get("GPIOZERO_PIN_FACTORY"):
        return None
    chip = header_chip(SYS_GPIO)
    # lgpio puts a pipe into the working directory, or here, and fails where it may not.
    runtime = os.environ.get("RUNTIME_DIRECTORY", tempfile.gettempdir()).split(":")[0]
    os.environ.setdefault("LG_WD", runtime)
    try:
        from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415 - lgpio exists on a Pi only
    except ImportError:
        raise BadKeypad("gpio: the library lgpio is missing; install python3-lgpio or okienko[desk]") from None
    try:
        return LGPIOFactory(chip=chip)
    except Exception as error:  # noqa: BLE001 - what lgpio raises is its own and nothing more
        raise BadKeypad(f"gpio: /dev/gpiochip{chip}: {error}") from None


def header_chip(devices: Path) -> int:
    """Return the number of the gpiochip that is the 40-pin header, from sysfs; BadKeypad where there is none."""
    for chip in sorted(devices.glob("gpiochip*")):
        names = set(_words(chip / "of_node" / "compatible"))
        if names & HEADER_CHIPS or HEADER_LABELS & set(_words(chip / "label")):
            return int(chip.name.removeprefix("gpiochip"))
    raise BadKeypad(f"gpio: no Raspberry Pi pins in {devices}; for a try without them set GPIOZERO_PIN_FACTORY=mock")


def _words(file: Path) -> list[str]:
    """Read a list of words as the kernel writes it, ended by zero bytes."""
    try:
        return file.read_text(encoding="ascii", errors="replace").replace("\0", " ").split()
    except OSError:
        return []
