"""How the clerks of a rehearsal work: which key they press next. Pure."""

from msgspec import Struct

from broker.contract.messages import Desk

OPEN, NEXT, RECALL, START, FINISH, NO_SHOW = "O", "N", "R", "S", "F", "X"
KEY_NAMES = {OPEN: "OPEN", NEXT: "NEXT", RECALL: "RECALL", START: "START", FINISH: "FINISH", NO_SHOW: "NO-SHOW"}


class Clerk(Struct, frozen=True):
    """A clerk's habits, in seconds; `nobody_came` are those of their calls, counted from 1, that nobody answers."""

    desk: str
    opens_after_s: float
    walk_s: float
    service_s: float
    rest_s: float = 0.8
    takes_a_breath: bool = False  # presses FINISH, and NEXT only after a rest
    nobody_came: tuple[int, ...] = ()


CLERKS = (
    Clerk("26", opens_after_s=3.5, walk_s=3.0, service_s=5.5),
    Clerk("31", opens_after_s=5.0, walk_s=2.8, service_s=5.0, nobody_came=(2,)),
    Clerk("7", opens_after_s=6.5, walk_s=3.2, service_s=5.2, takes_a_breath=True),
    Clerk("30", opens_after_s=8.0, walk_s=3.4, service_s=6.0, takes_a_breath=True),
    Clerk("20", opens_after_s=9.5, walk_s=3.0, service_s=4.8),
    Clerk("1", opens_after_s=11.0, walk_s=2.6, service_s=6.4),
)


class Moment(Struct, frozen=True):
    """What a clerk sees: the desk, for how long nothing has happened there, and the history of the call."""

    desk: Desk
    quiet_s: float
    calls: int = 0
    recalled: bool = False
    day_ends: bool = False  # whoever is at the desk is served, and nobody else is called


def key(clerk: Clerk, moment: Moment) -> str | None:
    """Return the key that the clerk presses now, or None while they wait, listen or talk."""
    wanted, after_s = _intention(clerk, moment)
    return wanted if wanted is not None and moment.quiet_s >= after_s else None


def _intention(clerk: Clerk, moment: Moment) -> tuple[str | None, float]:
    desk = moment.desk
    match desk.status:
        case "closed" | "paused":
            return (None if moment.day_ends else OPEN), clerk.opens_after_s
        case "free":
            return (NEXT if desk.waiting and not moment.day_ends else None), clerk.rest_s
        case "calling" if moment.calls in clerk.nobody_came:
            return (NO_SHOW if moment.recalled else RECALL), 1.5 * clerk.walk_s
        case "calling":
            return START, clerk.walk_s
        case "serving":
            goes_on = desk.waiting and not clerk.takes_a_breath and not moment.day_ends
            return (NEXT if goes_on else FINISH), clerk.service_s
