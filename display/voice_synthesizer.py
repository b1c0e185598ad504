"""The synthesizer's own program, which speaks a phrase into a WAV file."""

import os
import select
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from typing import IO

from .voice_samples import SoundFailed, Speech, speech_of

# Ten times what a slow Pi needs for a sentence.
RENDER_LIMIT_S = 10.0
# It only writes a file; where it looked for a sound server first, it would leave a folder of PulseAudio's behind.
NO_SOUND_SERVER = {"PULSE_RUNTIME_PATH": os.devnull}


class Synthesizer:
    """espeak-ng, or what takes the same options: a voice for each language."""

    def __init__(self, program: str, voices: Mapping[str, str], words_a_minute: int) -> None:
        self._program = program
        self._voices = voices
        self._words_a_minute = words_a_minute

    def speech(self, text: str, language: str, *, in_no_hurry: bool = False) -> Speech:
        """Speak a text into samples; SoundFailed says what the program complains of."""
        name = self._program
        # What may never be needed must not keep the wall from drawing.
        command = ["nice", "-n", "19"] if in_no_hurry and shutil.which("nice") else []
        command += [name, "-v", self._voices[language], "-s", str(self._words_a_minute), "--stdout", text]
        if missing := program_missing(name):
            raise SoundFailed(missing)
        try:
            status, spoken, complaints = _run(command)
        except OSError as error:
            raise SoundFailed(f"{name}: {error.strerror}") from None
        except ValueError:  # a NUL among the words
            raise SoundFailed(f"{name} cannot say {text!r}") from None
        if status is None:
            raise SoundFailed(f"{name} did not end in {RENDER_LIMIT_S:.0f} s")
        if status:
            raise SoundFailed(f"{name} ended with status {status}{last_line(complaints)}")
        return speech_of(spoken, name)


def _run(command: Sequence[str]) -> tuple[int | None, bytes, bytes]:
    """Run a program to its end; return its status, None if it found none, and what it wrote to both its outputs.

    It writes into memory and its end is waited for once: a wall that moves its calls leaves Python to another thread
    every 5 ms, and each look at a pipe or at the clock would cost as much.
    """
    with _memory("speech") as spoken, _memory("complaints") as complaints:
        environment = os.environ | NO_SOUND_SERVER
        process = subprocess.Popen(  # noqa: S603 - the program of the settings
            command, stdin=subprocess.DEVNULL, stdout=spoken, stderr=complaints, env=environment, start_new_session=True
        )
        ended = os.pidfd_open(process.pid)
        try:
            in_time = select.select([ended], [], [], RENDER_LIMIT_S)[0]
        finally:
            os.close(ended)
        if not in_time:
            os.killpg(process.pid, signal.SIGKILL)
        status = process.wait()
        return status if in_time else None, _written(spoken), _written(complaints)


def _memory(name: str) -> IO[bytes]:
    return os.fdopen(os.memfd_create(name), "w+b", buffering=0)


def _written(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def program_missing(name: str) -> str | None:
    """Say that a program is missing and what to do about it; None if it is there."""
    return None if shutil.which(name) else f"the program {name} is missing; install it, or choose another"


def last_line(output: bytes) -> str:
    """Return ": " and the last line that a program printed, or nothing."""
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return f": {lines[-1].strip()[:200]}" if lines else ""
