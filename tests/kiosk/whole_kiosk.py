"""The whole kiosk in the test's own window: real MQTT, real speech, real touches and keys."""

import json
import time
from contextlib import contextmanager
from functools import partial
from itertools import count

from broker.contract.bus import Bus, Server
from broker.contract.settings import read_settings
from kiosk.key_names import CODES
from kiosk.settings import DEFAULTS, Settings
from kiosk.speech.speaker import Speaker, Voice
from tests.kiosk.conftest import GlassDriver
from tests.kiosk.speech.players import keeping_player

QUICK = ("--answer-s", "0.5", "--grace-s", "0.5", "--settle-s", "0.05")


class WholeKiosk(GlassDriver):
    """Touches, keys and ears of one resident at a time."""

    def __init__(self, window, app, folder):
        super().__init__(window, app.stage)
        self.app = app
        self.folder = folder
        self.screens = set()

    @property
    def screen(self):
        return self.stage.view.screen if self.stage.view else ""

    def tap(self, name):
        self.screens.add(self.screen)
        super().tap(name)

    def comes_to(self, screen):
        assert self.until(lambda: self.screen == screen, 30), self.screen
        self.screens.add(screen)
        self.settles()

    def settles(self):
        assert self.until(self.app.may_be_touched, 30)

    def taps(self, *names):
        for name in names:
            self.settles()
            self.tap(name)

    def press(self, *keys):
        """Press keys of the keypad, as Kivy gets them from SDL."""
        for key in keys:
            self.settles()
            self.window.dispatch("on_key_down", CODES[key], 0, "", [])
            self.window.dispatch("on_key_up", CODES[key], 0)
            self.frames(1)

    def said(self):
        path = self.folder / "spoken"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [json.loads(line)["said"] for line in lines]

    def listens(self, said_before):
        """Wait until something more was said, and return it."""
        assert self.until(lambda: len(self.said()) > said_before, 30), self.said()
        return self.said()[-1]

    def presses(self, key):
        """Press one key and return what was said."""
        before = len(self.said())
        self.press(key)
        return self.listens(before)

    def seeks(self, beginning, key="down"):
        """Press the key down until something that begins like this is said."""
        for _ in range(40):
            said = self.presses(key)
            if said.startswith(beginning):
                return said
        raise AssertionError(f"never heard {beginning!r}: {self.said()}")


@contextmanager
def whole_kiosk(window, url, folder, *options, size=(1080, 1920), printer=None, plays_s=0.0):
    from kiosk.app import KioskApp
    from kiosk.printing.job import Job, ticket_job
    from kiosk.printing.printer_thread import PrinterThread
    from kiosk.printing.printers import printer_from_option
    from kiosk.printing.sample_page import sample_page
    from kiosk.staff_work import StaffWork

    argv = [
        "--mqtt",
        url,
        "--state",
        str(folder / "state"),
        "--spoken",
        str(folder / "spoken"),
        "--player",
        keeping_player(folder / "sounds", plays_s),
    ]
    settings = read_settings(Settings, DEFAULTS, "okienko-kiosk", [*argv, *QUICK, *options])
    printer = printer_from_option(printer or f"dummy:{folder / 'tickets'}", profile="default")
    tickets = partial(ticket_job, columns=printer.paper.columns)
    ids = count(1)
    with (folder / "spoken").open("a", encoding="utf-8") as record:
        speaker = Speaker(Voice(settings.synthesizer, settings.speech_rate, settings.player), record)
        bus = Bus(Server.from_url(url), settings.id, "test")
        printing = PrinterThread(printer)
        staff = StaffWork(settings, "test", printing, lambda: Job("test", sample_page(printer.paper, "pl")))
        app = KioskApp(settings, bus, printing, tickets, time.monotonic, lambda: f"r{next(ids)}", staff, speaker)
        kiosk = WholeKiosk(window, app, folder)
        window.add_widget(app.build())
        kiosk.resize(size)
        app.on_start()
        try:
            yield kiosk
        finally:
            app.on_stop()
            window.remove_widget(app.stage)
            kiosk.frames(2)
