"""Makes the keypads that `desk.toml` asks for; a library is only needed where something of its kind is wired."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .keypad import BadKeypad, Keypad
from .settings import Settings

Clock = Callable[[], float]
Made = Iterator[tuple[str, Keypad]]  # a desk's id, and a keypad of it


def keypads(settings: Settings, clock: Clock, session: int) -> dict[str, list[Keypad]]:
    """Return the keypads of each desk by its id; BadKeypad says what cannot be.

    `clock` stamps their edges; `session` is a number that differs from start to start, for those on RS-485.
    """
    for desk in settings.served:
        if not (desk.matrix or desk.serial or desk.usb or desk.rs485 or (desk.gpio and desk.gpio.keys)):
            of_which = f" for desk {desk.desk}" if settings.desks else ""
            raise BadKeypad(
                f"no keypad{of_which}: the TOML file given by --config needs "
                "[gpio.keys], [matrix], [serial], [usb] or [rs485]"
            )
    made: dict[str, list[Keypad]] = {desk.desk: [] for desk in settings.served}
    kinds = (_on_pins(settings, clock), _serial(settings, clock), _usb(settings), _on_bus(settings, clock, session))
    for kind in kinds:
        for desk_id, keypad in kind:
            made[desk_id].append(keypad)
    return made


def _name(settings: Settings, desk_id: str, kind: str) -> str:
    """Return a keypad's name, its own in the whole process."""
    return f"{desk_id} {kind}" if settings.desks else kind


@contextmanager
def _needed_by(section: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise BadKeypad(f"{section}: the library {error.name} is missing; install okienko[desk]") from None


def _on_pins(settings: Settings, clock: Clock) -> Made:
    if not any(desk.gpio or desk.matrix for desk in settings.served):
        return
    with _needed_by("gpio"):
        from .gpio_chip import pin_factory  # noqa: PLC0415 - only where pins are wired
        from .gpio_keypad import PinKeypad  # noqa: PLC0415
        from .matrix_keypad import MatrixKeypad  # noqa: PLC0415
    factory, quiet_s = pin_factory(), settings.debounce_s
    for desk in settings.served:
        if desk.gpio is not None:
            yield desk.desk, PinKeypad(desk.gpio, _name(settings, desk.desk, "gpio"), quiet_s, clock, factory)
        if desk.matrix is not None:
            yield desk.desk, MatrixKeypad(desk.matrix, _name(settings, desk.desk, "matrix"), quiet_s, clock, factory)


def _serial(settings: Settings, clock: Clock) -> Made:
    for desk in settings.served:
        if desk.serial is not None:
            with _needed_by("serial"):
                from .serial_keypad import SerialKeypad  # noqa: PLC0415 - only where a port is named
            yield desk.desk, SerialKeypad(desk.serial, _name(settings, desk.desk, "serial"), clock)


def _usb(settings: Settings) -> Made:
    for desk in settings.served:
        if desk.usb is not None:
            with _needed_by("usb"):
                from .usb_keypad import UsbKeypad  # noqa: PLC0415 - only where a port is named
            yield desk.desk, UsbKeypad(desk.usb, _name(settings, desk.desk, "usb"), settings.debounce_s)


def _on_bus(settings: Settings, clock: Clock, session: int) -> Made:
    if settings.bus is None:
        return
    with _needed_by("bus"):
        from .bus_keypad import keypads_on_bus  # noqa: PLC0415 - only where a line is named
        from .bus_talk import SESSIONS  # noqa: PLC0415
    wired = {_name(settings, desk.desk, "bus"): desk for desk in settings.served if desk.rs485 is not None}
    wanted = {name: desk.rs485 for name, desk in wired.items() if desk.rs485 is not None}
    for keypad in keypads_on_bus(settings.bus, wanted, settings.debounce_s, clock, session % SESSIONS):
        yield wired[keypad.name].desk, keypad
