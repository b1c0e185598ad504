"""The state of the kiosk in the words of the resident's language. Pure functions."""

import math
from collections.abc import Callable

from msgspec.structs import replace

from . import attracting, checking_in, choosing, outcomes, searching, signs, staff, thanks, unprinted, wishes
from .flow import goes_away_at, screen
from .state import State, Timing
from .tongue import Tongue
from .view import View

SCREENS: dict[str, Callable[[State, Tongue], View]] = {
    "start": choosing.start,
    "matters": choosing.matters,
    "priorities": choosing.priorities,
    "languages": choosing.languages,
    "search": searching.searching,
    "check_in": checking_in.check_in,
    "waiting": outcomes.waiting,
    "starting": outcomes.starting,
    "thanks": thanks.thanks,
    "reprints": unprinted.reprints,
    "refused": outcomes.refused,
    "no_ticket": outcomes.no_ticket,
    "closed": outcomes.closed,
    "attract": attracting.attract,
    "pin": staff.pin,
    "service": staff.service,
    "screen_test": staff.screen_test,
    "out_of_service": outcomes.out_of_service,
}


def view(state: State, now: float, timing: Timing, tongue: Tongue, ticket_url: str = "") -> View:
    """Return what the screen shows now; `ticket_url` is the address of a ticket's page, where there is one."""
    name = screen(state, now, timing)
    left = _seconds_left(state, now, timing)
    shown = SCREENS[name](state, tongue)
    signs_code = signs.sign_code(state, tongue)
    return replace(
        shown,
        screen=name,
        office=tongue.name(state.menu.office) if state.menu else "",
        languages=wishes.languages(state, name, tongue),
        modes=wishes.modes(state, name, tongue),
        drawn=state.modes,
        notice=_notice(left, tongue),
        notice_said=_notice_said(left, tongue),
        focus=state.focus,
        language=tongue.language,
        advice=unprinted.advice(state, name, tongue) or shown.advice,
        code=signs_code or unprinted.code_to_photograph(state, tongue, ticket_url),
        code_sign=signs.HANDS if signs_code else "",
        hearing_loop=signs.has_loop(state),
        said=(*shown.said, *signs.loop_said(state, name, tongue)),
        buttons=(
            *unprinted.reprint_buttons(state, tongue),
            *shown.buttons,
            *wishes.way_to_languages(state, name, tongue),
        ),
        unprinted=len(state.unprinted) if name == "start" else 0,
    )


def _seconds_left(state: State, now: float, timing: Timing) -> int | None:
    """Return in how many seconds the screen goes away; None where that is not yet worth a word."""
    ends = goes_away_at(state, timing)
    left = math.ceil(ends - now) if ends is not None else None
    return max(1, left) if left is not None and left <= timing.warn_s else None


def _notice(left: int | None, tongue: Tongue) -> str:
    if left is None:
        return ""
    return (
        tongue.words.ngettext(
            "Back to the start in %d second. Touch the screen to stay.",
            "Back to the start in %d seconds. Touch the screen to stay.",
            left,
        )
        % left
    )


def _notice_said(left: int | None, tongue: Tongue) -> str:
    if left is None:
        return ""
    return (
        tongue.words.ngettext(
            "Back to the start in %d second. Press any key to stay.",
            "Back to the start in %d seconds. Press any key to stay.",
            left,
        )
        % left
    )
