"""A ticket as lines. Pure: the same ticket, menu and language always give the same paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from gettext import NullTranslations

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime

from broker.contract.messages import Menu, Minutes, Ticket
from kiosk.menu import in_language, matter, own_language
from kiosk.printing.code_text import code_text
from kiosk.printing.desk_names import desk_names
from kiosk.printing.extras import Extras, page_address
from kiosk.printing.lines import Gap, Line, Qr, Text
from kiosk.printing.phrases import phrases
from kiosk.printing.wrapping import printable, wrapped
from kiosk.ticket import booked_time, called_to

_LARGEST = 8  # what ESC/POS can enlarge to
_MATTER_LINES = 4  # in double size; a longer name is set in plain size
_DESK_LINES = 2
_NOTHING_MORE = Extras()


def layout(
    ticket: Ticket,
    menu: Menu,
    language: str,
    *,
    columns: int = 48,
    extras: Extras = _NOTHING_MORE,
    again_at: datetime | None = None,
) -> tuple[Line, ...]:
    """Lay the ticket out for a paper of `columns` letters; `again_at` where it is printed a second time.

    The resident reads `language` where the office speaks it, and under it the office's own, for the clerk. The
    priority is never printed: it is nobody's business.
    """
    own = own_language(menu, language)
    language = language if language in menu.languages else own
    slip = _Slip(ticket, menu, tuple(dict.fromkeys((language, own))), columns)
    lines: list[Line] = [extras.logo, Gap()] if extras.logo else []
    lines += [*slip.office(), Gap(), slip.number(), Gap(), *slip.matter(), Gap(), *slip.where()]
    if again_at is None and called_to(ticket) is None:
        lines += [Gap(), *slip.queue()]
    lines += [*slip.booking(), *slip.hint(), Gap()]
    if extras.page_url:
        # White all around: a telephone looks for the code's edge.
        lines += [*slip.page(), Gap(), Qr(page_address(extras.page_url, ticket.number, ticket.issued_at)), Gap()]
    else:
        lines += [Qr(code_text(ticket.number, ticket.issued_at)), Gap()]
    lines += [*slip.what_to_do(), Gap(), *slip.moment(again_at)]
    return tuple(lines)


@dataclass(frozen=True)
class _Slip:
    """One ticket on one paper: the parts of it, from the top; `languages` are the resident's, and the office's own."""

    ticket: Ticket
    menu: Menu
    languages: tuple[str, ...]
    columns: int

    def office(self) -> Iterator[Text]:
        """Write whose ticket it is."""
        names = [in_language(self.menu.office, (language, *self.languages)) for language in self.languages]
        for name in dict.fromkeys(names):
            yield from self._paragraph(name)

    def number(self) -> Text:
        """Write the number as large as the paper allows."""
        shown = printable(self.ticket.number)[: self.columns]
        return Text(shown, max(1, min(_LARGEST, self.columns // max(1, len(shown)))), bold=True)

    def matter(self) -> Iterator[Text]:
        """Write what the resident came for, and how the clerk calls it."""
        category = matter(self.menu, self.ticket.category)
        names = [in_language(category.name if category else {}, (each, *self.languages)) for each in self.languages]
        name, *others = dict.fromkeys(each or self.ticket.category for each in names)
        large = list(self._paragraph(name, scale=2, bold=True))
        yield from large if len(large) <= _MATTER_LINES else self._paragraph(name, bold=True)
        for other in others:
            yield from self._paragraph(f"({other})")

    def where(self) -> Iterator[Line]:
        """Say where to go: to the one desk that calls already, or to those that will."""
        desk = called_to(self.ticket)
        language, *others = self.languages
        if desk is None:
            yield from self._paragraph(self._desks(language), bold=True)
            for other in others:
                if (said := self._desks(other)) != self._desks(language):
                    yield from self._paragraph(said)
            return
        label = self._label(desk, language)
        yield from self._paragraph(phrases(language).gettext("Please go now to:"), bold=True)
        # In triple size, or in double where the paper is too narrow for it.
        yield from self._paragraph(label, scale=3 if 3 * len(label) <= self.columns else 2, bold=True)
        for other in others:
            yield from self._paragraph(f"{phrases(other).gettext('Please go now to:')} {self._label(desk, other)}")

    def queue(self) -> Iterator[Text]:
        """Say how many come first, and how long it will take."""
        for language in self.languages:
            say = phrases(language)
            yield from self._paragraph(_ahead(self.ticket.ahead, say))
            if self.ticket.wait_minutes:
                yield from self._paragraph(_wait(self.ticket.wait_minutes, say))

    def booking(self) -> Iterator[Line]:
        """Write the time of a booked visit."""
        if not (time := booked_time(self.ticket)):
            return
        yield Gap()
        for language in self.languages:
            yield from self._paragraph(phrases(language).gettext("Booked visit: {time}").format(time=time), bold=True)

    def hint(self) -> Iterator[Line]:
        """Write what to have at hand."""
        category = matter(self.menu, self.ticket.category)
        if category and (hint := in_language(category.hint, self.languages)):
            yield Gap()
            yield from self._paragraph(hint)

    def page(self) -> Iterator[Text]:
        """Say what the code is for."""
        return self._paragraph(phrases(self.languages[0]).gettext("Follow your number on your phone:"))

    def what_to_do(self) -> Iterator[Text]:
        """Say what happens next."""
        for language in self.languages:
            yield from self._paragraph(_what_to_do(self.ticket, phrases(language)))

    def moment(self, again_at: datetime | None) -> Iterator[Text]:
        """Write when it was issued; of a second print, when that was."""
        language = self.languages[0]
        yield from self._paragraph(_moment(self.ticket.issued_at, language))
        if again_at is not None:
            again = phrases(language).gettext("Printed again: {time}")
            yield from self._paragraph(again.format(time=f"{again_at:%H:%M}"))

    def _paragraph(self, text: str, *, scale: int = 1, bold: bool = False) -> Iterator[Text]:
        return (Text(line, scale, bold) for line in wrapped(text, self.columns // scale))

    def _label(self, desk: str, language: str) -> str:
        return printable(in_language(self.menu.desk_labels.get(desk, {}), (language, *self.languages)) or desk)

    def _desks(self, language: str) -> str:
        if not self.ticket.desks:
            return ""
        say = phrases(language)
        return desk_names(
            [self._label(desk, language) for desk in self.ticket.desks],
            lambda kind: say.pgettext("many", kind),
            say.gettext("and others"),
            _DESK_LINES * self.columns - self.columns // 4,
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
