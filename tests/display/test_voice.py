"""Where the sound of a sentence comes from: recordings, espeak-ng, and what was rendered before it was needed."""

import stat
import threading
import unicodedata
import wave
from array import array

import pytest

from display.speech import Phrase, Sentence, announcement
from display.voice import Voice
from display.voice_ahead import Ahead
from display.voice_clips import Clips, numeral_parts, recordings
from display.voice_samples import SoundFailed, Speech, joined, softer, speech_of
from display.voice_synthesizer import Synthesizer
from tests.builders import call
from tests.clients import eventually

VOICES = {"pl": "pl", "en": "en-gb", "uk": "uk", "de": "de"}
RATE = 22050


@pytest.fixture
def voice():
    made = []

    def make(clips=None, synthesizer="espeak-ng"):
        made.append(Voice(Synthesizer(synthesizer, VOICES, 135), Clips(clips) if clips else None))
        return made[-1]

    yield make
    for one in made:
        one.stop()


def sentences(*languages, number="D217", desk="26"):
    return announcement(call(number, desk, 1), languages)


def length_s(speech):
    return len(speech.samples) / 2 / speech.rate


@pytest.fixture
def clips(tmp_path):
    """Write recordings of a tenth of a second, each of one height of its own; `which(speech)` tells them by it."""
    heights = {}

    def record(*names, language="pl", rate=RATE, channels=1):
        folder = tmp_path / "clips" / language
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            heights[name] = 1000 + 10 * len(heights)
            with wave.open(str(folder / f"{name}.wav"), "wb") as file:
                file.setparams((channels, 2, rate, 0, "NONE", ""))
                file.writeframes(array("h", [heights[name], *[-7] * (channels - 1)] * (rate // 10)).tobytes())
        return tmp_path / "clips"

    def which(speech):
        seen = dict.fromkeys(array("h", speech.samples))
        return [name for height in seen for name, its_own in heights.items() if its_own == height]

    record.which = which
    return record


def test_the_synthesizer_speaks_four_languages_one_after_the_other(voice):
    one = voice()
    alone = [one.speech(sentences(language))[0] for language in VOICES]
    together, problem = one.speech(sentences(*VOICES))
    assert problem is None
    assert together.rate == RATE
    assert all(3 < length_s(speech) < 8 for speech in alone)
    assert length_s(together) == pytest.approx(sum(map(length_s, alone)) + 3 * 0.25, abs=0.01)


def test_a_voice_that_fails_is_told_keeps_no_other_language_silent_and_is_tried_again(voice, tmp_path):
    program = tmp_path / "voice"
    program.write_text(
        f'#!/bin/sh\n[ "$2" != uk ] || [ -e {tmp_path}/there ] && exec espeak-ng "$@"\necho no voice >&2\nexit 1\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    one = voice(synthesizer=str(program))
    polish, _ = one.speech(sentences("pl"))
    spoken, problem = one.speech(sentences("uk", "pl"))
    assert problem == f"{program} ended with status 1: no voice"
    assert spoken == polish
    assert one.speech(sentences("uk"))[0] is None
    (tmp_path / "there").touch()
    assert one.speech(sentences("uk"))[1] is None


def test_recordings_are_heard_where_every_piece_of_a_sentence_was_recorded(voice, clips):
    folder = clips("numer", "D", "200", "17", "stanowisko", "20", "6")
    spoken, problem = voice(folder, "no-such-voice").speech(sentences("pl"))
    assert problem is None
    assert clips.which(spoken) == ["numer", "D", "200", "17", "stanowisko", "20", "6"]
    assert length_s(spoken) == pytest.approx(7 * 0.1 + 6 * 0.06, abs=0.01)


def test_one_missing_recording_leaves_the_whole_sentence_to_the_synthesizer(voice, clips, caplog):
    folder = clips("numer", "D", "200", "17", "stanowisko", "20")
    one = voice(folder)
    spoken, problem = one.speech(sentences("pl"))
    assert problem is None
    assert spoken == voice().speech(sentences("pl"))[0]
    one.speech(sentences("pl"))
    assert [record.getMessage() for record in caplog.records] == [f"{folder}/pl: no 6.wav: the synthesizer speaks"]
    clips("6")
    assert clips.which(one.speech(sentences("pl"))[0])[-1] == "6", "and it is heard as soon as it is there"


def test_each_sentence_has_one_voice_in_its_own_language(voice, clips):
    folder = clips("номер", "d", "217", "віконце-26", language="uk", rate=44100, channels=2)
    spoken, problem = voice(folder).speech(sentences("uk", "pl"))
    assert problem is None
    assert spoken.rate == 44100
    recorded = Speech(spoken.samples[: 2 * int(0.58 * 44100)], 44100)
    assert clips.which(recorded) == ["номер", "d", "217", "віконце-26"]
    assert length_s(spoken) > 3


def test_a_recording_may_be_spelled_as_other_systems_do_and_a_spoilt_one_is_told(voice, clips):
    folder = clips("numer", "d", "8", unicodedata.normalize("NFD", "pokój-3"))
    one = voice(folder, "no-such-voice")
    room = sentences("pl", number="D008", desk="p3")
    assert one.speech(room)[1] is None
    (folder / "pl" / "8.wav").write_text("no sound")
    spoken, problem = one.speech(room)
    assert spoken is None
    assert problem.startswith(f"{folder}/pl/8.wav gave no WAV: ")


@pytest.mark.parametrize(
    ("pieces", "known", "used"),
    [
        (("numer", "d", "17"), (), ("numer", "d", "17")),
        (("numer", "d", "17"), ("numer-d", "17"), ("numer-d", "17")),
        (("numer", "d", "17"), ("numer-d-17", "numer", "d"), ("numer-d-17",)),
        (("stanowisko", "226"), ("226",), ("stanowisko", "226")),
        (("stanowisko", "226"), (), ("stanowisko", "200", "20", "6")),
        (("0", "0", "5"), ("0", "5"), ("0", "0", "5")),
    ],
)
def test_the_longest_recordings_go_before_the_single_ones(pieces, known, used):
    assert recordings(pieces, dict.fromkeys(known)) == used


@pytest.mark.parametrize(
    ("number", "parts"),
    [(0, "0"), (7, "7"), (17, "17"), (20, "20"), (34, "30 4"), (100, "100"), (110, "100 10"), (2034, "2000 30 4")],
)
def test_a_number_is_put_together_as_it_is_said(number, parts):
    assert list(numeral_parts(number)) == parts.split()


def test_parts_of_two_rates_and_two_channels_make_one_sound():
    slow, fast = Speech(array("h", [0, 100]).tobytes(), 100), Speech(array("h", [7]).tobytes(), 200)
    assert array("h", joined([slow, fast], 0.005).samples).tolist() == [0, 50, 100, 100, 0, 7]
    faster = Speech(array("h", [7]).tobytes(), 250)
    assert array("h", joined([slow, faster]).samples).tolist() == [0, 40, 80, 100, 100, 7]
    assert array("h", softer(array("h", [100, -100]).tobytes(), 30)).tolist() == [30, -30]
    with pytest.raises(SoundFailed, match="program gave no WAV: "):
        speech_of(b"RIFF", "program")


# -- rendered ahead --------------------------------------------------------------------------------------------------


class Gate:
    """A synthesizer that waits until it may speak, and keeps what it was asked for and in which order."""

    def __init__(self):
        self.rendered = []
        self.open = threading.Event()

    def __call__(self, phrase, in_no_hurry):
        self.open.wait(20)
        self.rendered.append((phrase, in_no_hurry))
        return Speech(phrase.encode(), RATE)


@pytest.fixture
def ahead():
    made = []

    def make(render, **options):
        made.append(Ahead(render, **options))
        return made[-1]

    yield make
    for one in made:
        one.stop()


def test_what_is_called_now_does_not_wait_for_what_may_be_called_later(ahead):
    gate = Gate()
    one = ahead(gate)
    for likely in ("D018", "D019", "D020", "D021"):
        one.expect(likely)
    needed = one.need("D021")
    gate.open.set()
    assert needed.result(20).samples == b"D021"
    assert eventually(lambda: len(gate.rendered) == 4)
    assert ("D021", False) in gate.rendered
    assert [phrase for phrase, in_no_hurry in gate.rendered if in_no_hurry] == ["D018", "D019", "D020"]


def test_a_phrase_is_rendered_once_and_then_kept(ahead):
    gate = Gate()
    gate.open.set()
    one = ahead(gate)
    one.expect("D018")
    assert eventually(lambda: gate.rendered)
    first = one.need("D018").result(20)
    assert one.need("D018").result(20) is first
    one.expect("D018")
    assert gate.rendered == [("D018", True)]


def test_what_was_not_spoken_for_longest_is_forgotten(ahead):
    gate = Gate()
    gate.open.set()
    one = ahead(gate, kept_most=2)
    for phrase in ("D001", "D002", "D001", "D003", "D001"):
        one.need(phrase).result(20)
    assert [phrase for phrase, _ in gate.rendered] == ["D001", "D002", "D003"]
    one.need("D002").result(20)
    assert [phrase for phrase, _ in gate.rendered] == ["D001", "D002", "D003", "D002"]


def test_a_phrase_without_a_recording_is_expected_of_the_synthesizer_and_a_recorded_one_is_not(voice, clips):
    folder = clips("numer", "d", "18")
    one = voice(folder, "no-such-voice")
    recorded, missing = Phrase("pl", "Numer D", ("numer", "d", "18")), Phrase("pl", "Numer E", ("numer", "e", "18"))
    one.expect([recorded, missing])
    assert one.speech([Sentence((recorded,))])[1] is None
    assert one.speech([Sentence((missing,))])[1].startswith("the program no-such-voice is missing")
