"""What residents hear, and what happens when they hear nothing: real espeak-ng, real aplay, and broken players."""

import json
import queue
import stat
import sys
import time
import wave
from array import array
from datetime import datetime
from itertools import pairwise

import pytest

from broker.contract import topics
from broker.contract.bus import Bus, Server
from display import speaker as speaker_module
from display import voice_synthesizer
from display.chime import TONE_S, TONES_HZ, chime
from display.settings import DEFAULTS, Settings
from display.sound import Sound, SpokenMatter, SpokenMenu
from tests.builders import call
from tests.clients import eventually

HALF_PAST_ELEVEN = datetime(2026, 11, 23, 11, 30)  # noqa: DTZ001 - what the office's clock says

# Stands for aplay: keeps when it began and ended, and the length and the loudest sample of what it was given.
RECORDER = """#!{python}
import json, sys, time, wave
from array import array
with wave.open(sys.argv[1]) as file:
    length = file.getnframes() / file.getframerate()
    loudest = max(array("h", file.readframes(file.getnframes())))
began = time.monotonic()
time.sleep({lasts})
with open({log!r}, "a") as log:
    log.write(json.dumps([began, time.monotonic(), length, loudest]) + "\\n")
"""


def a_call(number):
    return call("D017", "26", number)


@pytest.fixture
def program(tmp_path):
    def write(text, name="player"):
        path = tmp_path / name
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return write


@pytest.fixture
def slow_voice(program, tmp_path):
    """A synthesizer that says when it is asked, and speaks only when it may."""
    asked, go = tmp_path / "asked", tmp_path / "go"
    script = f'#!/bin/sh\n: > {asked}\nwhile [ ! -e {go} ]; do sleep 0.02; done\nexec espeak-ng "$@"\n'
    return program(script, "voice"), asked, go


@pytest.fixture
def sound():
    """Make a sound from settings; `ended()` waits for the next (call, problem)."""
    made = []

    def make(bus=None, at=HALF_PAST_ELEVEN, **chosen):
        import tomllib

        import msgspec

        ends = queue.SimpleQueue()
        settings = msgspec.convert(tomllib.loads(DEFAULTS.read_text()) | chosen, Settings)
        one = Sound(settings, lambda: at, lambda call, problem: ends.put((call, problem)))
        if bus is not None:
            one.listen(bus)
            bus.start()
        one.start()
        made.append(one)
        return one, lambda: ends.get(timeout=20)

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def recorder(program, tmp_path):
    log = tmp_path / "played.jsonl"
    player = program(RECORDER.format(python=sys.executable, log=str(log), lasts=0.1))
    return player, lambda: [json.loads(line) for line in log.read_text().splitlines()]


def test_the_chime_is_short_soft_at_its_edges_and_never_clipped():
    samples = array("h", chime(22050))
    assert len(samples) / 22050 == pytest.approx(TONE_S * len(TONES_HZ), abs=0.01)
    assert 8000 < max(samples) < 20000
    assert abs(samples[0]) < 50
    assert abs(samples[-1]) < 50


def test_announcements_are_played_one_after_the_other_each_with_chime_and_words(sound, recorder):
    player, played = recorder
    speaker, ended = sound(player=player)
    for number in (1, 2, 3):
        speaker.prepare(a_call(number))
        speaker.announce(a_call(number))
    assert [ended() for _ in range(3)] == [(1, None), (2, None), (3, None)]
    times = played()
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(times))
    assert all(4 < length < 8 for _, _, length, _ in times)


