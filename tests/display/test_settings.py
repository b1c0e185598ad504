"""Right settings are read, wrong ones are one line and status 2, and no wall is dark in silence."""

import subprocess
import sys
from pathlib import Path

import pytest

from broker.contract.settings import SettingsError, read_settings
from display.kivy_environment import video_driver
from display.settings import DEFAULTS, Settings, state_folder


def settings(*argv):
    return read_settings(Settings, DEFAULTS, "okienko-display", argv)


def test_the_defaults_fill_the_whole_screen_and_speak_polish():
    defaults = settings()
    assert (defaults.id, defaults.width, defaults.height, defaults.voice) == ("display-1", 0, 0, "pl")
    assert defaults.speech
    assert defaults.chime


def test_every_setting_is_an_option_and_may_stand_in_a_file(tmp_path):
    config = tmp_path / "display.toml"
    config.write_text('id = "display-2"\nchime = false\n')
    chosen = settings("--config", str(config), "--speech", "false", "--speech-rate", "120")
    assert (chosen.id, chosen.chime, chosen.speech, chosen.speech_rate) == ("display-2", False, False, 120)


def test_a_wall_may_be_for_some_desks_only(tmp_path):
    config = tmp_path / "display.toml"
    config.write_text('desks = ["1", "p3"]\n')
    assert [desk for desk in ("1", "2", "p3") if settings("--config", str(config)).area.holds(desk)] == ["1", "p3"]
    assert settings().area.holds("2")
    config.write_text('desks = ["+"]\n')
    with pytest.raises(SettingsError, match="desks: '\\+' should be the id of a desk"):
        settings("--config", str(config))


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        (("--id", "Wall 1"), "id"),
        (("--width", "-5"), "width"),
        (("--speech", "perhaps"), "speech"),
        (("--mqtt", "http://hall"), "mqtt"),
        (("--theme", "pink"), "theme: 'pink' should be light, dark, contrast"),
        (("--viewing-distance-m", "0"), "viewing_distance_m"),
        (("--kind", "desk"), "kind: 'desk' should be hall; or desk, with the one desk in desks"),
        (("--language", "xx"), "language: 'xx' should be"),
        (("--player", "aplay '-q"), "player: "),
        (("--pictures", "/proc/nowhere"), "pictures: /proc/nowhere: "),
    ],
)
def test_a_wrong_setting_is_one_line_and_status_2(argv, named):
    run = subprocess.run([sys.executable, "-m", "display", *argv], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith("okienko-display: ")
    assert named in run.stderr


def test_the_memory_is_kept_where_the_service_or_the_user_keeps_state(monkeypatch):
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/okienko-display:/other")
    assert state_folder(settings()) == Path("/var/lib/okienko-display")
    assert state_folder(settings("--state", "/tmp/x")) == Path("/tmp/x")
    monkeypatch.delenv("STATE_DIRECTORY")
    monkeypatch.setenv("XDG_STATE_HOME", "/home/hall/.local/state")
    assert state_folder(settings()) == Path("/home/hall/.local/state/okienko")


def test_a_wall_is_never_offscreen_unless_it_was_asked_to_be():
    assert video_driver({}) == "KMSDRM"
    assert video_driver({"DISPLAY": ":0"}) == "x11"
    assert video_driver({"DISPLAY": ":0", "SDL_VIDEODRIVER": "offscreen"}) == "offscreen"
    assert video_driver({"SDL_VIDEODRIVER": ""}) == "KMSDRM"
