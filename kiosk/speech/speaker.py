"""The one thread that speaks: what is new cuts short what is old, and a hush ends it at once."""

import contextlib
import json
import logging
import os
import shlex
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable
from typing import IO

from msgspec import Struct

from .narration import Chime, Hush, Part, Say, Sound
from .voice import RATE, SpeechFailed, spoken, tone

log = logging.getLogger(__name__)

CHIME_DB = -9
MARGIN_S = 3.0  # what a player may take longer than the sound
BYTES_A_SECOND = 2 * RATE


class Voice(Struct, frozen=True):
    """What speaks, how fast, and what plays it; an empty player is a kiosk without sound."""

    synthesizer: str
    words_a_minute: int
    player: str


class Speaker:
    """Speaks with the synthesizer's and the player's own programs.

    `when_failed` hears from this thread why no sound came out, and None once one did. Every utterance is written as a
    JSON line to `record`, when its turn has come.
    """

    def __init__(self, voice: Voice, record: IO[str] | None = None) -> None:
        self.when_failed: Callable[[str | None], None] = _nobody_asked
        self._voice = voice
        self._record = record
        self._waiting: deque[Say | Chime] = deque()
        self._changed = threading.Condition()
        self._turn = 0  # rises with every hush: what began before it is over
        self._working = False
        self._stopping = False
        self._playing: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)

    def start(self) -> None:
        """Wait for something to say, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Fall silent, for good."""
        with self._changed:
            self._stopping = True
            self._silence()
            self._changed.notify()

    def heard(self, sound: Sound) -> None:
        """Say it at once, or after what is being said; or hush."""
        with self._changed:
            if isinstance(sound, Hush) or (isinstance(sound, Say) and sound.at_once):
                self._silence()
            if not isinstance(sound, Hush):
                self._waiting.append(sound)
                self._changed.notify()

    @property
    def busy(self) -> bool:
        """Whether something is being said, or about to be."""
        with self._changed:
            return self._working or bool(self._waiting)

    def _silence(self) -> None:
        self._waiting.clear()
        self._turn += 1
        if self._playing is not None:
            _end(self._playing)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._working = False
                while not self._waiting and not self._stopping:
                    self._changed.wait()
                if self._stopping:
                    return
                sound, turn, self._working = self._waiting.popleft(), self._turn, True
            self._utter(sound, turn)

    def _utter(self, sound: Say | Chime, turn: int) -> None:
        try:
            if isinstance(sound, Chime):
                # A kiosk without a loudspeaker still shows what the tone is about.
                with contextlib.suppress(SpeechFailed, OSError):
                    self._play(tone(CHIME_DB), turn)
                return
            self._write(sound)
            for part in sound.parts:
                self._say(part, sound.decibels, turn)
            self.when_failed(None)
        except (SpeechFailed, OSError) as error:
            self.when_failed(str(error))
        except Exception as error:  # the next utterance must come, whatever broke
            log.exception("the kiosk could not speak")
            self.when_failed(repr(error))

    def _say(self, part: Part, decibels: int, turn: int) -> None:
        if self._voice.player and turn == self._turn:
            voice = self._voice
            self._play(spoken(voice.synthesizer, part.language, part.text, voice.words_a_minute, decibels), turn)

    def _play(self, wav: bytes, turn: int) -> None:
        if not self._voice.player:
            return
        # In memory: nothing is left behind, and the card of a Pi wears by what is written.
        with os.fdopen(os.memfd_create("speech.wav"), "wb") as file:
            file.write(wav)
            file.flush()
            playing = self._started(file.fileno(), turn)
            if playing is None:
                return
            limit_s = len(wav) / BYTES_A_SECOND + MARGIN_S
            try:
                status = playing.wait(limit_s)
            except subprocess.TimeoutExpired:
                raise SpeechFailed(f"{self._voice.player} was still playing {limit_s:.0f} s later") from None
            finally:
                self._over(playing)
            if status and turn == self._turn:
                raise SpeechFailed(f"{self._voice.player} ended with status {status}")

    def _started(self, file: int, turn: int) -> subprocess.Popen[bytes] | None:
        """Start the player; None where a hush came first."""
        with self._changed:
            if turn != self._turn:
                return None
            self._playing = subprocess.Popen(  # noqa: S603 - the program of the settings
                [*shlex.split(self._voice.player), f"/dev/fd/{file}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(file,),
                start_new_session=True,  # so that what a script started ends with it
            )
            return self._playing

    def _over(self, playing: subprocess.Popen[bytes]) -> None:
        _end(playing)
        with contextlib.suppress(subprocess.TimeoutExpired):  # held by a broken driver: leave it behind
            playing.wait(1.0)
        with self._changed:
            self._playing = None

    def _write(self, sound: Say) -> None:
        if self._record is not None:
            said = {
                "said": " ".join(part.text for part in sound.parts),
                "languages": sorted({part.language for part in sound.parts}),
                "decibels": sound.decibels,
            }
            print(json.dumps(said, ensure_ascii=False), file=self._record, flush=True)


def _nobody_asked(_why: str | None) -> None:
    """Stand in for a `when_failed` that was not set."""


def _end(playing: subprocess.Popen[bytes]) -> None:
    if playing.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(playing.pid, signal.SIGKILL)
