"""What a scan does, on whatever screen a resident is. Pure functions."""

from msgspec.structs import replace

from .place import Asking, CheckIn, NoTicket, Pin, Refused, Reprints, ScreenTest, Service, Thanks
from .state import Scanned, State, Step, Timing
from .taps import back_to_start
from .visits import NO_CODE, check_in, expects_visits

NOT_RESIDENTS = Pin | Service | ScreenTest | Reprints


def scanned(state: State, scan: Scanned, now: float, timing: Timing) -> Step:
    """Check in with a scanned code; who holds the same one to the scanner twice keeps the number on the screen."""
    place = state.place
    out = state.out_since is not None and now - state.out_since >= timing.grace_s
    if out or not expects_visits(state) or isinstance(place, Asking | NOT_RESIDENTS):
        return state, ()
    if isinstance(place, Thanks | Refused | NoTicket):
        again = isinstance(place, Thanks) and place.code == scan.code
        if again or not scan.code or now - state.changed_at < timing.settle_s:
            return state, ()
        # The next resident, or the same one with another visit.
        state = state if isinstance(place, Refused) else back_to_start(state)
    if not scan.code:
        return replace(state, touched_at=now, place=CheckIn(trouble=NO_CODE)), ()
    after, actions = check_in(state, scan.code, scan.request_id, now)
    return replace(after, touched_at=now, left=None), actions
