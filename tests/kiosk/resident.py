"""A resident at a kiosk that is only its flow: they touch, wait and read."""

from broker.contract.messages import Error, Reply
from kiosk.flow import goes_away_at, screen, step
from kiosk.state import Answered, BrokerHeard, LinkChanged, MenuHeard, PaperDone, State, Tapped, Ticked, Timing, Touched
from tests.builders import menu, ticket

TIMING = Timing()


class Resident:
    """Keeps state, time and what the kiosk did; every tap comes a second after the one before."""

    def __init__(self, *, office=None, out=False):
        self.now = 100.0
        self.state = State(touched_at=self.now, out_since=self.now)
        self.did = []
        self.taps = 0
        if not out:
            self.hears(LinkChanged(linked=True), BrokerHeard(up=True), MenuHeard(office or menu()))

    def hears(self, *events):
        for event in events:
            self.state, actions = step(self.state, event, self.now, TIMING)
            self.did.extend(actions)
        return self

    def waits(self, seconds, every=0.2):
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + every)
            self.hears(Ticked())
        return self

    def taps_on(self, *names, after=1.0):
        for name in names:
            self.waits(after)
            self.taps += 1
            self.hears(Touched(), Tapped(name, f"r{self.taps}"))
        return self

    def is_answered(self, request_id=None, **fields):
        return self.hears(Answered(Reply(request_id or self.asked[-1], ok=True, ticket=ticket(**fields))))

    def is_refused(self, code, **facts):
        return self.hears(Answered(Reply(self.asked[-1], ok=False, error=Error(code, "", **facts))))

    def paper(self, result, detail=None, request_id=None, number="D017"):
        return self.hears(PaperDone(request_id or self.asked[-1], number, result, detail))

    @property
    def screen(self):
        return screen(self.state, self.now, TIMING)

    @property
    def asked(self):
        return [action.request.request_id for action in self.did if type(action).__name__ == "Ask"]

    @property
    def told(self):
        return [(action.verb, action.request) for action in self.did if type(action).__name__ == "Tell"]

    @property
    def printed(self):
        return [action.ticket.number for action in self.did if type(action).__name__ == "Print"]

    @property
    def goes_away_in(self):
        return goes_away_at(self.state, TIMING) - self.now
