"""What the kiosk shows next, and what it does about it: pure functions, no clock, no window, no MQTT.

Theory of operation. `step` takes what happened and gives a new state and actions. A resident's tap on a matter
is one request_id; it is asked for again with the same id until it is answered, so one tap is one ticket however
often it is sent. A second tap cannot ask: while a request is on its way taps do nothing, and a tap within
`settle_s` of a new screen was meant for the screen before. A number that the broker gave is shown whatever
becomes of printer and network; a number that comes after the resident was told that there is none is given back.
"""

from msgspec.structs import replace

from broker.contract.messages import CancelRequest, CheckInRequest, Error, Menu, PrintedRequest, Reply, Ticket

from .listening import Listened, heard
from .menu import all_closed, matters_of, own_language
from .panel import Modes
from .place import (
    Asked,
    Asking,
    Attract,
    CheckIn,
    Languages,
    Matters,
    NoTicket,
    Paper,
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
from .reprints import after_paper, handed_over
from .scanning import scanned
from .service import page_tested, pin_checked, unlocked
from .state import (
    Answered,
    Ask,
    BrokerHeard,
    Event,
    LinkChanged,
    MenuHeard,
    PageTested,
    PanelMeasured,
    PaperDone,
    PinChecked,
    Print,
    PrinterHeard,
    Scanned,
    State,
    Step,
    Tapped,
    Tell,
    Ticked,
    Timing,
    Touched,
)
from .taps import back_to_start, tapped
from .visits import turned_away

# A resident who asked for a ticket or holds a number is served to the end, in service or not.
SHOWN_WHATEVER_HAPPENS: dict[type, str] = {
    Asking: "waiting",
    Thanks: "thanks",
    Refused: "refused",
    NoTicket: "no_ticket",
    # The staff look after a kiosk that is out of service, too.
    Pin: "pin",
    Service: "service",
    ScreenTest: "screen_test",
}
SHOWN_IN_SERVICE: dict[type, str] = {
    Start: "start",
    Matters: "matters",
    Priorities: "priorities",
    Languages: "languages",
    Search: "search",
    CheckIn: "check_in",
    Reprints: "reprints",
    Attract: "attract",
}

Noted = PrinterHeard | PanelMeasured | Listened | PinChecked | PageTested

MESSAGE_S = 10.0  # a message stands long enough to be read, and nothing moves meanwhile
AFTER_PAPER_S = 5.0  # the least that a number stays after its ticket came out


def step(state: State, event: Event, now: float, timing: Timing) -> Step:
    """Return the state after `event`, and what to do."""
    after, actions = _happened(state, event, now, timing)
    after = _in_service_or_not(after, now)
    if screen(after, now, timing) != screen(state, now, timing) or _page(after) != _page(state):
        after = replace(after, changed_at=now, focus="")
    return after, actions


def screen(state: State, now: float, timing: Timing) -> str:
    """Return the name of the screen to show."""
    if (steady := SHOWN_WHATEVER_HAPPENS.get(type(state.place))) is not None:
        return steady
    if state.out_since is not None and now - state.out_since >= timing.grace_s:
        return "out_of_service"
    if state.menu is None:
        return "starting"
    return "closed" if all_closed(state.menu) else SHOWN_IN_SERVICE[type(state.place)]


def goes_away_at(state: State, timing: Timing) -> float | None:
    """Return when the screen will go back to the start by itself; None if it stays."""
    match state.place:
        case Thanks(until=until) | Refused(until=until) | NoTicket(until=until):
            return until
        case Asking() | Attract():
            return None
    wishes = (state.priority, state.language, state.modes, state.speaking)
    at_rest = state.place == Start() and wishes == (None, None, Modes(), False)
    return None if at_rest else state.touched_at + timing.idle_s


def _happened(state: State, event: Event, now: float, timing: Timing) -> Step:  # noqa: PLR0911 - one for each event
    match event:
        case MenuHeard(menu):
            return _menu_heard(state, menu), ()
        case LinkChanged(linked):
            # What was heard of the broker over the old connection is not trusted: it may have died with the server.
            return _ask_again(replace(state, linked=linked, broker_up=False), now, due=linked)
        case BrokerHeard(up):
            return _ask_again(replace(state, broker_up=up), now, due=up)
        case Touched():
            return _touched(state, now, timing), ()
        case Tapped():
            return _tapped(state, event, now, timing)
        case Scanned():
            return scanned(state, event, now, timing)
        case Answered(reply):
            return _answered(state, reply, now, timing)
        case PaperDone():
            return _paper_done(after_paper(state, event), event, now, timing)
        case Ticked():
            return _ticked(state, now, timing)
        case _:
            return _noted(state, event, now), ()


def _in_service_or_not(state: State, now: float) -> State:
    if state.linked and state.broker_up and state.menu is not None:
        return replace(state, out_since=None)
    return state if state.out_since is not None else replace(state, out_since=now)


def _noted(state: State, event: Noted, now: float) -> State:
    """Keep what printer, window, keypad and staff say."""
    match event:
        case PinChecked():
            return pin_checked(state, event, now)
        case PageTested():
            return page_tested(state, event)
        case PanelMeasured(panel):
            return replace(state, panel=panel)
        case PrinterHeard(can_print):
            return replace(state, can_print=can_print)
        case _:
            return heard(state, event)


def _page(state: State) -> object:
    """Return what tells two screens of one name apart."""
    place = state.place
    return place if isinstance(place, Start | Matters | Priorities | Languages | Reprints | Service) else None


def _menu_heard(state: State, menu: Menu) -> State:
    """Leave a group that the office has taken away, and with a new day the tickets of the old one."""
    place = state.place
    new_day = state.menu is not None and state.menu.day != menu.day
    state = replace(state, menu=menu, unprinted=() if new_day else state.unprinted)
    if isinstance(place, Matters) and state.menu and not matters_of(state.menu, place.group):
        return replace(state, place=Start())
    return state


# -- touches --------------------------------------------------------------------------------------------------


def _touched(state: State, now: float, timing: Timing) -> State:
    """Somebody is there: what would have gone away stays a while longer."""
    place = state.place
    if isinstance(place, Attract):
        place = Start()
    if isinstance(place, Thanks | Refused | NoTicket):
        place = replace(place, until=max(place.until, now + timing.thanks_s))
    return replace(state, touched_at=now, place=place)


def _tapped(state: State, tap: Tapped, now: float, timing: Timing) -> Step:
    if now - state.changed_at < timing.settle_s or isinstance(state.place, Asking):
        return state, ()
    return tapped(replace(state, left=None), tap, now, timing)


# -- answers -----------------------------------------------------------------------------------------------


def _ask_again(state: State, now: float, *, due: bool) -> Step:
    """Ask at once when the one who was not there has come back."""
    if due and isinstance(state.place, Asking):
        return replace(state, place=replace(state.place, asked_at=now)), (Ask(state.place.request),)
    return state, ()


def _answered(state: State, reply: Reply, now: float, timing: Timing) -> Step:
    place = state.place
    if isinstance(place, Asking | NoTicket) and place.request.request_id == reply.request_id:
        if reply.ok and reply.ticket is not None:
            return _given(state, place.request, reply.ticket, now, timing)
        error = reply.error or Error("bad_request", "")
        return replace(state, touched_at=now, place=turned_away(place.request, error, now + timing.thanks_s)), ()
    if reply.request_id in state.given_up:
        given_up = tuple(request_id for request_id in state.given_up if request_id != reply.request_id)
        state = replace(state, given_up=given_up)
        if reply.ok and reply.ticket is not None:
            # Its resident was told that there is no ticket: nobody would answer the call.
            return state, (Tell("cancel", CancelRequest(f"{reply.request_id}-cancel", reply.ticket.number)),)
    return state, ()


def _given(state: State, request: Asked, ticket: Ticket, now: float, timing: Timing) -> Step:
    language = state.language or request.language or own_language(state.menu, "")
    # Where nothing can be printed the number is on the screen at once; the printer's own word follows.
    paper: Paper = "printing" if state.can_print else "failed"
    code = request.code if isinstance(request, CheckInRequest) else ""
    thanks = Thanks(request.request_id, ticket, language, now, now + timing.remember_s, paper, code)
    to_print = Print(request.request_id, ticket, language)
    return handed_over(replace(state, place=thanks), to_print), (to_print,)


def _paper_done(state: State, done: PaperDone, now: float, timing: Timing) -> Step:
    report = PrintedRequest(f"{done.request_id}-printed", done.number, done.result, done.detail and done.detail[:500])
    tell = (Tell("printed", report),)
    place, left = state.place, state.left
    if isinstance(place, Thanks) and place.request_id == done.request_id:
        return replace(state, place=_with_paper(place, done, now, timing)), tell
    if left and left.request_id == done.request_id and done.result == "failed" and isinstance(place, Start):
        # The resident trusted the printer and closed the number; nobody else has come since.
        return replace(state, place=_with_paper(left, done, now, timing), language=left.language, left=None), tell
    return state, tell


def _with_paper(thanks: Thanks, done: PaperDone, now: float, timing: Timing) -> Thanks:
    if done.result == "failed":
        return replace(thanks, paper="failed", until=now + timing.remember_s)
    return replace(thanks, paper="printed", until=max(thanks.shown_at + timing.thanks_s, now + AFTER_PAPER_S))


# -- time --------------------------------------------------------------------------------------------------


def _ticked(state: State, now: float, timing: Timing) -> Step:
    state, place = unlocked(state, now), state.place
    if isinstance(place, Asking):
        return _waited(state, place, now, timing)
    if isinstance(place, Attract):
        return replace(state, place=replace(place, page=int((now - place.since) // MESSAGE_S))), ()
    ends = goes_away_at(state, timing)
    if ends is not None:
        return (back_to_start(state), ()) if now >= ends else (state, ())
    quiet_since = max(state.touched_at, state.changed_at)
    if place == Start() and timing.attract_s and now - quiet_since >= timing.attract_s:
        return replace(state, place=Attract(now)), ()
    return state, ()


def _waited(state: State, place: Asking, now: float, timing: Timing) -> Step:
    if now - place.asked_at < timing.answer_s:
        return state, ()
    if place.asks >= timing.asks:
        return replace(state, place=NoTicket(place.request, now + timing.thanks_s)), ()
    return replace(state, place=replace(place, asked_at=now, asks=place.asks + 1)), (Ask(place.request),)
