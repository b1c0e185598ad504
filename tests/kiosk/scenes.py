"""Every screen of the kiosk at a moment that is hard to draw."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from msgspec.structs import replace

import kiosk
from broker.contract.messages import TicketRequest
from broker.contract.words import words
from kiosk.place import (
    Asking,
    Attract,
    CheckIn,
    Languages,
    Matters,
    NoTicket,
    Pin,
    Priorities,
    Refused,
    Reprints,
    ScreenTest,
    Search,
    Service,
    Start,
    Thanks,
)
from kiosk.state import About, Print, Staff, State, Timing, Unprinted
from kiosk.tongue import tongue
from kiosk.wording import view
from tests.builders import NOON, menu, sample, ticket

NOW = 100.0
LANGUAGES = ("pl", "en", "uk", "de")
REQUEST = TicketRequest("r1", "id-cards", None, "pl")
catalogue = cache(lambda language: words(Path(kiosk.__file__).parent / "locale", language))

OFFICE = menu(closed={"business", "architecture"}, full={"drivers", "fees"}, waiting=23, wait_minutes=(45, 120))
CLOSED = menu(closed={category["id"] for category in sample()["category"]})
# A Monday's noon; and when what is closed or full opens again: after the break, tomorrow, on Friday, in the new year.
OPENINGS = {"business": 0.1, "architecture": 3.8, "drivers": 0.8, "fees": 39.8}
AGAIN = replace(
    OFFICE,
    categories=[
        replace(category, opens_at=NOON + timedelta(days=OPENINGS[category.id]))
        if category.id in OPENINGS
        else category
        for category in OFFICE.categories
    ],
)
CLOSED_UNTIL_TOMORROW = replace(
    CLOSED, categories=[replace(category, opens_at=NOON + timedelta(days=0.8)) for category in CLOSED.categories]
)
COMMON_SERIES = replace(
    OFFICE,
    categories=[
        replace(category, letter="" if category.group == "identity" else "K", full=category.group == "identity")
        for category in OFFICE.categories
    ],
)
SIGNED = replace(
    OFFICE,
    hearing_loop=True,
    categories=[
        replace(each, sign_language={"pl": f"https://urzad.example/pjm/{each.id}"}) for each in OFFICE.categories
    ],
)
ONE_LIST = replace(OFFICE, categories=[replace(category, group="money") for category in OFFICE.categories])
BUSY = ticket(
    "P128",
    "transport",
    ahead=112,
    wait_minutes=(95, 240),
    desks=["p4", "1", "2", "3", "4", "5", "6", "p3", "8", "9"],
    priority="disability",
)
CALLED = ticket("017", status="called", desk="30", called_at=NOON, ahead=0, wait_minutes=None)
BOOKED = replace(BUSY, number="7", booked_at=NOON + timedelta(minutes=30))
CALLED_TO_A_ROOM = replace(BOOKED, status="called", desk="office", called_at=NOON)
CAME_LATE = replace(BOOKED, priority=None, booking="late")
VISITS = replace(OFFICE, bookings=True)
MESSAGES = (
    {"pl": "Kasa czynna do 13:00.", "en": "The cash desk is open until 13:00."},
    {"pl": "W piątek 27 listopada urząd jest nieczynny. Sprawy załatwisz na gov.pl przez całą dobę."},
)
ABOUT = About("0.1.0", "kiosk-1", "192.168.1.2:1883", ("eth0 192.168.1.20", "wlan0 10.0.0.7"), "usb:04b8:0e15")
STAFF = Staff(has_pin=True, about=ABOUT)
UNPRINTED = tuple(
    Unprinted(f"u{count}", ticket(f"D{count:03}", issued_at=NOON + timedelta(minutes=count)), "pl")
    for count in range(11, 19)
)
BEING_PRINTED = Print("u17-2", UNPRINTED[6].ticket, "pl", again=True)
LONG_LABEL = {
    "pl": "Biuro Obsługi Interesanta",
    "en": "Customer Service Office",
    "uk": "Бюро обслуговування відвідувачів",
}


def states():
    at_ease = State(menu=OFFICE, linked=True, out_since=None, touched_at=NOW)
    return {
        "start": at_ease,
        "start with a priority": replace(at_ease, priority="disability"),
        "two matters": replace(at_ease, place=Matters("identity")),
        "long names": replace(at_ease, place=Matters("money"), touched_at=NOW - 40),
        "five matters": replace(at_ease, place=Matters("property"), priority="disability"),
        "eighteen matters": replace(at_ease, menu=ONE_LIST, place=Start(page=1), priority="disability"),
        "closed and full until when": replace(at_ease, menu=AGAIN),
        "full until the new year": replace(at_ease, menu=AGAIN, place=Matters("money")),
        "closed until tomorrow": replace(at_ease, menu=CLOSED_UNTIL_TOMORROW),
        "full, and when again": replace(at_ease, menu=AGAIN, place=Refused("fees", "category_full", NOW + 15)),
        "attract": replace(at_ease, place=Attract(NOW)),
        "a message": replace(at_ease, place=Attract(NOW, 1), messages=MESSAGES),
        "pin": replace(at_ease, place=Pin("12")),
        "wrong pin": replace(at_ease, place=Pin(wrong=True), staff=Staff(has_pin=True, locked_until=NOW + 9)),
        "service": replace(at_ease, place=Service(), staff=STAFF),
        "service, nothing works": replace(
            at_ease, place=Service(), staff=replace(STAFF, test="failed"), out_since=0.0, linked=False
        ),
        "screen test": replace(at_ease, place=ScreenTest(1)),
        "search": replace(at_ease, place=Search(Start())),
        "found": replace(at_ease, place=Search(Start(), "prawo jazdy")),
        "many found": replace(at_ease, place=Search(Start(), "p"), touched_at=NOW - 40),
        "nothing found": replace(at_ease, place=Search(Start(), "xylofon wielki nad rzeką")),
        "languages": replace(at_ease, place=Languages(Start())),
        "priorities": replace(at_ease, place=Priorities(Start()), priority="elderly"),
        "waiting": replace(at_ease, place=Asking(REQUEST, NOW, 3)),
        "printing": replace(at_ease, place=Thanks("r1", ticket(), "pl", NOW, NOW + 60)),
        "printed": replace(at_ease, place=Thanks("r1", BUSY, "pl", NOW, NOW + 15, "printed")),
        "not printed": replace(at_ease, place=Thanks("r1", BUSY, "pl", NOW, NOW + 4, "failed")),
        "no paper": replace(at_ease, can_print=False, unprinted=UNPRINTED),
        "reprints": replace(at_ease, place=Reprints(), unprinted=UNPRINTED, printing=(BEING_PRINTED,)),
        "reprints, no paper": replace(at_ease, place=Reprints(), unprinted=UNPRINTED[:2], can_print=False),
        "paper is back": replace(
            at_ease, place=Thanks("r1", BUSY, "pl", NOW, NOW + 30, "failed"), unprinted=(Unprinted("r1", BUSY, "pl"),)
        ),
        "sign language": replace(at_ease, menu=SIGNED, place=Matters("vehicles")),
        "number, signed": replace(at_ease, menu=SIGNED, place=Thanks("r1", BUSY, "pl", NOW, NOW + 15, "printed")),
        "called at once": replace(at_ease, place=Thanks("r1", CALLED, "pl", NOW, NOW + 60)),
        "called, not printed": replace(
            at_ease,
            menu=replace(OFFICE, desk_labels=OFFICE.desk_labels | {"office": LONG_LABEL}),
            place=Thanks("r1", CALLED_TO_A_ROOM, "pl", NOW, NOW + 4, "failed"),
        ),
        "booked": replace(at_ease, place=Thanks("r1", BOOKED, "pl", NOW, NOW + 15, "printed")),
        "came late": replace(at_ease, place=Thanks("r1", CAME_LATE, "pl", NOW, NOW + 60, "printed")),
        "visits are booked": replace(at_ease, menu=VISITS, priority="disability"),
        "some digits": replace(at_ease, place=CheckIn("482"), touched_at=NOW - 40),
        "whole code": replace(at_ease, place=CheckIn("482913")),
        "no code at all": replace(at_ease, place=CheckIn(trouble="no_code")),
        "used code": replace(at_ease, place=Refused("", "booking_used", NOW + 15, number="D017")),
        "another day": replace(
            at_ease, place=Refused("", "wrong_day", NOW + 4, booked_at=NOON + timedelta(days=9, minutes=-30))
        ),
        "a common series": replace(at_ease, menu=COMMON_SERIES, place=Matters("property")),
        "just closed": replace(at_ease, place=Refused("id-cards", "category_closed", NOW + 15)),
        "full": replace(at_ease, place=Refused("fees", "category_full", NOW + 4)),
        "not allowed": replace(at_ease, place=Refused("fees", "not_allowed", NOW + 15)),
        "no ticket": replace(at_ease, place=NoTicket(REQUEST, NOW + 4)),
        "closed": replace(at_ease, menu=CLOSED),
        "out of service": replace(at_ease, out_since=0.0),
        "starting": replace(at_ease, menu=None),
    }


def scene(state, language="pl", now=NOW):
    """What the screen shows in `state`, to a resident who reads `language`."""
    state = replace(state, language=None if language == "pl" else language)
    return view(state, now, Timing(), tongue(state.menu, state.language, language, catalogue))
