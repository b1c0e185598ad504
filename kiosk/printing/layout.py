"""A ticket as lines. Pure: the same ticket, menu and language always give the same paper."""

from collections.abc import Iterator
from datetime import datetime
from gettext import NullTranslations

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime

from broker.contract.messages import Category, Menu, Minutes, Ticket
from kiosk.menu import in_language, matter, own_language
from kiosk.printing.code_text import code_text
from kiosk.printing.desk_names import desk_names
from kiosk.printing.lines import Gap, Line, Qr, Text
from kiosk.printing.phrases import phrases
from kiosk.printing.wrapping import printable, wrapped
from kiosk.ticket import booked_time, called_to

_LARGEST = 8  # what ESC/POS can enlarge to
_MATTER_LINES = 4  # in double size; a longer name is set in plain size
_DESK_LINES = 2


def layout(ticket: Ticket, menu: Menu, language: str, *, columns: int = 48) -> tuple[Line, ...]:
    """Lay the ticket out for a paper of `columns` letters.

    The resident reads `language` where the office speaks it; the matter stands in the office's own language
    too, for the clerk. The priority is never printed: it is nobody's business.
    """
    own = own_language(menu, language)
    language = language if language in menu.languages else own
    say = phrases(language)
    category = matter(menu, ticket.category)
    lines: list[Line] = [
        *_paragraph(in_language(menu.office, (language, own)), columns),
        Gap(),
        _number(ticket.number, columns),
        Gap(),
        *_matter(ticket, category, language, own, columns),
        Gap(),
        *_where(ticket, menu, language, own, columns),
    ]
    if category and (hint := in_language(category.hint, (language, own))):
        lines += [Gap(), *_paragraph(hint, columns)]
    lines += [Gap(), Qr(code_text(ticket.number, ticket.issued_at)), Gap()]
    lines += [*_paragraph(_what_to_do(ticket, say), columns), Gap()]
    lines += _paragraph(_moment(ticket.issued_at, language), columns)
    return tuple(lines)


def _paragraph(text: str, columns: int, *, scale: int = 1, bold: bool = False) -> Iterator[Text]:
    return (Text(line, scale, bold) for line in wrapped(text, columns // scale))


def _number(number: str, columns: int) -> Text:
    shown = printable(number)[:columns]
    return Text(shown, max(1, min(_LARGEST, columns // max(1, len(shown)))), bold=True)


def _matter(ticket: Ticket, category: Category | None, language: str, own: str, columns: int) -> Iterator[Text]:
    names = category.name if category else {}
    name = in_language(names, (language, own)) or ticket.category
    large = list(_paragraph(name, columns, scale=2, bold=True))
    yield from large if len(large) <= _MATTER_LINES else _paragraph(name, columns, bold=True)
    own_name = names.get(own, name)
    if own_name != name:
        yield from _paragraph(f"({own_name})", columns)


def _where(ticket: Ticket, menu: Menu, language: str, own: str, columns: int) -> Iterator[Line]:
    """Say where to go, and when: to the one desk that calls already, or to those that will."""
    say = phrases(language)
    desk = called_to(ticket)
    if desk is not None:
        yield from _paragraph(say.gettext("Please go now to:"), columns, bold=True)
        yield from _one_desk(_label(desk, menu, language, own), columns)
    else:
        yield from _paragraph(_desks(ticket, menu, language, own, columns), columns, bold=True)
        yield Gap()
        yield from _paragraph(_ahead(ticket.ahead, say), columns)
        yield from _paragraph(_wait(ticket.wait_minutes, say) if ticket.wait_minutes else "", columns)
    if time := booked_time(ticket):
        yield Gap()
        yield from _paragraph(say.gettext("Booked visit: {time}").format(time=time), columns, bold=True)


def _one_desk(label: str, columns: int) -> Iterator[Text]:
    """Write the desk in triple size, or in double where the paper is too narrow for it."""
    return _paragraph(label, columns, scale=3 if 3 * len(label) <= columns else 2, bold=True)


def _label(desk: str, menu: Menu, language: str, own: str) -> str:
    return printable(in_language(menu.desk_labels.get(desk, {}), (language, own)) or desk)


def _desks(ticket: Ticket, menu: Menu, language: str, own: str, columns: int) -> str:
    if not ticket.desks:
        return ""
    say = phrases(language)
    labels = [_label(desk, menu, language, own) for desk in ticket.desks]
    return desk_names(
        labels, lambda kind: say.pgettext("many", kind), say.gettext("and others"), _DESK_LINES * columns - columns // 4
    )


def _what_to_do(ticket: Ticket, say: NullTranslations) -> str:
    if called_to(ticket) is not None:
        return say.gettext("Your number has been called already.")
    return say.gettext("Wait until your number appears on the screen and is called.")


def _ahead(ahead: int, say: NullTranslations) -> str:
    if ahead == 0:
        return say.gettext("Nobody is ahead of you")
    return say.ngettext("{n} person ahead of you", "{n} people ahead of you", ahead).format(n=ahead)


def _wait(minutes: Minutes, say: NullTranslations) -> str:
    low, high = minutes
    if low == 0:
        return say.gettext("Expected wait: up to {high} min").format(high=max(high, 1))
    if low == high:
        return say.gettext("Expected wait: about {high} min").format(high=high)
    return say.gettext("Expected wait: {low}–{high} min").format(low=low, high=high)


def _moment(issued_at: datetime, language: str) -> str:
    """Write the moment as the ticket carries it: in the office's own offset."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return f"{issued_at:%Y-%m-%d %H:%M}"
    return format_datetime(issued_at, "d MMMM y, HH:mm", locale=locale)
