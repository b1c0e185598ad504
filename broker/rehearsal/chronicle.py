"""The rehearsal told line by line: what was heard on MQTT and announced by the wall, never what was planned."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from broker.contract import topics
from broker.contract.messages import (
    BadMessage,
    Board,
    Menu,
    PrintedRequest,
    Reply,
    Request,
    ShownRequest,
    Ticket,
    TicketRequest,
    decode_request,
)

from .facts import Announced, Facts

KIOSK = "kiosk-1"
REPLIES = topics.reply("")
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
        self._day = ""

    def heard(self, topic: str, payload: bytes) -> list[Line]:
        """Tell what a message of the hall says; what is not worth a line has none."""
        if topic == topics.MENU:
            self.menu = msgspec.json.decode(payload, type=Menu)
        elif topic == topics.BOARD:
            return list(self._board(msgspec.json.decode(payload, type=Board)))
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
        for call in sorted(board.calls, key=lambda call: call.call):
            if call.call not in self.facts.calls:
                self.facts.calls[call.call] = call
                again = " again" if call.kind == "recall" else ""
                yield Line(f"desk {call.desk}", f"calls {call.number}{again}")

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
                self.facts.shown.add(call)
            case _:
                yield from self._at_the_desk(who, verb, reply)

    def _ticket(self, client: str, request: TicketRequest, ticket: Ticket | None) -> Iterator[Line]:
        if ticket is None:
            return
        self.facts.issued.append(ticket.number)
        if client == KIOSK:
            self.facts.issued_at_the_kiosk.append(ticket.number)
        matter = next((c.name for c in self.menu.categories if c.id == ticket.category), {}) if self.menu else {}
        priority = next((p.name for p in self.menu.priorities if p.id == ticket.priority), {}) if self.menu else {}
        words = [f"{ticket.number} {matter.get('pl', ticket.category)}", f"{ticket.ahead} before"]
        words += [f"priority: {priority['pl']}"] if priority else []
        words += [f"in {LANGUAGES[request.language]}"] if request.language in LANGUAGES else []
        yield Line(client, ", ".join(words))

    def _at_the_desk(self, who: str, verb: str, reply: Reply) -> Iterator[Line]:
        number = reply.ticket.number if reply.ticket else ""
        match verb:
            case "open":
                yield Line(who, "opens")
            case "close":
                yield Line(who, "closes")
            case "start" if number:
                yield Line(who, f"{number} is here")
            case "finish" if number:
                yield Line(who, f"{number} is served")
            case "no_show" if number:
                yield Line(who, f"{number} did not come")
