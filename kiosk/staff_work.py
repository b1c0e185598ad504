"""What the service menu has done: the PIN compared, the test page printed, the volume kept."""

import threading
from collections.abc import Callable

from broker.contract.bus import Server

from .kept_volume import keep_volume
from .network import addresses
from .pin import is_right, kept_pin
from .printing.job import Job, Result
from .printing.printer_thread import PrinterThread
from .settings import Settings
from .state import About, Action, CheckPin, Event, KeepVolume, PageTested, PinChecked, PrintTestPage


class StaffWork:
    """Does in threads what takes its time; `when_done` hears of it from there.

    `test_page` lays out the page to judge the printer by.
    """

    def __init__(self, settings: Settings, version: str, printer: PrinterThread, test_page: Callable[[], Job]) -> None:
        self.when_done: Callable[[Event], None] = _nobody_asked
        self._settings = settings
        self._version = version
        self._printer = printer
        self._test_page = test_page

    @property
    def has_pin(self) -> bool:
        """Whether the office has set a PIN; without one there is no menu."""
        return kept_pin(self._settings.service_pin) is not None

    def do(self, action: Action) -> None:
        """Carry out what the staff asked for."""
        match action:
            case CheckPin(digits):
                threading.Thread(target=self._check, args=(digits,), name="pin", daemon=True).start()
            case PrintTestPage():
                self._printer.submit(self._test_page(), self._printed)
            case KeepVolume(step):
                keep_volume(self._settings.state_folder, step)

    def _check(self, digits: str) -> None:
        try:
            kept = kept_pin(self._settings.service_pin)
            right = kept is not None and is_right(digits, kept)
        except ValueError:
            right = False
        self.when_done(PinChecked(right, self._about() if right else About()))

    def _about(self) -> About:
        return About(
            version=self._version,
            client=self._settings.id,
            server=Server.from_url(self._settings.mqtt).address,
            addresses=addresses(),
            printer=self._settings.printer,
        )

    def _printed(self, result: Result) -> None:
        self.when_done(PageTested(result.result))


def _nobody_asked(_event: Event) -> None:
    """Stand in for a `when_done` that was not set."""
