"""The office's own recordings: a folder for each language, a WAV file for each word, letter and number.

A file is named for what it says: `d.wav`, `17.wav`, `stanowisko.wav`; also for several pieces in a row,
`stanowisko-26.wav`, which go before the single ones. A number without a recording is put together from thousands,
hundreds, tens and units.
"""

import logging
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from .speech import Phrase, Sentence
from .voice_samples import SoundFailed, Speech, joined, speech_of

log = logging.getLogger(__name__)

PAUSE_S = 0.06
_HIGHEST_UNIT = 20


class Clips:
    """The recordings in one folder; what is put there is heard with the next call."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._missed: set[tuple[str, str]] = set()

    def covers(self, sentence: Sentence) -> bool:
        """Whether every piece of a sentence was recorded, so that no two voices need to share it."""
        missing = [(phrase.language, piece) for phrase in sentence.phrases for piece in self._missing(phrase)]
        for language, piece in missing:
            if (language, piece) not in self._missed:
                self._missed.add((language, piece))
                log.warning("%s: no %s.wav: the synthesizer speaks", self._folder / language, piece)
        return not missing

    def speech(self, sentence: Sentence) -> Speech:
        """Return a sentence that is covered, as it was recorded; SoundFailed if a file cannot be read."""
        read: list[Speech] = []
        for phrase in sentence.phrases:
            files = self._files(phrase.language)
            read += [_read(files[name]) for name in recordings(phrase.pieces, files)]
        return joined(read, PAUSE_S)

    def _missing(self, phrase: Phrase) -> list[str]:
        files = self._files(phrase.language)
        return [name for name in recordings(phrase.pieces, files) if name not in files]

    def _files(self, language: str) -> dict[str, Path]:
        """Return the recordings by name; a file that was made elsewhere may spell "ó" in two characters."""
        try:
            paths = sorted((self._folder / language).iterdir())
        except OSError:
            return {}
        return {
            unicodedata.normalize("NFC", path.stem).lower(): path for path in paths if path.suffix.lower() == ".wav"
        }


def recordings(pieces: Sequence[str], known: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names of the recordings that say these pieces, the longest that are known; a missing one as it is."""
    return tuple(_recordings(tuple(pieces), known))


def _recordings(pieces: tuple[str, ...], known: Mapping[str, object]) -> Iterator[str]:
    while pieces:
        names = ("-".join(pieces[:length]) for length in range(len(pieces), 0, -1))
        length, name = next(
            ((name.count("-") + 1, name) for name in names if name in known),
            (1, pieces[0]),
        )
        if name not in known and name.isdecimal():
            yield from numeral_parts(int(name))
        else:
            yield name
        pieces = pieces[length:]


def numeral_parts(number: int) -> Iterator[str]:
    """Yield the numbers that are said one after the other: 217 is 200 and 17, 34 is 30 and 4."""
    if not number:
        yield "0"
    for part in (number // 1000 * 1000, number % 1000 // 100 * 100):
        if part:
            yield str(part)
    rest = number % 100
    if rest > _HIGHEST_UNIT and rest % 10:
        yield str(rest - rest % 10)
        rest %= 10
    if rest:
        yield str(rest)


def _read(path: Path) -> Speech:
    try:
        return speech_of(path.read_bytes(), str(path))
    except OSError as error:
        raise SoundFailed(f"{path}: {error.strerror}") from None
