"""Every screen of the kiosk, each at a moment that shows what it can: the states for the album. Pure."""

from collections.abc import Mapping

from msgspec.structs import replace

from broker.contract.messages import Menu, TicketRequest
from kiosk.panel import Modes
from kiosk.place import (
    Asking,
    Attract,
    CheckIn,
    Languages,
    Matters,
    NoTicket,
    Paper,
    Pin,
    Place,
    Priorities,
    Refused,
    Reprints,
    ScreenTest,
    Search,
    Service,
    Start,
    Thanks,
)
from kiosk.state import State, Unprinted

from . import sample

NOW = 1000.0  # seconds, of the kiosk's steady clock
MODES = {
    "usual": Modes(),
    "large": Modes(large=True),
    "contrast": Modes(contrast=True),
    "low": Modes(low=True),
    "all": Modes(large=True, contrast=True, low=True),
}


def scenes() -> Mapping[str, State]:
    """Return every state to be seen, by its name."""
    request = TicketRequest("r1", "id-cards", None, "pl")
    missed = tuple(Unprinted(f"u{at}", replace(sample.ticket(), number=f"D0{at}"), "pl") for at in (11, 12, 14))
    return {
        "start": _at(Start()),
        "start-listening": replace(_at(Start()), speaking=True, focus="group:identity"),
        "start-no-paper": replace(_at(Start()), can_print=False, unprinted=missed),
        "matters": _at(Matters("vehicles")),
        "matters-closed": _at(Matters("property")),
        "soon-away": replace(_at(Matters("identity")), touched_at=NOW - 32),
        "search": _at(Search(Start())),
        "search-found": _at(Search(Start(), "d")),
        "priorities": replace(_at(Priorities(Start())), priority="small-child"),
        "languages": _at(Languages(Start())),
        "start-visits": replace(_at(Start()), menu=replace(sample.menu(), bookings=True)),
        "code": _at(CheckIn("482")),
        "code-unknown": _at(CheckIn(trouble="unknown_booking")),
        "refused-visit": _at(Refused("", "booking_used", NOW + 25, number="D017")),
        "waiting": _at(Asking(request, NOW)),
        "number": _thanks("waiting", "printed"),
        "number-printing": _thanks("waiting", "printing", priority="elderly"),
        "number-not-printed": _thanks("waiting", "failed"),
        "number-called": _thanks("called", "printed"),
        "number-booked": _thanks("booked", "printed"),
        "refused-full": _at(Refused("fees", "category_full", NOW + 25)),
        "no-number": _at(NoTicket(request, NOW + 25)),
        "closed": replace(_at(Start()), menu=_closed()),
        "out-of-service": replace(_at(Start()), out_since=0.0),
        "starting": replace(_at(Start()), menu=None),
        "attract": _at(Attract(NOW)),
        "attract-message": replace(_at(Attract(NOW)), messages=sample.MESSAGES),
        "pin": _at(Pin("258")),
        "service": replace(_at(Service()), staff=sample.STAFF),
        "screen-test": _at(ScreenTest(4)),
        "reprints": replace(_at(Reprints()), unprinted=missed),
    }


def _at(place: Place) -> State:
    return State(menu=sample.menu(), linked=True, broker_up=True, out_since=None, touched_at=NOW, place=place)


def _thanks(kind: str, paper: Paper, priority: str | None = None) -> State:
    ticket = sample.ticket(kind, priority)  # type: ignore[arg-type]
    return _at(Thanks("r1", ticket, "pl", NOW, NOW + 60, paper))


def _closed() -> Menu:
    again = sample.NOW.replace(day=24, hour=7, minute=30)
    menu = sample.menu()
    return replace(menu, categories=[replace(each, open=False, opens_at=again) for each in menu.categories])
