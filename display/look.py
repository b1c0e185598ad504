"""What a wall looks like on its screen: its colours, and the size and the room of everything. Pure.

Every size starts from what pleases the eye, is raised to what can be read from where people stand, and never falls
below that. What then has no room leaves, the least important first: headings, all but one row of the calls, the
queues, the captions of the newest call, the last row of calls, the clock.
"""

from msgspec import Struct
from msgspec.structs import replace

from .themes import LIGHT, Theme

# The height of a line of words and of a row of calls, as a share of the font's size.
LINE, ROW = 1.12, 1.13
# ... and of the blank under the lines of a queue, as a share of a line.
UNDER = 0.1
# A window of these pixels, lying or standing, is what pleases the eye; any other is scaled.
LONG_SIDE, SHORT_SIDE = 1920, 1080
# A lying wall so many letters high in width has room for queues beside its calls.
WIDE = 21
# Widths as a share of the font's size: the time of day, that with the mark for staff, a call of the shortest kind.
CLOCK, HEADER, CALL = 2.65, 4.0, 4.8


class Look(Struct, frozen=True):
    """Sizes in pixels; a height of 0 says that there is no room for a thing."""

    theme: Theme = LIGHT
    smallest: float = 8.0  # no font is smaller
    unit: float = 1.0
    upright: bool = False
    beside: bool = False  # the queues stand beside the calls, not under them
    margin: float = 60.0
    pad: float = 18.0
    clock: float = 76.0
    title: float = 44.0
    header_height: float = 100.0
    caption: float = 60.0
    caption_height: float = 72.0
    newest_height: float = 420.0
    heading: float = 40.0
    heading_height: float = 50.0
    row: float = 64.0
    row_height: float = 77.0
    rows: int = 6  # of calls
    queue: float = 40.0
    queue_height: float = 400.0
    ticker: float = 48.0
    ticker_height: float = 60.0


class _Plan(Struct, frozen=True):
    """What finds room: a header or not, captions or not, so many rows of calls, so many lines of queues at least."""

    header: bool
    captions: bool
    rows: int
    queue_lines: int


_PLANS = (
    _Plan(header=True, captions=True, rows=2, queue_lines=1),
    _Plan(header=True, captions=True, rows=1, queue_lines=1),
    _Plan(header=True, captions=True, rows=1, queue_lines=0),
    _Plan(header=True, captions=False, rows=1, queue_lines=0),
    _Plan(header=True, captions=False, rows=0, queue_lines=0),
)
_LAST_PLAN = _Plan(header=False, captions=False, rows=0, queue_lines=0)


def look(theme: Theme, width: float, height: float, smallest: float, *, upright: bool | None = None) -> Look:
    """Lay a wall of so many pixels out; `smallest` is the smallest font that can be read from where people stand.

    `upright` puts the desk under the number also where there is more width than height.
    """
    upright = height > width if upright is None else upright
    across, up = (SHORT_SIDE, LONG_SIDE) if upright else (LONG_SIDE, SHORT_SIDE)
    unit = min(width / across, height / up)
    sizes = Look(
        theme=theme,
        smallest=smallest,
        unit=unit,
        upright=upright,
        beside=not upright and width >= WIDE * max(smallest, 40 * unit),
        margin=(48 if upright else 40) * unit,
        pad=max(18 * unit, 0.1 * smallest),
        clock=max(smallest, 76 * unit),
        title=max(smallest, 44 * unit),
        caption=max(smallest, 60 * unit),
        heading=max(smallest, 40 * unit),
        row=max(smallest, 64 * unit),
        row_height=ROW * max(smallest, 64 * unit),
        queue=max(smallest, 40 * unit),
        ticker=max(smallest, 48 * unit),
        ticker_height=1.25 * max(smallest, 48 * unit),
    )
    wide = [plan for plan in _PLANS if _width(sizes, plan) <= width]
    plan = next((plan for plan in wide if _least(sizes, plan) <= _most(sizes, plan, height)), _LAST_PLAN)
    return _laid_out(sizes, plan, height)


def _laid_out(sizes: Look, plan: _Plan, height: float) -> Look:
    """Give the newest call what pleases, if the others leave it that, and the others what is left then."""
    least, most = _least(sizes, plan), _most(sizes, plan, height)
    pleasing = (720 if sizes.upright else 420) * sizes.unit
    newest = max(least, min(pleasing, most)) if plan.rows else most
    header = _header_height(sizes, plan)
    lower = height - header - newest - 2 * sizes.pad
    heading = ROW * sizes.heading if lower > (5 if sizes.beside else 8) * sizes.row_height else 0.0
    queues = _queue_height(sizes, plan, lower, heading)
    calls = lower - heading - (0.0 if sizes.beside else queues)
    rows = int(calls / sizes.row_height + 0.01) if plan.rows else 0
    spare = calls - rows * sizes.row_height if rows else 0.0
    return replace(
        sizes,
        header_height=header,
        caption_height=_caption_height(sizes, plan),
        newest_height=newest + spare,
        heading_height=heading,
        rows=rows,
        queue_height=queues - (spare if sizes.beside else 0.0),
    )


def _width(sizes: Look, plan: _Plan) -> float:
    """Return the width that a call's number and desk need, or at least the time of day."""
    return 2 * sizes.margin + (CALL * sizes.row if plan.rows else HEADER * sizes.clock if plan.header else 0.0)


def _header_height(sizes: Look, plan: _Plan) -> float:
    return 1.1 * sizes.clock if plan.header else 0.0


def _caption_height(sizes: Look, plan: _Plan) -> float:
    return 1.06 * sizes.caption if plan.captions else 0.0


def _least(sizes: Look, plan: _Plan) -> float:
    """Return what the newest call must have: its number and desk stand out from what is smallest."""
    one = _caption_height(sizes, plan) + (1.75 if plan.captions else 1.15) * sizes.smallest
    return (2 * one + 0.2 * sizes.caption if sizes.upright else one) + 2 * sizes.pad


def _most(sizes: Look, plan: _Plan, height: float) -> float:
    """Return what the others leave to the newest call."""
    queues = 0.0 if sizes.beside else (plan.queue_lines + UNDER) * LINE * sizes.queue if plan.queue_lines else 0.0
    lower = plan.rows * sizes.row_height + queues + (2 * sizes.pad if plan.rows else 0.0)
    return height - _header_height(sizes, plan) - lower


def _queue_height(sizes: Look, plan: _Plan, lower: float, heading: float) -> float:
    """Return the room of the queues: beside the calls all of it, below them two fifths."""
    if not plan.queue_lines:
        return 0.0
    if sizes.beside:
        return lower
    line = LINE * sizes.queue
    lines = max(plan.queue_lines, int((0.42 * lower - heading) / line + 0.2))
    return (lines + UNDER) * line + heading
