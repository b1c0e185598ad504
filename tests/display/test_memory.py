"""What was announced is still known after a kill, a power cut, and a spoilt disk."""

import pytest

from display.announcements import Memory
from display.memory import MemoryFile
from tests.builders import NOON

MEMORY = Memory("2026-11-23", 17, NOON, (16, 17))


def test_what_was_written_is_read_back(tmp_path):
    path = tmp_path / "state" / "display-1.json"
    MemoryFile(path).write(MEMORY)
    assert MemoryFile(path).read() == MEMORY
    assert [file.name for file in path.parent.iterdir()] == ["display-1.json"]


def test_a_display_that_never_ran_remembers_nothing(tmp_path):
    assert MemoryFile(tmp_path / "display-1.json").read() == Memory()


@pytest.mark.parametrize("spoilt", [b"", b"{", b'{"day": 3}', b"\xff\xfe", b'{"day": "2026-11-23", "call": 1'])
def test_a_spoilt_file_stops_no_display(tmp_path, spoilt):
    path = tmp_path / "display-1.json"
    path.write_bytes(spoilt)
    assert MemoryFile(path).read() == Memory()


def test_a_write_cut_short_leaves_the_one_before(tmp_path):
    path = tmp_path / "display-1.json"
    MemoryFile(path).write(MEMORY)
    path.with_suffix(".new").write_bytes(b'{"day": "2026-')
    assert MemoryFile(path).read() == MEMORY


def test_a_disk_that_will_not_write_is_told(tmp_path):
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("")
    with pytest.raises(OSError, match=r"exists|Not a directory"):
        MemoryFile(blocked / "display-1.json").write(MEMORY)
