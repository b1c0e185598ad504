"""The kiosk's window, its MQTT and its printer: the one place where their threads meet, through Kivy's clock."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from typing import cast

from kivy.app import App
from kivy.clock import Clock, ClockEvent
from kivy.core.window import Window

from broker.contract import topics
from broker.contract.bus import Bus
from broker.contract.messages import CheckInRequest, Menu, Reply
from broker.contract.words import words

from .flow import step
from .kept_volume import kept_volume
from .keyboard import Keyboard
from .keypad import Key, pressed
from .keystrokes import Keystrokes
from .outbox import Outbox
from .printer_health import PrinterHealth
from .printing.job import Job, Result
from .printing.printer_thread import PrinterThread
from .printing.status import Trouble
from .screens.stage import Stage
from .settings import LOCALE, Settings
from .speech.headphones import HeadphoneWatch, headphones
from .speech.narrator import Narrator
from .speech.speaker import Speaker
from .staff_work import StaffWork
from .state import (
    Action,
    Answered,
    Ask,
    BrokerHeard,
    CheckPin,
    Event,
    KeepVolume,
    LinkChanged,
    MenuHeard,
    PanelMeasured,
    PaperDone,
    Plugged,
    Print,
    PrinterHeard,
    PrintTestPage,
    Scanned,
    Staff,
    State,
    Tapped,
    Tell,
    Ticked,
    Touched,
)
from .tongue import tongue
from .wording import view

log = logging.getLogger(__name__)

TICK_S = 0.2
PRINTER_CHECK_S = 5.0
FOR_STAFF = ("service", "reprints")  # what a finger finds in the heading


class KioskApp(App):
    """Feeds what happens to the flow, does what the flow says, and shows what it shows.

    `tickets` lays a ticket out for the printer's paper; `clock` counts seconds steadily; `new_id` makes a request id
    for each tap; `staff` does the work of the service menu; `speaker` is for who presses the keys of a keypad.
    """

    title = "Okienko"

    def __init__(
        self,
        settings: Settings,
        bus: Bus,
        printer: PrinterThread,
        tickets: Callable[..., Job],
        clock: Callable[[], float],
        new_id: Callable[[], str],
        staff: StaffWork,
        speaker: Speaker | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.stage = Stage(settings.screen_mm, settings.screen_bottom_mm)
        volume = kept_volume(settings.state_folder)
        self.state = State(
            out_since=clock(),
            touched_at=clock(),
            volume=volume,
            usual=volume,
            messages=tuple(settings.messages),
            staff=Staff(has_pin=staff.has_pin),
        )
        self._bus = bus
        self._printer = printer
        self._tickets = tickets
        self._clock = clock
        self._new_id = new_id
        self._keyboard = Keyboard(settings.keys, self._key, self._scanned, Keystrokes(settings.double_strike_s), clock)
        self._narrator = Narrator(speaker)
        self._headphones = _watch(settings, lambda inserted: self._soon(Plugged(inserted)))
        self._staff = staff
        self._staff.when_done = self._soon
        self._regularly: list[ClockEvent] = []
        self._outbox = Outbox()
        self._printer_health = PrinterHealth()
        self._faults = 0
        self._last_fault = ""
        self._catalogue = cache(partial(words, LOCALE))

    def build(self) -> Stage:
        """Bind the glass."""
        self.stage.bind(on_touched=lambda *_: self._touched())
        self.stage.bind(on_measured=lambda _, panel: self.happened(PanelMeasured(panel)))
        self.stage.bind(on_tap=lambda _, name: self.happened(Tapped(name, self._new_id())))
        return self.stage

    def on_start(self) -> None:
        """Begin to listen, to print and to watch the time."""
        client = self._bus.client
        self._bus.watch(topics.MENU, Menu, lambda menu: self._soon(MenuHeard(menu)))
        self._bus.watch(topics.reply(client), Reply, lambda reply: self._soon(Answered(reply)))
        self._bus.watch_pulse(topics.BROKER, lambda health: self._soon(BrokerHeard(health.status != "down")))
        self._bus.when_linked = lambda linked: self._soon(LinkChanged(linked))
        self.happened(Ticked())
        self._printer.start()
        self._bus.start()
        self._narrator.start()
        Window.bind(on_request_close=_stay)
        self._keyboard.start()
        if self._headphones is not None:
            self._headphones.start()
        self._check_printer()
        self._regularly = [
            Clock.schedule_interval(lambda _: self._tick(), TICK_S),
            Clock.schedule_interval(lambda _: self._check_printer(), PRINTER_CHECK_S),
        ]

    def on_stop(self) -> None:
        """Say goodbye."""
        for event in self._regularly:
            event.cancel()
        Window.unbind(on_request_close=_stay)
        self._keyboard.stop()
        self._narrator.stop()
        if self._headphones is not None:
            self._headphones.stop()
        self._bus.stop()
        self._printer.stop()

    def open_settings(self, *_: object) -> bool:
        """Keep Kivy's own panel of settings, which F1 opens, away from residents."""
        return False

    def happened(self, event: Event) -> None:
        """Let the flow decide, do what it says, and draw; on Kivy's thread only."""
        now = self._clock()
        self.state, actions = step(self.state, event, now, self.settings.timing)
        for action in actions:
            self._do(action)
        if isinstance(event, Answered):
            self._outbox = self._outbox.answered(event.reply.request_id)
        speaks = tongue(self.state.menu, self.state.language, self.settings.language, self._catalogue)
        shown = view(self.state, now, self.settings.timing, speaks, self.settings.ticket_url)
        self._narrator.shows(event, self.state, shown, speaks.words)
        self.stage.show(shown)

    def may_be_touched(self) -> bool:
        """Whether a touch now would be meant for what is shown now."""
        return self._clock() - self.state.changed_at > self.settings.settle_s

    def _touched(self) -> None:
        self._narrator.interrupted()
        self.happened(Touched())

    def _key(self, meaning: str) -> None:
        """Do what a key of the keypad means on this screen."""
        if meaning.startswith("headphones_"):
            self.happened(Plugged(meaning == "headphones_in"))
            return
        if meaning in FOR_STAFF:
            self.happened(Touched())
            self.happened(Tapped(meaning, self._new_id()))
            return
        key = cast("Key", meaning)
        for event in pressed(key, self.state, self._narrator.view, self._new_id(), can_speak=self._narrator.can_speak):
            self.happened(event)

    def _scanned(self, code: str) -> None:
        self.happened(Scanned(code, self._new_id()))

    # -- other threads -------------------------------------------------------------------------------------

    def _soon(self, event: Event) -> None:
        Clock.schedule_once(lambda _: self._guarded(event), 0)

    def _guarded(self, event: Event) -> None:
        """Let it happen; a strange message must not darken the glass."""
        try:
            self.happened(event)
        except Exception as error:
            self._faults += 1
            if str(error) != self._last_fault:
                log.exception("%s could not be drawn", type(event).__name__)
            self._last_fault = str(error)

    def _printed(self, request_id: str, result: Result) -> None:
        def learn(_: float) -> None:
            self._printer_health = self._printer_health.after_ticket(result, _now())
            self._guarded(PrinterHeard(not any(trouble.stops for trouble in result.troubles)))
            self._guarded(PaperDone(request_id, result.number, result.result, result.detail))

        Clock.schedule_once(learn, 0)

    def _checked(self, troubles: tuple[Trouble, ...]) -> None:
        def learn(_: float) -> None:
            self._printer_health = self._printer_health.after_check(troubles, _now())
            self._guarded(PrinterHeard(not any(trouble.stops for trouble in troubles)))

        Clock.schedule_once(learn, 0)

    # -- doing ---------------------------------------------------------------------------------------------

    def _do(self, action: Action) -> None:
        match action:
            case Ask(request):
                self._bus.ask("check_in" if isinstance(request, CheckInRequest) else "ticket", request)
            case Tell(verb, request):
                self._outbox = self._outbox.with_letter(verb, request)
            case Print():
                self._print(action)
            case CheckPin() | PrintTestPage() | KeepVolume():
                self._staff.do(action)

    def _print(self, action: Print) -> None:
        """Hand the ticket to the printer; whatever goes wrong here, the number is on the screen."""
        assert self.state.menu is not None
        try:
            again_at = _now() if action.again else None
            job = self._tickets(action.ticket, self.state.menu, action.language, again_at=again_at)
        except Exception:
            log.exception("ticket %s could not be laid out", action.ticket.number)
            self._printed(action.request_id, Result(action.ticket.number, "failed", "the ticket could not be laid out"))
            return
        self._printer.submit(job, partial(self._printed, action.request_id))

    def _check_printer(self) -> None:
        self._printer.check(self._checked)

    def _tick(self) -> None:
        # Who is being spoken to is there: no time runs out under a sentence.
        if self._narrator.busy:
            self._guarded(Touched())
        self._guarded(Ticked())
        now = self._clock()
        for letter in self._outbox.due(now):
            if self._bus.ask(letter.verb, letter.request):
                self._outbox = self._outbox.sent(letter.request.request_id, now, self.settings.answer_s)
        self._bus.report(
            [*self._printer_health.problems, *self._narrator.problems],
            {
                "bad_messages": self._bus.bad_messages,
                "faults": self._bus.faults + self._faults,
            },
        )
        self._bus.tell_speaking(speaking=self._narrator.aloud)


def _watch(settings: Settings, when_changed: Callable[[bool], None]) -> HeadphoneWatch | None:
    """Watch for headphones, where something shows that they are there."""
    look = headphones(settings.headphones) if settings.speech else None
    return HeadphoneWatch(look, when_changed) if look else None


def _stay(*_: object, **__: object) -> bool:
    """Refuse what a keyboard or a desktop asks of the window: only the system ends the kiosk."""
    return True


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