def test_real_aplay_writes_the_announcement_to_the_sound_card(sound, tmp_path, monkeypatch):
    played = tmp_path / "played.wav"
    (tmp_path / "asound.conf").write_text(
        "</usr/share/alsa/alsa.conf>\n"
        'pcm.!default { type plug slave.pcm "tofile" }\n'
        f'pcm.tofile {{ type file slave.pcm null file "{played}" format "wav" }}\n'
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    speaker, ended = sound(player="aplay -q")
    speaker.announce(a_call(1))
    assert ended() == (1, None)
    with wave.open(str(played)) as file:
        assert 4 < file.getnframes() / file.getframerate() < 8
        assert max(array("h", file.readframes(file.getnframes()))) > 8000


def test_without_a_sound_card_the_wall_is_silent_and_says_why(sound, tmp_path, monkeypatch):
    (tmp_path / "asound.conf").write_text("</usr/share/alsa/alsa.conf>\npcm.!default { type hw card 31 }\n")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    speaker, ended = sound(player="aplay -q")
    speaker.announce(a_call(1))
    number, problem = ended()
    assert number == 1
    assert problem.startswith("aplay ended with status 1: ")


def test_a_failing_player_stops_no_later_call(sound, program, recorder):
    player, played = recorder
    once = program(f'#!/bin/sh\n[ -e {player}.failed ] && exec {player} "$1"\n: > {player}.failed\nexit 3\n', "once")
    speaker, ended = sound(player=once, speech=False)
    speaker.announce(a_call(1))
    speaker.announce(a_call(2))
    assert ended() == (1, f"{once} ended with status 3")
    assert ended() == (2, None)
    assert len(played()) == 1


def test_a_hanging_player_is_ended_and_the_queue_goes_on(sound, program, monkeypatch):
    monkeypatch.setattr(speaker_module, "MARGIN_S", 0.1)
    speaker, ended = sound(player=program("#!/bin/sh\nsleep 600\n"), speech=False)
    began = time.monotonic()
    speaker.announce(a_call(1))
    number, problem = ended()
    assert number == 1
    assert "still playing" in problem
    assert time.monotonic() - began < 10


def test_a_missing_player_is_a_problem_from_the_start(sound):
    speaker, ended = sound(player="no-such-player -q")
    assert speaker.problem_at_start() == "the program no-such-player is missing; install it, or choose another"
    speaker.announce(a_call(1))
    assert ended() == (1, "the program no-such-player is missing; install it, or choose another")


@pytest.mark.parametrize(
    ("synthesizer", "said"),
    [
        ("#!/bin/sh\necho broken voice >&2\nexit 1\n", "ended with status 1: broken voice"),
        ("#!/bin/sh\necho hello\n", "gave no WAV"),
        ("#!/bin/sh\nexec sleep 600\n", "did not end"),
        (None, "no-such-voice is missing; install it"),
    ],
)
def test_without_speech_the_chime_still_sounds(sound, program, recorder, monkeypatch, synthesizer, said):
    monkeypatch.setattr(voice_synthesizer, "RENDER_LIMIT_S", 0.3)
    player, played = recorder
    name = program(synthesizer, "voice") if synthesizer else "no-such-voice"
    speaker, ended = sound(player=player, synthesizer=name)
    speaker.announce(a_call(1))
    number, problem = ended()
    assert number == 1
    assert said in problem
    assert [length for _, _, length, _ in played()] == [pytest.approx(1.0, abs=0.01)]


def test_a_call_that_could_be_expected_waits_for_no_synthesizer(sound, recorder, program, tmp_path):
    player, played = recorder
    said = tmp_path / "said"
    synthesizer = program(
        f'#!/bin/sh\n[ ! -e {said}.no ] || exit 1\necho said >> {said}\nexec espeak-ng "$@"\n', "voice"
    )
    speaker, ended = sound(player=player, synthesizer=synthesizer, speak=["pl", "uk"])
    labels = {"26": a_call(1).label, "p3": {"pl": "Pokój 3", "uk": "Кабінет 3"}}
    speaker.expect_menu(SpokenMenu("2026-11-23", [SpokenMatter("D"), SpokenMatter("D")], labels))
    speaker.expect([call("D016", "27", 1)])
    assert eventually(lambda: said.exists() and len(said.read_text().split()) == 10)
    speaker.expect_menu(SpokenMenu("2026-11-23", [SpokenMatter("D"), SpokenMatter("D")], labels))
    (tmp_path / "said.no").touch()
    speaker.announce(a_call(2))
    speaker.announce(call("D001", "p3", 3))
    assert [ended(), ended()] == [(2, None), (3, None)]
    assert played()[0][2] > 8, "both languages"
    assert speaker.words(a_call(2)) == ("Numer D siedemnaście, stanowisko dwadzieścia sześć. Номер де 17, віконце 26.")


def test_a_wall_without_speech_renders_nothing_and_says_so_in_the_journal(sound):
    speaker, _ = sound(speak=[], synthesizer="no-such-voice", player="true")
    speaker.expect([call("D016", "27", 1)])
    speaker.expect_menu(SpokenMenu("2026-11-23", [SpokenMatter("D")], {"26": a_call(1).label}))
    assert speaker.words(a_call(2)) is None
    assert speaker.problem_at_start() is None


def test_a_muted_wall_answers_at_once_and_has_no_problem(sound):
    for muted in ({"player": ""}, {"speech": False, "chime": False}, {"player": "false", "mute": True}):
        speaker, ended = sound(**muted)
        speaker.announce(a_call(1))
        assert ended() == (1, None)
        assert speaker.problem_at_start() is None


def test_calls_are_as_loud_as_the_hour_wants_it(sound, recorder):
    player, played = recorder
    for chosen in ({}, {"volume": 50}, {"volume_by_hour": {"11:00-13:00": 20}}):
        speaker, ended = sound(player=player, **chosen)
        speaker.announce(a_call(1))
        assert ended() == (1, None)
    full, half, fifth = (loudest for *_, loudest in played())
    assert half == pytest.approx(full / 2, rel=0.01)
    assert fifth == pytest.approx(full / 5, rel=0.01)


def test_in_quiet_hours_nothing_is_heard_and_nothing_is_said_to_have_been(sound):
    speaker, ended = sound(at=HALF_PAST_ELEVEN, player="false", quiet_hours=["11:30-13:00"])
    speaker.announce(a_call(1))
    assert ended() == (1, None)
    assert speaker.words(a_call(1)) is None
    speaker, ended = sound(at=HALF_PAST_ELEVEN.replace(hour=14), player="false", quiet_hours=["11:30-13:00"])
    speaker.announce(a_call(1))
    assert ended() == (1, "false ended with status 1")
    assert speaker.words(a_call(1)) == "Numer D siedemnaście, stanowisko dwadzieścia sześć."


@pytest.fixture
def bus(mosquitto):
    made = []

    def make(client):
        made.append(Bus(Server.from_url(mosquitto.url), client, "test"))
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def room(sound, recorder, bus):
    """A wall that hears its kiosks; `kiosk(id)` is one, `tell(kiosk, speaking)` returns once the wall has heard it."""
    player, played = recorder

    class Room:
        def __init__(self, **chosen):
            wall = bus("display-1")
            self.wall, self.ended = sound(bus=wall, player=player, speech=False, **chosen)
            self.played = played
            assert eventually(lambda: wall.linked)

        def kiosk(self, client):
            kiosk = bus(client)
            kiosk.start()
            assert eventually(lambda: kiosk.linked)
            return kiosk

        def tell(self, kiosk, *, speaking):
            topic, known = topics.health(kiosk.client), self.wall._patience._speaking
            before = topic in known
            kiosk.tell_speaking(speaking=speaking)
            assert before == speaking or eventually(lambda: (topic in known) == speaking)

    return Room


def test_a_call_waits_until_the_kiosk_in_the_room_has_spoken(room):
    hall = room()
    kiosk = hall.kiosk("kiosk-1")
    hall.tell(kiosk, speaking=True)
    hall.wall.announce(a_call(1))
    hall.wall.announce(a_call(2))
    time.sleep(0.3)
    ended_at = time.monotonic()
    hall.tell(kiosk, speaking=False)
    assert [hall.ended(), hall.ended()] == [(1, None), (2, None)]
    assert all(began > ended_at for began, *_ in hall.played())


def test_a_kiosk_that_dies_in_the_middle_of_a_word_holds_nobody_up(room, mosquitto):
    hall = room()
    kiosk = hall.kiosk("kiosk-1")
    hall.tell(kiosk, speaking=True)
    hall.wall.announce(a_call(1))
    kiosk.stop()
    assert hall.ended() == (1, None)


def test_patience_ends_and_is_not_tried_again_by_the_next_call(room):
    hall = room(kiosk_wait_s=0.8)
    kiosk = hall.kiosk("kiosk-1")
    hall.tell(kiosk, speaking=True)
    began = time.monotonic()
    for number in (1, 2, 3, 4):
        hall.wall.announce(a_call(number))
    for number in (1, 2, 3, 4):
        assert hall.ended() == (number, None)
    starts = [start - began for start, *_ in hall.played()]
    assert starts[0] >= 0.8
    assert all(later - earlier < 0.8 for earlier, later in pairwise(starts))
    hall.tell(kiosk, speaking=False)
    hall.tell(kiosk, speaking=True)
    began = time.monotonic()
    hall.wall.announce(a_call(5))
    assert hall.ended() == (5, None)
    assert hall.played()[-1][0] - began >= 0.8, "a new text is waited for again"


def test_a_kiosk_in_another_room_is_not_waited_for(room):
    hall = room(room_kiosks=["kiosk-2"], kiosk_wait_s=6.0)
    elsewhere = hall.kiosk("kiosk-1")
    here = hall.kiosk("kiosk-2")
    elsewhere.tell_speaking(speaking=True)
    hall.tell(here, speaking=True)
    hall.tell(here, speaking=False)
    hall.wall.announce(a_call(1))
    began = time.monotonic()
    assert hall.ended() == (1, None)
    assert time.monotonic() - began < 5


def test_a_call_taken_back_while_a_kiosk_speaks_is_never_heard_and_the_wall_stops_at_once(room):
    hall = room()
    kiosk = hall.kiosk("kiosk-1")
    hall.tell(kiosk, speaking=True)
    hall.wall.announce(a_call(1))
    hall.wall.withdraw(1)
    hall.wall.announce(a_call(2))
    began = time.monotonic()
    hall.wall.stop()
    hall.wall._speaker._thread.join(5)
    assert not hall.wall._speaker._thread.is_alive()
    assert time.monotonic() - began < 5


def test_a_stopped_wall_falls_silent_at_once(sound, program):
    speaker, ended = sound(player=program("#!/bin/sh\nexec sleep 600\n"), speech=False)
    speaker.announce(a_call(1))
    deadline = time.monotonic() + 10
    while speaker._speaker._playing is None and time.monotonic() < deadline:
        time.sleep(0.01)
    speaker.stop()
    assert ended() == (1, None)


def test_a_call_that_is_taken_back_falls_silent_in_the_middle_of_a_word(sound, program, tmp_path, monkeypatch):
    monkeypatch.setattr(speaker_module, "MARGIN_S", 600)  # nothing but its end takes the first from the second
    log = tmp_path / "played"
    log.touch()
    speaker, ended = sound(player=program(f"#!/bin/sh\necho begin >> {log}\nsleep 600\necho end >> {log}\n"))
    speaker.announce(a_call(1))
    assert eventually(lambda: log.read_text().split() == ["begin"])
    speaker.withdraw(1)
    speaker.announce(a_call(2))
    assert eventually(lambda: log.read_text().split() == ["begin", "begin"], timeout_s=60)
    speaker.stop()
    assert ended() == (2, None), "and nobody hears that the first was played"


def test_a_call_taken_back_before_its_turn_is_never_heard(sound, recorder, slow_voice):
    player, played = recorder
    synthesizer, _, go = slow_voice
    speaker, ended = sound(player=player, synthesizer=synthesizer)
    for number in (1, 2, 3):
        speaker.announce(a_call(number))
    speaker.withdraw(2)
    go.touch()
    assert [ended(), ended()] == [(1, None), (3, None)]
    assert len(played()) == 2
    speaker.withdraw(3)
    speaker.announce(a_call(3))
    assert ended() == (3, None), "the third call of another day is another call"


def test_a_call_taken_back_while_its_words_are_made_is_never_heard(sound, recorder, slow_voice):
    player, played = recorder
    synthesizer, asked, go = slow_voice
    speaker, ended = sound(player=player, synthesizer=synthesizer)
    speaker.announce(a_call(1))
    assert eventually(asked.exists)
    speaker.withdraw(1)
    go.touch()
    speaker.announce(a_call(2))
    assert ended() == (2, None)
    assert len(played()) == 1


def test_a_silent_wall_has_nothing_to_take_back(sound):
    speaker, ended = sound(player="")
    speaker.withdraw(1)
    speaker.announce(a_call(2))
    assert ended() == (2, None)
