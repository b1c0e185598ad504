"""What comes out of the loudspeaker: real speech, the newest first, loud as wanted."""

import json
import time

import pytest

from kiosk.speech.narration import Chime, Hush, Part, Say
from kiosk.speech.speaker import Speaker, Voice
from tests.kiosk.speech.players import keeping_player, loudness_db, seconds, sounds


def eventually(condition, timeout_s=30.0):
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.01)
    return condition()


def say(text, *, decibels=-9, at_once=True, language="pl"):
    return Say((Part(language, text),), decibels, at_once)


@pytest.fixture
def start_speaker(tmp_path):
    started = []

    def start(*, plays_s=0.0, synthesizer="espeak-ng", player=None):
        record = (tmp_path / "spoken").open("a", encoding="utf-8")
        player = keeping_player(tmp_path / "sounds", plays_s) if player is None else player
        speaker = Speaker(Voice(synthesizer, 150, player), record)
        speaker.failures = []
        speaker.when_failed = speaker.failures.append
        speaker.start()
        started.append((speaker, record))
        return speaker

    yield start
    for speaker, record in started:
        speaker.stop()
        speaker._thread.join(10)
        record.close()


def test_words_become_sound_in_every_language_and_are_written_down(start_speaker, tmp_path):
    speaker = start_speaker()
    for language, text in (("pl", "Dowody osobiste"), ("uk", "Посвідчення особи"), ("de", "Ausweise"), ("en", "Cards")):
        speaker.heard(say(text, at_once=False, language=language))
    assert eventually(lambda: not speaker.busy)
    assert len(sounds(tmp_path / "sounds")) == 4
    assert all(seconds(path) > 0.5 for path in sounds(tmp_path / "sounds"))
    lines = [json.loads(line) for line in (tmp_path / "spoken").read_text(encoding="utf-8").splitlines()]
    assert [line["languages"] for line in lines] == [["pl"], ["uk"], ["de"], ["en"]]
    assert lines[1]["said"] == "Посвідчення особи"
    assert speaker.failures[-1] is None


def test_the_softest_step_is_18_decibels_below_the_loudest(start_speaker, tmp_path):
    speaker = start_speaker()
    for decibels in (0, -18):
        speaker.heard(say("Dowody osobiste", decibels=decibels, at_once=False))
    assert eventually(lambda: not speaker.busy)
    loud, soft = (loudness_db(path) for path in sounds(tmp_path / "sounds"))
    assert loud - soft == pytest.approx(18, abs=1.5)


def test_what_is_new_cuts_short_what_is_old_and_drops_what_waits(start_speaker, tmp_path):
    speaker = start_speaker(plays_s=60)
    speaker.heard(say("Zdanie, które nikogo już nie ciekawi"))
    speaker.heard(say("Zdanie, które czeka", at_once=False))
    assert eventually(lambda: sounds(tmp_path / "sounds"))
    speaker.heard(say("Nowe"))
    assert eventually(lambda: len(sounds(tmp_path / "sounds")) == 2)
    said = [json.loads(line)["said"] for line in (tmp_path / "spoken").read_text(encoding="utf-8").splitlines()]
    assert said == ["Zdanie, które nikogo już nie ciekawi", "Nowe"]
    assert not (tmp_path / "sounds" / "ended").exists()
    speaker.heard(Hush())
    assert eventually(lambda: not speaker.busy), "silent long before the sound would have ended"
    assert not [failure for failure in speaker.failures if failure], "silence on demand is no fault"


def test_news_waits_until_the_sentence_is_over(start_speaker, tmp_path):
    speaker = start_speaker()
    speaker.heard(say("Twój numer: D 17."))
    speaker.heard(say("Odbierz bilet.", at_once=False))
    assert eventually(lambda: not speaker.busy)
    assert len(sounds(tmp_path / "sounds")) == 2


def test_a_tone_is_a_sound_and_a_kiosk_without_a_loudspeaker_does_not_complain_of_it(start_speaker, tmp_path):
    speaker = start_speaker()
    speaker.heard(Chime())
    assert eventually(lambda: sounds(tmp_path / "sounds"))
    assert 0.3 < seconds(sounds(tmp_path / "sounds")[0]) < 1
    mute = start_speaker(player="/nowhere/player")
    mute.heard(Chime())
    assert eventually(lambda: not mute.busy)
    assert mute.failures == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"synthesizer": "/nowhere/espeak"}, "/nowhere/espeak: No such file"),
        ({"synthesizer": "false"}, "false ended with status 1"),
        ({"player": "/nowhere/player"}, "No such file"),
        ({"player": "false"}, "false ended with status 1"),
    ],
)
def test_a_speech_that_fails_says_why_and_the_next_one_is_tried(start_speaker, fields, why):
    speaker = start_speaker(**fields)
    speaker.heard(say("Jeden"))
    assert eventually(lambda: len(speaker.failures) == 1)
    speaker.heard(say("Dwa"))
    assert eventually(lambda: len(speaker.failures) == 2)
    assert all(why in failure for failure in speaker.failures)


def test_a_kiosk_without_a_player_speaks_to_its_record_alone(start_speaker, tmp_path):
    speaker = start_speaker(player="")
    speaker.heard(say("Nikt tego nie słyszy"))
    assert eventually(lambda: "Nikt tego nie słyszy" in (tmp_path / "spoken").read_text(encoding="utf-8"))
