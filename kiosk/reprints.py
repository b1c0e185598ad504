"""Tickets that the printer did not bring out, and how a person has them printed after all. Pure functions.

A ticket that failed is never sent to the printer again by itself: it waits here until somebody touches its number.
"""

from msgspec.structs import replace

from .place import Reprints, Start, Thanks
from .state import PaperDone, Print, State, Step, Timing, Unprinted

MOST = 8  # as many as fit on one screen


def handed_over(state: State, ticket: Print) -> State:
    """Remember what the printer has been given."""
    return replace(state, printing=(*state.printing, ticket))


def after_paper(state: State, done: PaperDone) -> State:
    """Keep a ticket that failed, and forget one that came out."""
    ticket = next((each for each in state.printing if each.request_id == done.request_id), None)
    if ticket is None:
        return state
    number = ticket.ticket.number
    printing = tuple(each for each in state.printing if each is not ticket)
    if done.result == "printed":
        return replace(
            state, printing=printing, unprinted=tuple(each for each in state.unprinted if each.ticket.number != number)
        )
    if any(each.ticket.number == number for each in state.unprinted):
        return replace(state, printing=printing)
    failed = Unprinted(ticket.request_id, ticket.ticket, ticket.language)
    return replace(state, printing=printing, unprinted=(*state.unprinted, failed)[-MOST:])


def can_reprint(state: State, number: str) -> bool:
    """Whether a touch on this number would print it now."""
    return (
        state.can_print
        and any(each.ticket.number == number for each in state.unprinted)
        and not any(each.ticket.number == number for each in state.printing)
    )


def reprint(state: State, number: str, now: float, timing: Timing) -> Step:
    """Print a ticket again, for the staff or for the resident who is still looking at its number."""
    place = state.place
    mine = isinstance(place, Thanks) and place.ticket.number == number
    if not can_reprint(state, number) or not (mine or isinstance(place, Reprints)):
        return state, ()
    wanted = next(each for each in state.unprinted if each.ticket.number == number)
    again = replace(wanted, attempts=wanted.attempts + 1)
    ticket = Print(f"{wanted.request_id}-{again.attempts}", wanted.ticket, wanted.language, again=True)
    state = handed_over(state, ticket)
    if isinstance(place, Thanks):
        place = replace(place, request_id=ticket.request_id, paper="printing", until=now + timing.remember_s)
    unprinted = tuple(again if each is wanted else each for each in state.unprinted)
    return replace(state, place=place, unprinted=unprinted), (ticket,)


def open_reprints(state: State, _: str) -> State:
    """Show the staff what was not printed, where there is anything; residents at work are not disturbed."""
    return replace(state, place=Reprints()) if state.unprinted and isinstance(state.place, Start) else state
