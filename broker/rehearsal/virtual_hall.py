"""The rehearsal on a virtual screen: residents and clerks act by themselves, and everything is told and checked."""

import itertools
import time
from collections.abc import Iterable
from pathlib import Path

from broker.contract.bus import Bus, Server
from broker.contract.messages import TicketRequest

from .album import THE_END_OF_A_VISIT, Album
from .chronicle import Chronicle, Line
from .clerk_at_work import ClerkAtWork
from .facts import Facts
from .hall_ear import HallEar
from .programs import Programs
from .residents import Visit
from .residents_at_kiosk import ResidentsAtKiosk
from .teller import Teller

TURN_S = 0.05
SETTLE_S = 45.0
LAST_PICTURES_S = 1.0


class VirtualHall:
    """Plays `seconds` of a day: one turn after the other, all in one thread."""

    def __init__(
        self,
        programs: Programs,
        ear: HallEar,
        album: Album,
        teller: Teller,
        clerks: Iterable[ClerkAtWork],
        residents: ResidentsAtKiosk,
        elsewhere: Iterable[Visit],
    ) -> None:
        self.chronicle = Chronicle()
        self._programs = programs
        self._ear = ear
        self._album = album
        self._teller = teller
        self._clerks = list(clerks)
        self._residents = residents
        self._elsewhere = list(elsewhere)
        self._second_kiosk = Bus(Server.from_url(programs.url), "kiosk-2", "rehearsal")
        self._ids = (f"kiosk-2-{number}" for number in itertools.count(1))
        self._number_seen = False
        self._began = 0.0

    @property
    def facts(self) -> Facts:
        """Return what was heard so far."""
        return self.chronicle.facts

    def play(self, seconds: float) -> None:
        """Let them act for so long, then wait until the wall has said the last call."""
        self._second_kiosk.start()
        try:
            self._programs.wait_for(self._everyone_is_there, "the kiosk, the wall or a desk")
            self._began = time.monotonic()
            while self._now < seconds and not self._all_served:
                self._turn(day_ends=False)
            until = self._now + SETTLE_S
            while self._now < until and not self._settled:
                self._turn(day_ends=True)
            until = self._now + LAST_PICTURES_S
            while self._now < until:
                self._turn(day_ends=True)
        finally:
            self._second_kiosk.stop()

    def _everyone_is_there(self) -> bool:
        self._listen()
        desks = (f"desk-{clerk.clerk.desk}" for clerk in self._clerks)
        return self._second_kiosk.linked and self._ear.is_up("broker", "kiosk-1", "display-1", *desks)

    @property
    def _now(self) -> float:
        return time.monotonic() - self._began

    @property
    def _all_served(self) -> bool:
        """Whether everyone came, and nobody waits or sits at a desk."""
        if self._elsewhere or not self._residents.all_gone or not self._ear.desks:
            return False
        waiting = sum(self._ear.desks[clerk.clerk.desk].waiting for clerk in self._clerks)
        return not waiting and not any(clerk.is_with_someone or clerk.expects_someone for clerk in self._clerks)

    @property
    def _settled(self) -> bool:
        """Whether the last one at a desk was served, and wall and printer have done all that they have to do."""
        facts = self.facts
        return (
            not any(clerk.is_with_someone for clerk in self._clerks)
            and self._residents.all_gone
            and set(facts.calls) <= facts.shown | facts.taken_back
            and len(facts.printed) >= len(facts.issued_at_the_kiosk)
        )

    def _turn(self, *, day_ends: bool) -> None:
        self._programs.processes.check()
        kiosk_pictures, wall_pictures = self._album.new_kiosk(), self._album.new_wall()
        self._listen()
        self._keep(kiosk_pictures, wall_pictures)
        self._let_residents_act(may_come=not day_ends)
        for clerk in self._clerks:
            if clerk.clerk.desk in self._ear.desks:
                clerk.look(self._ear.desks[clerk.clerk.desk], self._now)
            for line in clerk.act(self._now, day_ends=day_ends):
                self._teller.note(line)
        time.sleep(TURN_S)

    def _listen(self) -> None:
        printed = len(self.facts.printed)
        for topic, payload in self._ear.hear():
            self._tell(self.chronicle.heard(topic, payload))
        self._tell(self.chronicle.announced(line) for line in self._ear.announcements())
        if len(self.facts.printed) > printed:
            self._residents.paper_came(self._now)

    def _tell(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self._teller.tell(line)

    def _keep(self, kiosk: list[Path], wall: list[Path]) -> None:
        visit = self._residents.visit
        for picture in kiosk:
            if visit is None and self._residents.came:
                continue  # between two residents
            if self._number_seen and not picture.stem.endswith(THE_END_OF_A_VISIT):
                continue
            screen = self._album.keep_kiosk(picture, self._residents.came, visit.language if visit else "pl")
            self._number_seen = screen == THE_END_OF_A_VISIT
        for picture in wall:
            waiting = sum(desk.waiting for desk in self._ear.desks.values())
            self._album.keep_wall(picture, len(self.facts.announced), waiting)

    def _let_residents_act(self, *, may_come: bool) -> None:
        if self.chronicle.menu is None:
            return
        before = self._residents.came
        self._residents.act(self._now, self.chronicle.menu)
        if self._residents.came > before:
            self._number_seen = False
        while may_come and self._elsewhere and self._elsewhere[0].at <= self._now:
            visit = self._elsewhere.pop(0)
            self._second_kiosk.ask(
                "ticket", TicketRequest(next(self._ids), visit.category, visit.priority, visit.language)
            )
