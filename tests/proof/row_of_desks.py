"""A row of desks, each a real terminal with a keypad of its own, at which all clerks press at the same moment."""

import json
import threading
import time
from collections import defaultdict
from contextlib import ExitStack

from broker.contract import topics
from tests.clients import Client, eventually
from tests.journeys.programs import KeypadDesk
from tests.proof.busy_office import office
from tests.proof.pressing_clerk import QUIET_S
from tests.running_broker import RunningBroker


class RowOfDesks:
    """A broker and its desks, and a bystander who hears every request, answer and board."""

    def __init__(self, folder, url, desks):
        self.broker = RunningBroker(folder, url, office=office(desks))
        self.desks = {desk: KeypadDesk(folder, url, desk, f"repeat_s = {QUIET_S}") for desk in desks}
        self.panels = {desk: [] for desk in desks}  # every first line that a keypad ever showed
        self.asked = {}  # request id of each NEXT -> its desk and when it was first heard
        self.answers = defaultdict(set)  # request id -> every answer to it
        self.calls = defaultdict(set)  # call -> every number and desk that a board ever showed for it
        self._kiosk = Client(url, "kiosk-1")
        self._bystander = Client(url, "bystander")
        self._bystander.bus.watch_raw(topics.request("+", "next"), self._hear_press)
        self._bystander.bus.watch_raw(topics.reply("+"), self._hear_answer)
        self._bystander.bus.watch_raw(topics.BOARD, self._see_board)

    def __enter__(self):
        with ExitStack() as started:
            started.callback(self.broker.close)
            self.broker.start().ready()
            for client in (self._kiosk, self._bystander):
                started.callback(client.stop)
                client.start()
            for desk, terminal in self.desks.items():
                started.callback(terminal.close)
                terminal.keypad.when_shown = self._note(self.panels[desk])
                terminal.start()
            for terminal in self.desks.values():
                assert terminal.reads("ZAMKNIETE"), terminal.said
                terminal.keypad.press("O")
            assert eventually(lambda: {panel[-1] for panel in self.panels.values()} == {"WOLNE"})
            self._started = started.pop_all()
        return self

    def __exit__(self, *_):
        self._started.close()

    # -- what people do ----------------------------------------------------------------------------------------

    def come(self, residents):
        """Let residents come, each with a matter and perhaps a priority; return their numbers."""
        answers = [self._kiosk.ask("ticket", category=matter, priority=priority) for matter, priority in residents]
        return [answer["ticket"]["number"] for answer in answers]

    def press_next_together(self):
        """Have all clerks press NEXT at the same moment.

        Return when each pressed, and each request with its desk and the moment it was heard, once all are answered.
        """
        barrier, pressed_at, before = threading.Barrier(len(self.desks)), [], set(self.asked)

        def press(keypad):
            barrier.wait()
            pressed_at.append(time.monotonic())
            keypad.press("N")

        fingers = [threading.Thread(target=press, args=(terminal.keypad,)) for terminal in self.desks.values()]
        for finger in fingers:
            finger.start()
        for finger in fingers:
            finger.join()
        assert eventually(lambda: len(self.asked) == len(before) + len(self.desks)), "a press was lost or doubled"
        requests = self.asked.keys() - before
        assert eventually(lambda: requests <= self.answers.keys()), "a press was not answered"
        time.sleep(max(0.0, max(pressed_at) + 2 * QUIET_S - time.monotonic()))
        return pressed_at, {request: self.asked[request] for request in requests}

    def answer(self, request):
        """Return the one answer to a request."""
        (answer,) = self.answers[request]
        return json.loads(answer)

    def shows(self, desk, first_line):
        """Whether a desk's keypad comes to show a first line."""
        return eventually(lambda: self.panels[desk][-1:] == [first_line])

    def called_on_panel(self, desk):
        """Return the numbers that a desk's keypad showed as called, in order."""
        return [line.partition(" ")[0] for line in self.panels[desk] if line.endswith(" WEZWANY")]

    # -- what a bystander hears --------------------------------------------------------------------------------

    def _note(self, lines):
        def note(panel):
            if lines[-1:] != [panel[0]]:
                lines.append(panel[0])

        return note

    def _hear_press(self, topic, payload):
        desk, request_id = json.loads(payload)["desk"], json.loads(payload)["request_id"]
        self.asked.setdefault(request_id, (desk, time.monotonic()))

    def _hear_answer(self, _topic, payload):
        self.answers[json.loads(payload)["request_id"]].add(payload)

    def _see_board(self, _topic, payload):
        for call in json.loads(payload)["calls"]:
            self.calls[call["call"]].add((call["number"], call["desk"]))
