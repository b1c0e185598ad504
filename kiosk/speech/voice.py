"""The synthesizer's own program: words in a language become a sound."""

import math
import os
import subprocess
import wave
from array import array
from io import BytesIO

RENDER_LIMIT_S = 15.0  # ten times what a slow Pi needs for a long sentence
RATE = 22050
# It only writes a sound; where it looked for a sound server first, it would leave a folder of PulseAudio's behind.
NO_SOUND_SERVER = {"PULSE_RUNTIME_PATH": os.devnull}
FULL = 100  # the synthesizer's own amplitude at 0 dB


class SpeechFailed(RuntimeError):
    """No sound came out; the message says which program failed, and how."""


def spoken(synthesizer: str, language: str, text: str, words_a_minute: int, decibels: int) -> bytes:
    """Return `text` as a WAV file, so many decibels below full volume; SpeechFailed says why not."""
    amplitude = max(1, round(FULL * 10 ** (decibels / 20)))
    command = [synthesizer, "-v", language, "-s", str(words_a_minute), "-a", str(amplitude), "--stdout", "--", text]
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
        raise SpeechFailed(f"{synthesizer} did not end in {RENDER_LIMIT_S:.0f} s") from None
    except OSError as error:
        raise SpeechFailed(f"{synthesizer}: {error.strerror}") from None
    if run.returncode or not run.stdout.startswith(b"RIFF"):
        raise SpeechFailed(f"{synthesizer} ended with status {run.returncode} and no sound")
    return run.stdout


def tone(decibels: int) -> bytes:
    """Return two soft notes as a WAV file."""
    loudness = 9000 * 10 ** (decibels / 20)
    samples = array("h")
    for pitch, length_s in ((660, 0.16), (880, 0.28)):
        count = int(RATE * length_s)
        for at in range(count):
            fading = min(1.0, at / 400) * (1 - at / count)
            samples.append(round(loudness * fading * math.sin(2 * math.pi * pitch * at / RATE)))
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return written.getvalue()
