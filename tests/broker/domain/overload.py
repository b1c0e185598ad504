"""Eight hours in which priority tickets alone are more than the desks can serve; who is served, who is overtaken.

.venv/bin/python -m tests.broker.domain.overload
"""

import sys
from dataclasses import dataclass
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.hall import Hall
from broker.domain.office import Office
from tests.broker.domain.halls import MORNING, category, desk, office
from tests.broker.domain.timeline import bound, line_at

HOURS = 8
SERVICE_S = 300  # on average
PRIORITY_LOAD = 1.1  # of what the desks can serve
ORDINARY_LOAD = 0.3
PATIENCE_S = 20  # from the last service to the next press


@dataclass(frozen=True)
class Outcome:
    """What became of a day: tickets given out and served by kind, ordinary ones by the hour, and the overtaking."""

    given_out: dict[str, int]
    served: dict[str, int]
    ordinary_by_hour: tuple[int, ...]
    overtakings: int
    largest: timedelta
    bound: timedelta
    longest_wait: dict[str, timedelta]

    def __str__(self):
        largest, most = self.largest.total_seconds() / 60, self.bound.total_seconds() / 60
        lines = [
            f"{HOURS} hours, priority tickets alone {PRIORITY_LOAD:.0%} of capacity, ordinary ones {ORDINARY_LOAD:.0%}",
            *map(self._line, self.served),
            f"ordinary served in each hour: {' '.join(map(str, self.ordinary_by_hour))}",
            f"{self.overtakings} times overtaken, by who came at most {largest:.1f} min later; bound {most:.0f} min",
        ]
        return "\n".join(lines)

    def _line(self, kind):
        wait = self.longest_wait[kind].total_seconds() / 60
        return (
            f"{kind} tickets: {self.given_out[kind]} given out, {self.served[kind]} served, longest wait {wait:.0f} min"
        )


def busy_office() -> Office:
    """Make four desks for two matters, each a stand-in for the other's, and three classes of priority."""
    return office(
        (category("cards", "D"), category("business", "B")),
        (
            desk("1", "cards", business=10),
            desk("2", "cards", business=10),
            desk("3", "business", cards=10),
            desk("4", "business", cards=10),
        ),
        (("small-child", 15), ("disability", 20), ("elderly", 10)),
        auto_call=True,
    )


class Overload:
    """A day that is played by its moments: arrivals and presses of NEXT, the earliest first."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.office = busy_office()
        self.hall = Hall(self.office)
        self.moments: list[tuple[float, int, c.Command]] = []
        self.counted = count()  # of two things at the same moment, the one planned first comes first
        self.overtakings, self.largest = 0, timedelta.min
        self.ordinary_by_hour = [0] * HOURS

    def play(self) -> Outcome:
        """Play the day, and count."""
        self._do(c.StartDay(), 0)
        for desk_id in self.office.desks:
            self._do(c.OpenDesk(desk_id, f"desk-{desk_id}"), 0)
            self._at(self.chance.uniform(0, SERVICE_S), c.CallNext(desk_id, f"desk-{desk_id}"))
        self._arrivals(PRIORITY_LOAD, [*self.office.priorities])
        self._arrivals(ORDINARY_LOAD, [None])
        while self.moments and self.moments[0][0] < HOURS * 3600:
            at_s, _, command = heappop(self.moments)
            self._do(command, at_s)
        return self._outcome()

    def _at(self, at_s, command):
        heappush(self.moments, (at_s, next(self.counted), command))

    def _arrivals(self, load, classes):
        at_s, each_s = 0.0, (SERVICE_S + PATIENCE_S) / len(self.office.desks) / load
        while (at_s := at_s + self.chance.expovariate(1 / each_s)) < HOURS * 3600:
            matter = self.chance.choice([*self.office.categories])
            self._at(at_s, c.IssueTicket(matter, self.chance.choice(classes)))

    def _do(self, command, at_s):
        now = MORNING + timedelta(seconds=at_s)
        for event in self.hall.decide(command, now):
            if isinstance(event, e.TicketCalled):
                self._called(event, at_s)
            self.hall = self.hall.after(event)

    def _called(self, call, at_s):
        caller = self.hall.open[call.order]
        for order in line_at(self.hall, self.office.desks[call.desk]):
            later = caller.issued_at - self.hall.open[order].issued_at
            self.overtakings += later > timedelta()
            self.largest = max(self.largest, later)
        if caller.priority is None:
            self.ordinary_by_hour[int(at_s // 3600)] += 1
        service_s = self.chance.uniform(0.4, 1.6) * SERVICE_S
        self._at(at_s + service_s + PATIENCE_S, c.CallNext(call.desk, f"desk-{call.desk}"))

    def _outcome(self):
        kinds = {"priority": [], "ordinary": []}
        for ticket in (*self.hall.open.values(), *self.hall.ended.values()):
            kinds["priority" if ticket.priority else "ordinary"].append(ticket)
        return Outcome(
            given_out={kind: len(tickets) for kind, tickets in kinds.items()},
            served={kind: sum(t.called_at is not None for t in tickets) for kind, tickets in kinds.items()},
            ordinary_by_hour=tuple(self.ordinary_by_hour),
            overtakings=self.overtakings,
            largest=self.largest,
            bound=bound(self.office),
            longest_wait={
                kind: max(t.called_at - t.issued_at for t in tickets if t.called_at) for kind, tickets in kinds.items()
            },
        )


if __name__ == "__main__":
    print(Overload(int(sys.argv[1]) if len(sys.argv) > 1 else 1).play())
