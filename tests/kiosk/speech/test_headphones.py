"""Headphones that are plugged in are heard of."""

import threading

import pytest

from kiosk.speech.headphones import BadHeadphones, HeadphoneWatch, headphones


def test_a_file_says_whether_headphones_are_there(tmp_path):
    look = headphones(f"file:{tmp_path / 'jack'}")
    assert not look(), "no file, no headphones"
    for text, there in (("1\n", True), ("0\n", False), ("on", True), ("", False)):
        (tmp_path / "jack").write_text(text)
        assert look() == there


def test_a_card_without_the_switch_has_no_headphones():
    assert headphones("alsa:No Such Jack")() is False


def test_nobody_looks_where_a_key_tells():
    assert headphones("") is None


@pytest.mark.parametrize("setting", ["jack", "file:", "alsa:", "gpio:4"])
def test_a_setting_that_means_nothing_is_refused(setting):
    with pytest.raises(BadHeadphones, match="should be file:PATH"):
        headphones(setting)


def test_a_plug_that_goes_in_and_out_is_told_once_each(tmp_path):
    told, changed = [], threading.Event()

    def tell(inserted):
        told.append(inserted)
        changed.set()

    (tmp_path / "jack").write_text("0")
    watch = HeadphoneWatch(headphones(f"file:{tmp_path / 'jack'}"), tell)
    watch.start()
    for text in ("1", "0"):
        changed.clear()
        (tmp_path / "jack").write_text(text)
        assert changed.wait(20)
    watch.stop()
    assert told == [True, False]
