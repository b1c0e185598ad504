"""Makes the keypads that `desk.toml` asks for; a library is only needed where something of its kind is wired."""

from collections.abc import Callable, Iterator

from .keypad import BadKeypad, Keypad
from .settings import DeskWires, Settings

Clock = Callable[[], float]


def keypads(settings: Settings, clock: Clock) -> dict[str, list[Keypad]]:
    """Return the keypads of each desk by its id; BadKeypad says what cannot be."""
    desks = settings.served
    for desk in desks:
        if not (desk.matrix or desk.serial or desk.usb or desk.rs485 or (desk.gpio and desk.gpio.keys)):
            of_which = f" for desk {desk.desk}" if settings.desks else ""
            raise BadKeypad(
                f"no keypad{of_which}: the TOML file given by --config needs "
                "[gpio.keys], [matrix], [serial], [usb] or [rs485]"
            )
    made: dict[str, list[Keypad]] = {desk.desk: [] for desk in desks}
    for make in (_on_pins, _serial):
        for desk_id, keypad in make(settings, clock):
            made[desk_id].append(keypad)
    return made


def _named(settings: Settings) -> Iterator[tuple[DeskWires, str]]:
    """Return each desk, and what the names of its keypads begin with: its id where there are several."""
    for desk in settings.served:
        yield desk, f"{desk.desk} " if settings.desks else ""


def _on_pins(settings: Settings, clock: Clock) -> Iterator[tuple[str, Keypad]]:
    if not any(desk.gpio or desk.matrix for desk in settings.served):
        return
    try:
        from .gpio_chip import pin_factory  # noqa: PLC0415 - only where pins are wired
        from .gpio_keypad import PinKeypad  # noqa: PLC0415
        from .matrix_keypad import MatrixKeypad  # noqa: PLC0415
    except ImportError as error:
        raise BadKeypad(f"gpio: the library {error.name} is missing; install okienko[desk]") from None
    factory = pin_factory()
    for desk, prefix in _named(settings):
        if desk.gpio is not None:
            yield desk.desk, PinKeypad(desk.gpio, f"{prefix}gpio", settings.debounce_s, clock, factory)
        if desk.matrix is not None:
            yield desk.desk, MatrixKeypad(desk.matrix, f"{prefix}matrix", settings.debounce_s, clock, factory)


def _serial(settings: Settings, clock: Clock) -> Iterator[tuple[str, Keypad]]:
    if not any(desk.serial for desk in settings.served):
        return
    try:
        from .serial_keypad import SerialKeypad  # noqa: PLC0415 - only where a port is named
    except ImportError as error:
        raise BadKeypad(f"serial: the library {error.name} is missing; install okienko[desk]") from None
    for desk, prefix in _named(settings):
        if desk.serial is not None:
            yield desk.desk, SerialKeypad(desk.serial, f"{prefix}serial", clock)
