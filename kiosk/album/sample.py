"""The office of the album, read from the file beside, and the tickets that it gives."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from broker.contract.messages import Menu, Ticket
from kiosk.printing.extras import Extras
from kiosk.printing.lines import Picture
from kiosk.state import About, Staff

FILE = Path(__file__).with_name("sample.toml")
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=ZoneInfo("Europe/Warsaw"))
TICKET_URL = "https://kolejka.example/{day}/{number}"
MESSAGES = (
    {
        "pl": "W piątek 27 listopada kasa jest czynna do 13:00.",
        "en": "On Friday 27 November the cash desk closes at 13:00.",
        "uk": "У п’ятницю 27 листопада каса працює до 13:00.",
        "de": "Am Freitag, dem 27. November, schließt die Kasse um 13 Uhr.",
    },
)
STAFF = Staff(
    has_pin=True,
    about=About("0.1.0", "kiosk-1", "192.168.1.2:1883", ("eth0 192.168.1.20", "wlan0 10.0.0.7"), "usb:04b8:0e15"),
)


@cache
def menu() -> Menu:
    """Return the menu of a busy morning."""
    read: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    # TOML has no word for "nobody knows".
    categories = [{"wait_minutes": None, **category} for category in read["categories"]]
    return msgspec.convert(read | {"categories": categories}, Menu)


def ticket(kind: Literal["waiting", "called", "booked"] = "waiting", priority: str | None = None) -> Ticket:
    """Return a ticket that waits, one that is called at once, or one of a booked visit."""
    matter = next(category for category in menu().categories if category.id == "id-cards")
    return Ticket(
        number="D017",
        category=matter.id,
        priority=priority,
        status="called" if kind == "called" else "waiting",
        issued_at=NOW,
        ahead=0 if kind == "called" else 3,
        wait_minutes=None if kind == "called" else (5, 15),
        desks=matter.desks,
        called_at=NOW if kind == "called" else None,
        desk="30" if kind == "called" else None,
        booked_at=NOW + timedelta(minutes=18) if kind == "booked" else None,
    )


def extras() -> Extras:
    """Return a logo, a little window, and the address of a ticket's page."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - not before something is drawn

    image = Image.new("1", (96, 96))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((4, 4, 91, 91), 16, outline=1, width=6)
    pen.line((48, 4, 48, 91), fill=1, width=5)
    pen.line((4, 48, 91, 48), fill=1, width=5)
    return Extras(Picture(96, 96, image.tobytes()), TICKET_URL)
