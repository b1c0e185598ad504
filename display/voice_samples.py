"""Sound as samples: read from WAV, joined, made softer."""

import wave
from array import array
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

_SAMPLE_BYTES = 2


class SoundFailed(RuntimeError):
    """No sound came out; the message says which program or file failed, and how."""


class Speech(NamedTuple):
    """Spoken words as 16-bit mono samples."""

    samples: bytes
    rate: int


def speech_of(data: bytes, name: str) -> Speech:
    """Read a WAV file, of two channels the left; SoundFailed if `name` gave none of 16 bits."""
    try:
        with wave.open(BytesIO(data)) as file:
            # Written to a pipe, the length in the header is only a guess.
            samples, rate, channels = file.readframes(len(data)), file.getframerate(), file.getnchannels()
            fits = file.getsampwidth() == _SAMPLE_BYTES
    except (wave.Error, EOFError) as error:
        raise SoundFailed(f"{name} gave no WAV: {error}") from None
    if not fits or not samples:
        raise SoundFailed(f"{name} gave no 16-bit sound")
    if channels > 1:
        samples = array("h", samples[: len(samples) // _SAMPLE_BYTES * _SAMPLE_BYTES])[::channels].tobytes()
    return Speech(samples, rate)


def silence(rate: int, lasts_s: float) -> bytes:
    """Return the samples of nothing."""
    return bytes(_SAMPLE_BYTES * int(rate * lasts_s))


def joined(parts: Sequence[Speech], pause_s: float = 0.0) -> Speech:
    """Return the parts one after the other, at the highest of their rates."""
    rate = max(part.rate for part in parts)
    return Speech(silence(rate, pause_s).join(_at_rate(part, rate) for part in parts), rate)


def softer(samples: bytes, percent: int) -> bytes:
    """Return the samples at so many hundredths of their loudness."""
    if percent >= 100:  # noqa: PLR2004
        return samples
    return array("h", [sample * percent // 100 for sample in array("h", samples)]).tobytes()


def _at_rate(part: Speech, rate: int) -> bytes:
    """Return the samples as they would be at another rate, each between its two neighbours."""
    samples = array("h", part.samples)
    if rate == 2 * part.rate:  # recordings beside espeak-ng: ten times as fast as any other
        between = [(one + other) >> 1 for one, other in pairwise([*samples, samples[-1]])]
        samples = array("h", bytes(2 * len(part.samples)))
        samples[::2], samples[1::2] = array("h", part.samples), array("h", between)
    elif rate != part.rate:
        length = len(samples) * rate // part.rate
        samples.append(samples[-1])
        places = (divmod(index * part.rate, rate) for index in range(length))
        samples = array("h", [(samples[at] * (rate - past) + samples[at + 1] * past) // rate for at, past in places])
    return samples.tobytes()
