"""Speech by the synthesizer's own program, rendered ahead of its turn in a thread of its own."""

import os
import shutil
import subprocess
import wave
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from typing import NamedTuple

# Ten times what a slow Pi needs for a sentence.
RENDER_LIMIT_S = 10.0
KEPT_MOST = 32


class SoundFailed(RuntimeError):
    """No sound came out; the message says which program failed, and how."""


class Speech(NamedTuple):
    """Spoken words as 16-bit mono samples."""

    samples: bytes
    rate: int


# It only writes a file; where it looked for a sound server first, it would leave a folder of PulseAudio's behind.
NO_SOUND_SERVER = {"PULSE_RUNTIME_PATH": os.devnull}


class Voice:
    """Turns sentences into samples; the next one while the one before is still played."""

    def __init__(self, synthesizer: str, voice: str, words_a_minute: int) -> None:
        self._command = [synthesizer, "-v", voice, "-s", str(words_a_minute), "--stdout"]
        self._renderer = ThreadPoolExecutor(1, "voice")
        self._rendered: dict[str, Future[Speech]] = {}

    def prepare(self, text: str) -> Future[Speech]:
        """Start to render a sentence, unless it is under way or done."""
        if text not in self._rendered:
            while len(self._rendered) >= KEPT_MOST:
                self._rendered.pop(next(iter(self._rendered)), None)
            self._rendered[text] = self._renderer.submit(self._render, text)
        return self._rendered[text]

    def forget(self, text: str) -> None:
        """Drop a sentence that was spoken or failed; the next time it is rendered afresh."""
        self._rendered.pop(text, None)

    def stop(self) -> None:
        """Render nothing more."""
        self._renderer.shutdown(wait=False, cancel_futures=True)

    def _render(self, text: str) -> Speech:
        name = self._command[0]
        try:
            run = subprocess.run(  # noqa: S603 - the program of the settings
                [*self._command, text],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=os.environ | NO_SOUND_SERVER,
                timeout=RENDER_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SoundFailed(f"{name} did not end in {RENDER_LIMIT_S:.0f} s") from None
        except OSError as error:
            raise SoundFailed(program_missing(name) or f"{name}: {error.strerror}") from None
        if run.returncode:
            raise SoundFailed(f"{name} ended with status {run.returncode}{last_line(run.stderr)}")
        return _speech(run.stdout, name)


def program_missing(name: str) -> str | None:
    """Say that a program is missing and what to do about it; None if it is there."""
    return None if shutil.which(name) else f"the program {name} is missing; install it, or choose another"


def last_line(output: bytes) -> str:
    """Return ": " and the last line that a program printed, or nothing."""
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return f": {lines[-1].strip()[:200]}" if lines else ""


def _speech(data: bytes, name: str) -> Speech:
    try:
        with wave.open(BytesIO(data)) as file:
            # Written to a pipe, the length in the header is only a guess.
            samples, rate = file.readframes(len(data)), file.getframerate()
            fits = file.getsampwidth() == 2 and file.getnchannels() == 1  # noqa: PLR2004
    except (wave.Error, EOFError) as error:
        raise SoundFailed(f"{name} gave no WAV: {error}") from None
    if not fits or not samples:
        raise SoundFailed(f"{name} gave no 16-bit mono sound")
    return Speech(samples, rate)
