"""How the clerks of a rehearsal work: which keys they press next. Pure."""

from collections.abc import Set as AbstractSet

from msgspec import Struct

from broker.contract.messages import Desk

OPEN, NEXT, RECALL, START, FINISH, NO_SHOW = "O", "N", "R", "S", "F", "X"
HOLD, RESUME, TRANSFER, UNDO, PAUSE = "H", "M", "T", "U", "P"
KEY_NAMES = {OPEN: "OPEN", NEXT: "NEXT", RECALL: "RECALL", START: "START", FINISH: "FINISH", NO_SHOW: "NO-SHOW"}
KEY_NAMES |= {HOLD: "HOLD", RESUME: "RESUME", TRANSFER: "TRANSFER", UNDO: "UNDO", PAUSE: "PAUSE"}

NOTICES_S = 1.2  # so soon a clerk sees that a key was the wrong one
LISTENS_S = 2.0  # so long it takes to see that a resident must come again, or go elsewhere
FETCHES_S = 6.0  # so long a resident takes to fetch what is missing
PAUSE_S = 4.0


class Clerk(Struct, frozen=True):
    """A clerk's habits, in seconds; what they do at single calls, by the number of the call at their desk, from 1."""

    desk: str
    opens_after_s: float
    walk_s: float
    service_s: float
    rest_s: float = 0.8
    takes_a_breath: bool = False  # presses FINISH, and NEXT only after a rest
    nobody_came: tuple[int, ...] = ()
    mistaken: tuple[int, ...] = ()  # NEXT was pressed by mistake, and is taken back
    comes_back: tuple[int, ...] = ()  # the resident must fetch something first
    sends_on: dict[int, str] = {}  # what is typed before TRANSFER
    pauses_after: dict[int, str] = {}  # what is typed before PAUSE


CLERKS = (
    Clerk("26", opens_after_s=3.5, walk_s=3.0, service_s=5.5, mistaken=(2,), sends_on={4: "30"}),
    Clerk("31", opens_after_s=5.0, walk_s=2.8, service_s=5.0, nobody_came=(2,)),
    Clerk("7", opens_after_s=6.5, walk_s=3.2, service_s=5.2, takes_a_breath=True, comes_back=(1,)),
    Clerk("30", opens_after_s=8.0, walk_s=3.4, service_s=6.0, takes_a_breath=True),
    Clerk("20", opens_after_s=9.5, walk_s=3.0, service_s=4.8, sends_on={2: "5"}),
    Clerk("1", opens_after_s=11.0, walk_s=2.6, service_s=6.4, pauses_after={1: "2"}),
)


class Moment(Struct, frozen=True):
    """What a clerk sees: the desk, for how long nothing has happened there, and the history of the call.

    `pressed` are the keys pressed since the call; `is_back` is the number on hold whose resident has come back.
    """

    desk: Desk
    quiet_s: float
    calls: int = 0
    pressed: AbstractSet[str] = frozenset()
    is_back: str = ""
    day_ends: bool = False  # whoever is at the desk is served, and nobody else is called


def keys(clerk: Clerk, moment: Moment) -> str:
    """Return the keys that the clerk presses now; none while they wait, listen or talk."""
    wanted, after_s = _intention(clerk, moment)
    return wanted if moment.quiet_s >= after_s else ""


def key_names(pressed: str) -> str:
    """Return keys as people say them: `3 0 TRANSFER`."""
    return " ".join(KEY_NAMES.get(key, key) for key in pressed)


def _intention(clerk: Clerk, moment: Moment) -> tuple[str, float]:
    desk = moment.desk
    match desk.status:
        case "closed" | "paused":
            after_s = PAUSE_S if desk.status == "paused" else clerk.opens_after_s
            return ("" if moment.day_ends else OPEN), after_s
        case "free":
            return _when_free(clerk, moment), clerk.rest_s
        case "calling" if moment.calls in clerk.mistaken and UNDO not in moment.pressed:
            return UNDO, NOTICES_S
        case "calling" if moment.calls in clerk.nobody_came:
            return (NO_SHOW if RECALL in moment.pressed else RECALL), 1.5 * clerk.walk_s
        case "calling":
            return START, clerk.walk_s
        case "serving":
            return _when_serving(clerk, moment)


def _when_free(clerk: Clerk, moment: Moment) -> str:
    if moment.day_ends:
        return ""
    if moment.is_back:
        return f"{moment.is_back[-3:]}{RESUME}"
    if _is_due(PAUSE, clerk.pauses_after, moment):
        return f"{clerk.pauses_after[moment.calls]}{PAUSE}"
    return NEXT if moment.desk.waiting else ""


def _when_serving(clerk: Clerk, moment: Moment) -> tuple[str, float]:
    if _is_due(HOLD, clerk.comes_back, moment):
        return HOLD, LISTENS_S
    if _is_due(TRANSFER, clerk.sends_on, moment):
        return f"{clerk.sends_on[moment.calls]}{TRANSFER}", LISTENS_S
    goes_on = moment.desk.waiting and not clerk.takes_a_breath and not _is_due(PAUSE, clerk.pauses_after, moment)
    return (NEXT if goes_on and not moment.day_ends else FINISH), clerk.service_s


def _is_due(key: str, calls: tuple[int, ...] | dict[int, str], moment: Moment) -> bool:
    return moment.calls in calls and key not in moment.pressed and not moment.day_ends
