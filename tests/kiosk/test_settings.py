"""What the kiosk can be told, and how it says that it was told wrongly."""

import tomllib

import msgspec
import pytest

from broker.contract.settings import read_settings
from kiosk.__main__ import main
from kiosk.settings import DEFAULTS, Settings
from kiosk.state import Timing


def settings(*argv):
    return read_settings(Settings, DEFAULTS, "okienko-kiosk", argv)


def test_every_setting_has_a_default_with_a_word_on_it():
    defaults = DEFAULTS.read_text(encoding="utf-8")
    assert set(tomllib.loads(defaults)) == {field.name for field in msgspec.structs.fields(Settings)}
    assert settings().timing == Timing()


def test_an_option_goes_over_the_file_and_the_file_over_the_default(tmp_path):
    (tmp_path / "kiosk.toml").write_text('id = "kiosk-2"\nwidth = 1920\nheight = 1080\n')
    read = settings("--config", str(tmp_path / "kiosk.toml"), "--id", "kiosk-3", "--rotation", "90")
    assert (read.id, read.width, read.rotation) == ("kiosk-3", 1920, 90)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--mqtt", "http://hall"], "mqtt://127.0.0.1:1883"),
        (["--printer", "pigeon:coo"], "dummy:DIR"),
        (["--printer-profile", "TM-T0"], "TM-T0"),
        (["--id", "Kiosk/1"], "id"),
        (["--rotation", "45"], "rotation"),
        (["--idle-s", "0"], "idle_s"),
        (["--config", "/nowhere/kiosk.toml"], "/nowhere/kiosk.toml"),
        (["--taps", "/nowhere/taps"], "/nowhere/taps"),
        (["--pictures", "/proc/nowhere"], "pictures: /proc/nowhere: "),
    ],
)
def test_a_wrong_option_is_one_line_and_status_2(argv, said, capsys):
    try:
        status = main(argv)
    except SystemExit as end:
        status = end.code
    assert status == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("okienko-kiosk: ")
    assert said in lines[0]


def test_a_server_of_no_sense_and_lost_taps_are_named_with_their_key(tmp_path, capsys):
    config = tmp_path / "kiosk.toml"
    config.write_text('mqtt = "http://hall"\n')
    with pytest.raises(SystemExit):
        main(["--config", str(config)])
    assert f"{config}: mqtt: 'http://hall' is no MQTT server; it should be like mqtt://" in capsys.readouterr().err
    assert main(["--taps", "/nowhere/taps"]) == 2
    assert capsys.readouterr().err.startswith("okienko-kiosk: taps: /nowhere/taps: No such file")


def test_an_unknown_key_is_laid_at_the_door_of_its_file(tmp_path, capsys):
    (tmp_path / "kiosk.toml").write_text("colour = 3\n")
    with pytest.raises(SystemExit):
        main(["--config", str(tmp_path / "kiosk.toml")])
    assert "kiosk.toml: " in capsys.readouterr().err
