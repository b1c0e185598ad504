"""A gentle chime of two tones, as samples made by code."""

import math
from array import array

# A falling third, like a doorbell; each tone is struck and fades away.
TONES_HZ = (659.26, 523.25)
TONE_S = 0.5
LOUDNESS = 0.35
_ATTACK_S = 0.008
_FADE_PER_S = 5.0
_SAMPLE_MOST = 32767


def chime(rate: int) -> bytes:
    """Return the chime as 16-bit mono samples, `rate` of them a second."""
    length = int(rate * TONE_S)
    return array("h", (_sample(hz, index / rate) for hz in TONES_HZ for index in range(length))).tobytes()


def _sample(hz: float, at_s: float) -> int:
    attack = min(at_s / _ATTACK_S, 1.0)
    release = min((TONE_S - at_s) / _ATTACK_S, 1.0)
    envelope = attack * release * math.exp(-_FADE_PER_S * at_s)
    turn = 2 * math.pi * hz * at_s
    wave = 0.8 * math.sin(turn) + 0.2 * math.sin(2 * turn)
    return int(_SAMPLE_MOST * LOUDNESS * envelope * wave)
