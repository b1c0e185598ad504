"""The rehearsal told line by line: what was heard on MQTT and announced by the wall, never what was planned."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from broker.contract import topics
from broker.contract.messages import (
    BadMessage,
    Board,
    Desk,
    Menu,
    PauseRequest,
    PrintedRequest,
    Reply,
    Request,
    ShownRequest,
    Text,
    Ticket,
    TicketRequest,
    TransferRequest,
    decode_request,
)

from .facts import Announced, Facts

KIOSK = "kiosk-1"
CALLS_ON_A_BOARD = 12
DESKS = topics.desk("")
REPLIES = topics.reply("")
OF_A_TICKET = {
    "start": "{} is here",
    "finish": "{} is served",
    "no_show": "{} did not come",
    "hold": "{} will come back",
    "resume": "{} is back, and waits in the old place",
}
# What a resident is again after UNDO.
AGAIN = {
    "waiting": "waits again",
    "called": "is called as before",
    "serving": "is at the desk as before",
    "on_hold": "is to come back as before",
}
OF_A_DESK = {"open": "opens", "close": "closes", "pause": "pauses"}
LANGUAGES = {"en": "English", "uk": "Ukrainian"}


class Line(Struct, frozen=True):
    """Something that happened, and who did it."""

    who: str
    what: str


class Chronicle:
    """Turns each message into lines, and keeps the facts."""

    def __init__(self) -> None:
        self.facts = Facts()
        self.menu: Menu | None = None
        self._asked: dict[tuple[str, str], tuple[str, Request]] = {}
        self._pauses: dict[str, Text] = {}

    def heard(self, topic: str, payload: bytes) -> list[Line]:
        """Tell what a message of the hall says; what is not worth a line has none."""
        if topic == topics.MENU:
            self.menu = msgspec.json.decode(payload, type=Menu)
        elif topic == topics.BOARD:
            return list(self._board(msgspec.json.decode(payload, type=Board)))
        elif topic.startswith(DESKS):
            self._pauses = {pause.id: pause.name for pause in msgspec.json.decode(payload, type=Desk).pauses}
        elif topic.startswith(REPLIES):
            return list(self._answer(topic.removeprefix(REPLIES), msgspec.json.decode(payload, type=Reply)))
        elif topic.startswith(topics.HAPPENS_ONCE[0]):
            self._request(topic, payload)
        return []

    def announced(self, announcement: Announced) -> Line:
        """Tell what the wall shows and says."""
        self.facts.announced.append(announcement)
        shows = f"shows {announcement.number} at desk {announcement.desk}"
        return Line("wall", f"{shows} and says „{announcement.text}”" if announcement.spoken else shows)

    def _board(self, board: Board) -> Iterator[Line]:
        yield from self._taken_back(board)
        for call in sorted(board.calls, key=lambda call: call.call):
            if call.call not in self.facts.calls:
                self.facts.calls[call.call] = call
                again = " again" if call.kind == "recall" else ""
                yield Line(f"desk {call.desk}", f"calls {call.number}{again}")

    def _taken_back(self, board: Board) -> Iterator[Line]:
        """Tell of calls that are gone from among those which a board still shows, or from one with room for them."""
        shown = {call.call for call in board.calls}
        oldest = min(shown) if len(shown) == CALLS_ON_A_BOARD else 0
        gone = {call for call in self.facts.calls if call > oldest and call not in shown} - self.facts.taken_back
        self.facts.taken_back |= gone
        for call in (self.facts.calls[number] for number in sorted(gone)):
            yield Line(f"desk {call.desk}", f"takes back the call of {call.number}")

    def _request(self, topic: str, payload: bytes) -> None:
        try:
            client, verb = topics.client_and_verb(topic)
            request = decode_request(verb, payload)
        except (BadMessage, ValueError):
            return  # the broker answers it, and that is told
        self._asked[client, request.request_id] = (verb, request)

    def _answer(self, client: str, reply: Reply) -> Iterator[Line]:
        verb, request = self._asked.pop((client, reply.request_id), ("", None))
        who = client.replace("desk-", "desk ") if client.startswith("desk-") else client
        if request is None:
            return  # a second answer to a request that was sent twice
        if not reply.ok:
            yield Line(who, f"{verb} is refused: {reply.error.message if reply.error else 'no reason given'}")
            return
        match request:
            case TicketRequest():
                yield from self._ticket(client, request, reply.ticket)
            case PrintedRequest(number=number, result="printed"):
                self.facts.printed.append(number)
                yield Line(who, f"{number} is on paper")
            case PrintedRequest(number=number):
                yield Line(who, f"{number} could not be printed: {request.detail}")
            case ShownRequest(call=call):
                self.facts.shown |= {call} if request.spoken else set()
            case _:
                yield from self._at_the_desk(who, verb, request, reply)

    def _ticket(self, client: str, request: TicketRequest, ticket: Ticket | None) -> Iterator[Line]:
        if ticket is None:
            return
        self.facts.issued.append(ticket.number)
        if client == KIOSK:
            self.facts.issued_at_the_kiosk.append(ticket.number)
        priority = next((p.name for p in self.menu.priorities if p.id == ticket.priority), {}) if self.menu else {}
        words = [f"{ticket.number} {self._matter(ticket.category)}", f"{ticket.ahead} before"]
        words += [f"priority: {priority['pl']}"] if priority else []
        words += [f"in {LANGUAGES[request.language]}"] if request.language in LANGUAGES else []
        yield Line(client, ", ".join(words))

    def _at_the_desk(self, who: str, verb: str, request: Request, reply: Reply) -> Iterator[Line]:
        number = reply.ticket.number if reply.ticket else ""
        match request:
            case PauseRequest(reason=reason) if reason:
                yield Line(who, f"pauses: {self._pauses.get(reason, {}).get('pl', reason)}")
            case TransferRequest(to_desk=desk) if desk:
                yield Line(who, f"sends {number} on to desk {desk}")
            case TransferRequest(to_category=category) if category:
                yield Line(who, f"sends {number} on to {self._matter(category)}")
            case _ if verb == "undo" and reply.ticket:
                yield Line(who, f"{number} {AGAIN[reply.ticket.status]}")
            case _ if number and verb in OF_A_TICKET:
                yield Line(who, OF_A_TICKET[verb].format(number))
            case _ if verb in OF_A_DESK:
                yield Line(who, OF_A_DESK[verb])

    def _matter(self, category: str) -> str:
        names = {one.id: one.name for one in self.menu.categories} if self.menu else {}
        return names.get(category, {}).get("pl", category)
