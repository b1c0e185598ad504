"""The computer's end of the RS-485 line: one thread that asks every keypad in turn, over pyserial."""

import contextlib
import logging
import threading
from collections.abc import Callable, Mapping
from queue import Empty, SimpleQueue

from msgspec.structs import replace

from .bus_face import told_face, told_sound
from .bus_frame import LONGEST_FRAME, Frame, FrameReader, encoded
from .bus_talk import Press, Talk, answered, asked, fallen_silent, is_answer
from .bus_turns import due, next_talk
from .face import Face
from .keypad import Edge, Heard, Noise
from .keys import Key
from .presence import FIND_AGAIN_S, Presence
from .serial_port import GONE, closed_port, reason_gone
from .sound import Sound
from .wiring import Bus, Rs485

log = logging.getLogger(__name__)

WRITE_S = 1.0
BITS_PER_BYTE = 10  # with start and stop bit


class BusLine:
    """The line and the talks with the keypads on it, by address.

    A keypad is asked from `start` until `stop`; the first start opens the line, the last stop closes it. `heard` is
    called from the line's thread. At the first error the port is closed, because a device that is plugged in while
    its old port is still open gets another name, and looked for every half second.
    """

    def __init__(
        self, bus: Bus, wanted: Mapping[int, Rs485], names: Mapping[int, str], clock: Callable[[], float], session: int
    ) -> None:
        self._bus = bus
        self._wanted = wanted
        self._names = names
        self._clock = clock
        # Until the last byte of an answer must have come, whatever was asked.
        self._answer_s = bus.answer_s + LONGEST_FRAME * BITS_PER_BYTE / bus.baud
        self._port = closed_port("bus.port", bus.port, bus.baud, "8N1", self._answer_s, WRITE_S)
        self._talks = {address: Talk(address, session) for address in wanted}
        self._faces: dict[int, Face] = {}
        self._sounds: SimpleQueue[tuple[int, Sound]] = SimpleQueue()
        self._heard: dict[int, Heard] = {}
        self._reader = FrameReader()
        self._presences: dict[int, Presence] = {}
        self._stopping = threading.Event()
        self._news = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, address: int, heard: Heard) -> None:
        """Begin to ask the keypad at this address."""
        self._presences[address] = Presence(self._names[address], heard)
        self._heard[address] = heard
        self._news.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="RS-485", daemon=True)
            self._thread.start()

    def knows(self, address: int) -> bool:
        """Return whether the keypad at this address has answered, or been missed, since its start."""
        return address in self._presences and self._presences[address].known

    def show(self, address: int, face: Face) -> None:
        """Have a face shown."""
        self._faces[address] = face
        self._news.set()

    def sound(self, address: int, sound: Sound) -> None:
        """Have a sound made."""
        self._sounds.put((address, sound))
        self._news.set()

    def stop(self, address: int) -> None:
        """Ask no more keys of this keypad; with the last one, show what is left to show and close the line."""
        self._heard.pop(address, None)
        if not self._heard and self._thread is not None:
            self._stopping.set()
            self._news.set()
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._port.open()
                log.info("keypads at %s", self._bus.port)
                self._begin()
                self._talk()
            except GONE as error:
                self._lose(reason_gone(self._bus.port, error))
            finally:
                with contextlib.suppress(*GONE):
                    self._port.close()
            self._stopping.wait(FIND_AGAIN_S)

    def _begin(self) -> None:
        now = self._clock()
        self._reader = FrameReader()
        for address, talk in self._talks.items():
            self._talks[address] = replace(talk, asked_at=float("-inf"), heard_at=now)

    def _lose(self, reason: str) -> None:
        for address, talk in self._talks.items():
            self._talks[address] = fallen_silent(talk)
        for address in list(self._heard):
            self._presences[address].lost(reason)

    def _talk(self) -> None:
        while True:
            self._news.clear()
            if self._stopping.is_set():
                break
            self._take_news()
            now = self._clock()
            talks = [talk for address, talk in self._talks.items() if address in self._heard]
            talk = next_talk(talks, self._bus, now)
            if talk is None:
                self._news.wait(min((due(talk, self._bus) for talk in talks), default=now) - now)
            else:
                self._ask(talk)
        self._take_news()
        for talk in [talk for talk in self._talks.values() if talk.urgent]:
            self._ask(talk)

    def _take_news(self) -> None:
        for address, face in list(self._faces.items()):
            self._talks[address] = replace(self._talks[address], wanted=told_face(face, self._wanted[address]))
        with contextlib.suppress(Empty):
            while True:
                address, sound = self._sounds.get_nowait()
                self._talks[address] = replace(self._talks[address], to_sound=told_sound(sound))

    def _ask(self, talk: Talk) -> None:
        """Send one frame and follow its answer, or that none came in time."""
        talk = asked(talk, self._clock())
        assert talk.under_way is not None
        self._port.write(encoded(talk.under_way))
        answer = self._answer(talk)
        press = None
        if answer is not None:
            talk, press = answered(talk, answer, self._clock())
        elif not talk.silent and talk.asked_at - talk.heard_at >= self._bus.silent_s:
            talk = fallen_silent(talk)
        self._talks[talk.address] = talk
        self._tell(talk, press)

    def _answer(self, talk: Talk) -> Frame | None:
        until = self._clock() + self._answer_s
        while self._clock() < until:
            data = self._port.read(1)
            data += self._port.read(self._port.in_waiting) if data else b""
            frames, noise = self._reader.read(data)
            if noise and talk.address in self._heard:
                self._heard[talk.address](Noise(self._names[talk.address], noise))
            for frame in frames:
                if is_answer(talk, frame):
                    return frame
        return None

    def _tell(self, talk: Talk, press: Press | None) -> None:
        heard = self._heard.get(talk.address)
        if heard is None:
            return
        if talk.silent:
            self._presences[talk.address].lost(f"{self._bus.port}: no answer from address {talk.address}")
        elif talk.under_way is None:
            self._presences[talk.address].found()
        wanted = self._wanted[talk.address]
        if press is not None and press.key in wanted.keys:
            heard(Edge(self._names[talk.address], Key(wanted.keys[press.key]), down=True, at=press.at))
