"""What gives an announcement its sound: the office's recordings where it has them all, else the synthesizer."""

from collections.abc import Iterable, Sequence
from concurrent.futures import CancelledError

from .speech import Phrase, Sentence
from .voice_ahead import Ahead
from .voice_clips import Clips
from .voice_samples import SoundFailed, Speech, joined
from .voice_synthesizer import Synthesizer

# Between two languages; each sentence has a silence at its end beside it.
BETWEEN_LANGUAGES_S = 0.25


class Voice:
    """Turns sentences into samples, as far as possible before they are needed."""

    def __init__(self, synthesizer: Synthesizer, clips: Clips | None = None) -> None:
        self._synthesizer = synthesizer
        self._clips = clips
        self._ahead: Ahead[Phrase] = Ahead(self._render)

    def prepare(self, sentences: Iterable[Sentence]) -> None:
        """Start to render what will be spoken next."""
        for sentence in sentences:
            if not self._recorded(sentence):
                for phrase in sentence.phrases:
                    self._ahead.need(phrase)

    def expect(self, phrases: Iterable[Phrase]) -> None:
        """Render what may be spoken, when there is nothing better to do."""
        for phrase in phrases:
            if not self._recorded(Sentence((phrase,))):
                self._ahead.expect(phrase)

    def speech(self, sentences: Sequence[Sentence]) -> tuple[Speech | None, str | None]:
        """Return all that can be spoken of the sentences, and what went wrong with the rest."""
        self.prepare(sentences)  # the second language while the first is awaited
        spoken, problem = [], None
        for sentence in sentences:
            try:
                spoken.append(self._speech(sentence))
            except (SoundFailed, CancelledError) as error:
                problem = problem or str(error)
        return joined(spoken, BETWEEN_LANGUAGES_S) if spoken else None, problem

    def stop(self) -> None:
        """Render nothing more."""
        self._ahead.stop()

    def _recorded(self, sentence: Sentence) -> bool:
        return self._clips is not None and self._clips.covers(sentence)

    def _speech(self, sentence: Sentence) -> Speech:
        if self._clips is not None and self._clips.covers(sentence):
            return self._clips.speech(sentence)
        return joined([self._ahead.need(phrase).result() for phrase in sentence.phrases])

    def _render(self, phrase: Phrase, in_no_hurry: bool) -> Speech:  # noqa: FBT001
        return self._synthesizer.speech(phrase.text, phrase.language, in_no_hurry=in_no_hurry)
