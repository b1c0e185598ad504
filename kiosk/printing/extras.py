"""What an office may add to its tickets: a logo, and a page for each of them."""

import string
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from kiosk.printing.lines import Picture

URL_FIELDS = ("number", "day", "time")


class BadExtra(ValueError):
    """A logo or a page's address that cannot be meant; one line that says what it should be."""


@dataclass(frozen=True)
class Extras:
    """`page_url` has `{number}`, and `{day}` and `{time}` where the office wants them; empty for no page."""

    logo: Picture | None = None
    page_url: str = ""


def page_address(page_url: str, number: str, issued_at: datetime) -> str:
    """Return the address of this ticket's page: `https://kolejka.example/2026-11-23/D017`."""
    return page_url.format(number=quote(number, safe=""), day=f"{issued_at:%Y-%m-%d}", time=f"{issued_at:%H%M}")


def check_page_url(page_url: str) -> None:
    """Refuse an address that names no ticket; BadExtra."""
    should_be = "should be like https://kolejka.example/{day}/{number}"
    try:
        fields = {field for _, field, _, _ in string.Formatter().parse(page_url) if field is not None}
    except ValueError as error:
        raise BadExtra(f"{page_url!r}: {error}; {should_be}") from None
    if page_url and (not page_url.startswith(("https://", "http://")) or "number" not in fields):
        raise BadExtra(f"{page_url!r} {should_be}")
    if unknown := sorted(fields - set(URL_FIELDS)):
        raise BadExtra(f"{page_url!r}: there is no {{{unknown[0]}}}; {should_be}")
