"""How loud the wall is, from morning to night."""

from datetime import datetime

import pytest

from broker.contract.settings import SettingsError, read_settings
from display.settings import DEFAULTS, Settings
from display.sound_hours import Loudness, hours, loudness


def at(time):
    return datetime.fromisoformat(f"2026-11-23T{time}+01:00")


def test_hours_last_from_their_first_minute_to_before_their_last():
    lunch = hours("12:00-13:30")
    assert [lunch.cover(at(time).time()) for time in ("11:59:59", "12:00", "13:29:59", "13:30")] == [0, 1, 1, 0]


def test_hours_may_reach_over_midnight_or_to_it():
    night = hours("20:00-07:00")
    assert [night.cover(at(time).time()) for time in ("19:59", "20:00", "00:00", "06:59", "07:00")] == [0, 1, 1, 1, 0]
    evening = hours("20:00-24:00")
    assert [evening.cover(at(time).time()) for time in ("19:59", "23:59", "00:00")] == [0, 1, 0]
    assert hours("00:00-24:00").cover(at("12:00").time())


def test_quiet_hours_go_before_volumes_and_the_first_volume_that_fits_counts():
    loud = loudness(90, {"07:00-09:00": 60, "08:00-16:00": 80}, ["20:00-07:00", "12:00-12:30"])
    wanted = {"06:59": 0, "07:00": 60, "08:30": 60, "09:00": 80, "12:15": 0, "12:30": 80, "16:00": 90, "20:00": 0}
    assert {time: loud.percent(at(time)) for time in wanted} == wanted
    assert Loudness().percent(at("12:00")) == 100


@pytest.mark.parametrize("text", ["", "20:00", "20:00-", "8-16", "25:00-07:00", "20:00-24:30", "07:00-09:00-11:00"])
def test_hours_that_make_no_sense_are_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"quiet_hours: '.*' should be hours like 20:00-07:00"):
        loudness(100, {}, [text])


def test_wrong_hours_are_one_line_that_names_file_and_key(tmp_path):
    config = tmp_path / "display.toml"
    config.write_text('volume_by_hour = { "12-13" = 70 }\n')
    with pytest.raises(SettingsError) as refused:
        read_settings(Settings, DEFAULTS, "okienko-display", ["--config", str(config)])
    assert str(refused.value) == f"{config}: volume_by_hour: '12-13' should be hours like 20:00-07:00"
    config.write_text('speak = ["pl", "fr"]\n')
    with pytest.raises(SettingsError, match="speak: 'fr' should be one of pl, en, uk, de"):
        read_settings(Settings, DEFAULTS, "okienko-display", ["--config", str(config)])
