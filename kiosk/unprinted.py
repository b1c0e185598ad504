"""What residents and staff read while the printer brings nothing out. Pure functions."""

from .choosing import paged
from .menu import matter
from .phrases import side_by_side
from .place import Thanks
from .printing.code_text import written_code
from .printing.extras import page_address
from .reprints import can_reprint
from .state import State, Unprinted
from .tongue import Tongue, plain
from .view import Button, Choice, View

CHOOSING = ("start", "matters", "priorities")


def advice(state: State, screen: str, tongue: Tongue) -> str:
    """Say before the tap that there will be no paper, and that nobody is turned away for it."""
    if state.can_print or screen not in CHOOSING:
        return ""
    return tongue.words.gettext("Tickets are not printed now. We will show your number here: take a photo of it.")


def code_to_photograph(state: State, tongue: Tongue, ticket_url: str) -> str:
    """Return what the code beside a number without paper holds: its page, or the number, the office, the time."""
    place = state.place
    if not isinstance(place, Thanks) or place.paper != "failed":
        return ""
    if ticket_url:
        return page_address(ticket_url, place.ticket.number, place.ticket.issued_at)
    office = tongue.name(state.menu.office) if state.menu else ""
    return written_code(plain(place.ticket.number), place.ticket.issued_at, office)


def reprint_buttons(state: State, tongue: Tongue) -> tuple[Button, ...]:
    """Offer to print a ticket that failed, to whoever still stands before its number when the printer is well again."""
    place = state.place
    if not isinstance(place, Thanks) or place.paper != "failed" or not can_reprint(state, place.ticket.number):
        return ()
    return (Button(f"reprint:{place.ticket.number}", tongue.words.gettext("Print the ticket")),)


def reprints(state: State, tongue: Tongue) -> View:
    """Show the staff every ticket that did not come out; a touch prints it."""
    words = tongue.words
    line = words.gettext("For the staff: touch a number to print its ticket.")
    return paged(
        View(
            "reprints",
            heading=words.gettext("Tickets that were not printed"),
            lines=(line if state.unprinted else words.gettext("All tickets are printed."),),
            buttons=(Button("back", words.gettext("Back")),),
        ),
        [_choice(state, each, tongue) for each in reversed(state.unprinted)],
        state,
        tongue,
    )


def _choice(state: State, unprinted: Unprinted, tongue: Tongue) -> Choice:
    words, ticket = tongue.words, unprinted.ticket
    wanted = matter(state.menu, ticket.category)
    note = "" if state.can_print else words.gettext("the printer is not ready")
    if any(each.ticket.number == ticket.number for each in state.printing):
        note = words.gettext("is being printed")
    return Choice(
        f"reprint:{ticket.number}",
        plain(ticket.number),
        side_by_side((f"{ticket.issued_at:%H:%M}", tongue.name(wanted.name) if wanted else "")),
        note=note,
    )
