"""The synthesizer's own program, which speaks a phrase into a WAV file."""

import os
import shutil
import subprocess
from collections.abc import Mapping

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
            run = subprocess.run(  # noqa: S603 - the program of the settings
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=os.environ | NO_SOUND_SERVER,
                timeout=RENDER_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SoundFailed(f"{name} did not end in {RENDER_LIMIT_S:.0f} s") from None
        except OSError as error:
            raise SoundFailed(f"{name}: {error.strerror}") from None
        if run.returncode:
            raise SoundFailed(f"{name} ended with status {run.returncode}{last_line(run.stderr)}")
        return speech_of(run.stdout, name)


def program_missing(name: str) -> str | None:
    """Say that a program is missing and what to do about it; None if it is there."""
    return None if shutil.which(name) else f"the program {name} is missing; install it, or choose another"


def last_line(output: bytes) -> str:
    """Return ": " and the last line that a program printed, or nothing."""
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return f": {lines[-1].strip()[:200]}" if lines else ""
