"""The office's own files in /etc/okienko."""

import os
from pathlib import Path

from systemd.installer.settings_files import place_settings, write_whole


def test_a_fresh_machine_gets_the_commented_examples(places, make_release):
    words = place_settings(places, ("broker", "display"), make_release("0.1.0"), None)
    assert (places.etc / "display.toml").read_text() == "id = 'display-1'\n"
    assert (places.etc / "office.toml").read_text() == "# office of 0.1.0\n"
    assert len(words) == 3


def test_what_the_office_wrote_is_never_overwritten(places, make_release):
    first = make_release("0.1.0")
    place_settings(places, ("display",), first, None)
    own = places.etc / "display.toml"
    own.write_text("id = 'display-7'\n")
    newer = make_release("0.2.0", "id = 'display-1'\ntheme = 'dark'\n")
    (words,) = place_settings(places, ("display",), newer, first)
    assert own.read_text() == "id = 'display-7'\n"
    assert own.with_name("display.toml.new").read_text() == "id = 'display-1'\ntheme = 'dark'\n"
    assert "display.toml.new" in words


def test_nothing_is_said_where_the_example_is_what_it_was(places, make_release):
    first = make_release("0.1.0")
    place_settings(places, ("display",), first, None)
    (places.etc / "display.toml").write_text("id = 'display-7'\n")
    assert place_settings(places, ("display",), make_release("0.2.0"), first) == []
    assert not (places.etc / "display.toml.new").exists()


def test_an_example_that_was_taken_over_no_longer_lies_beside(places, make_release):
    release = make_release("0.2.0", "theme = 'dark'\n")
    (places.etc / "display.toml").write_text("theme = 'dark'\n")
    (places.etc / "display.toml.new").write_text("theme = 'dark'\n")
    assert place_settings(places, ("display",), release, None) == []
    assert not (places.etc / "display.toml.new").exists()


def test_a_file_has_its_name_only_when_it_is_on_the_disk_and_then_the_name_is_as_well(tmp_path, monkeypatch):
    own, sync, synced = tmp_path / "office.toml", os.fsync, []

    def synced_then(file):
        synced.append((Path(f"/proc/self/fd/{file}").readlink().name, own.exists()))
        sync(file)

    monkeypatch.setattr(os, "fsync", synced_then)
    write_whole(own, b"name = 'Office'\n", 0o640)
    assert synced == [(".office.toml.fresh", False), (tmp_path.name, True)]
    assert own.read_bytes() == b"name = 'Office'\n"
    assert own.stat().st_mode & 0o777 == 0o640
