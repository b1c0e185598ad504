"""The one thread that plays announcements, each after the other."""

import contextlib
import logging
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import wave
from collections import deque
from collections.abc import Callable, Sequence
from functools import cache
from queue import SimpleQueue
from typing import IO

from .chime import chime
from .speaker_patience import Patience
from .speech import Sentence
from .voice import Voice
from .voice_samples import SoundFailed, Speech, silence, softer
from .voice_synthesizer import last_line, program_missing

log = logging.getLogger(__name__)

# What a player may take longer than the sound: opening the card, and emptying its buffer.
MARGIN_S = 3.0
PAUSE_S = 0.15
RATE_WITHOUT_SPEECH = 22050

chime_at = cache(chime)


class Turn:
    """One announcement, until it was played or withdrawn."""

    def __init__(self, call: int, sentences: Sequence[Sentence]) -> None:
        self.call = call
        self.sentences = sentences
        self.withdrawn = False


class Speaker:
    """Plays chime and speech with the player's own program.

    `when_played(call, problem)` is called from this thread after each call that was not withdrawn, whatever happened;
    `problem` is None, or says why no sound came out. A missing card, program or word is a problem, never an exception.
    `loudness()` is asked before each call, in percent; what is not to be heard at all is over at once.
    """

    def __init__(
        self,
        player: str,
        voice: Voice | None,
        *,
        with_chime: bool,
        loudness: Callable[[], int],
        patience: Patience,
        when_played: Callable[[int, str | None], None],
    ) -> None:
        self._player = shlex.split(player)
        self._voice = voice
        self._with_chime = with_chime
        self._loudness = loudness
        self._patience = patience
        self._when_played = when_played
        self._turns: SimpleQueue[Turn | None] = SimpleQueue()
        self._open: deque[Turn] = deque()  # the first has its turn now
        self._playing: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()  # what is withdrawn or stopped must not begin to sound at the same moment
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)

    def start(self) -> None:
        """Wait for announcements, in a thread."""
        self._thread.start()

    def announce(self, call: int, sentences: Sequence[Sentence]) -> None:
        """Play this call's announcement as soon as the one before it is over."""
        turn = Turn(call, sentences)
        with self._lock:
            self._open.append(turn)
        self._turns.put(turn)

    def withdraw(self, call: int) -> None:
        """Say no further word of this call; the others have their turns."""
        with self._lock:
            for turn in self._open:
                turn.withdrawn |= turn.call == call
            if self._open and self._open[0].withdrawn and self._playing is not None:
                _end(self._playing)
        self._patience.nudge()

    def stop(self) -> None:
        """Fall silent at once."""
        self._stopping.set()
        self._patience.nudge()
        self._turns.put(None)
        if self._voice is not None:
            self._voice.stop()
        with self._lock:
            if self._playing is not None:
                _end(self._playing)

    def _run(self) -> None:
        chime_at(RATE_WITHOUT_SPEECH)  # before the first call waits for it; espeak-ng has the same rate
        while (turn := self._turns.get()) and not self._stopping.is_set():
            problem = None if turn.withdrawn else self._problem_of_playing(turn)
            with self._lock:
                self._open.popleft()
            if not turn.withdrawn:
                self._when_played(turn.call, problem)

    def _problem_of_playing(self, turn: Turn) -> str | None:
        """Play one announcement; return what went wrong. Without speech the chime still sounds."""
        if not self._player or not self._loudness():
            return None
        problem = None
        try:
            speech, problem = self._voice.speech(turn.sentences) if self._voice else (None, None)
            if speech is None and not self._with_chime:
                return problem
            self._patience.wait(lambda: turn.withdrawn or self._stopping.is_set())
            # In memory: a wall that is killed leaves no file behind, and the card of a Pi wears by what is written.
            with os.fdopen(os.memfd_create("announcement.wav"), "wb") as file:
                length_s = _write(file, speech, self._loudness(), with_chime=self._with_chime)
                self._play(turn, file.fileno(), length_s)
        except (SoundFailed, OSError) as error:
            return problem or str(error)
        except Exception as error:  # the queue must go on, whatever broke
            log.exception("the announcement failed")
            return repr(error)
        return problem

    def _play(self, turn: Turn, file: int, length_s: float) -> None:
        name = self._player[0]
        if missing := program_missing(name):
            raise SoundFailed(missing)
        limit_s = length_s + MARGIN_S
        with tempfile.TemporaryFile() as complaints:  # a pipe could fill up, or be held open by a grandchild
            with self._lock:
                if turn.withdrawn or self._stopping.is_set():
                    return
                self._playing = playing = self._started(file, complaints)
            try:
                status = playing.wait(limit_s)
            except subprocess.TimeoutExpired:
                raise SoundFailed(f"{name} was still playing {limit_s:.0f} s later") from None
            finally:
                self._silence()
            complaints.seek(0)
            if status and not (turn.withdrawn or self._stopping.is_set()):
                raise SoundFailed(f"{name} ended with status {status}{last_line(complaints.read())}")

    def _started(self, file: int, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603
            [*_tied_to_this_program(), *self._player, f"/dev/fd/{file}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            pass_fds=(file,),
            start_new_session=True,  # so that what a script started ends with it
        )

    def _silence(self) -> None:
        if self._playing is not None:
            _end(self._playing)
            with contextlib.suppress(subprocess.TimeoutExpired):  # held by a broken driver: leave it behind
                self._playing.wait(1.0)
            self._playing = None


def _write(file: IO[bytes], speech: Speech | None, percent: int, *, with_chime: bool) -> float:
    """Write one WAV of chime, pause and speech, so loud; return its length in seconds."""
    rate = speech.rate if speech else RATE_WITHOUT_SPEECH
    parts = [chime_at(rate)] if with_chime else []
    if speech is not None:
        parts += [silence(rate, PAUSE_S), speech.samples]
    samples = softer(b"".join(parts), percent)
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples)
    file.flush()
    return len(samples) / 2 / rate


def _end(playing: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(playing.pid, signal.SIGKILL)


@cache
def _tied_to_this_program() -> tuple[str, ...]:
    """Return the words before a command that end it with us: a killed wall must not speak on over its successor."""
    return ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()
