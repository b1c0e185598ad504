"""A disk that is full, broken, slow or spoilt: refused in plain words, nothing lost, and the hall goes on by itself.

Real file systems in files, which only root may mount; elsewhere these tests are skipped.
"""

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from broker.__main__ import main
from tests.broker.conftest import Hallway
from tests.clients import eventually
from tests.running_broker import RunningBroker

CARD_MB = 24


class Card:
    """An ext4 of its own that may be filled, broken, and put into the reader again."""

    def __init__(self, folder):
        self._image = folder / "card.img"
        self.folder = folder / "card"
        self.folder.mkdir()
        self._image.write_bytes(b"")
        with self._image.open("r+b") as image:
            image.truncate(CARD_MB << 20)
        _run("mkfs.ext4", "-q", "-m", "0", self._image)

    def plug_in(self):
        _run("mount", "-o", "loop,errors=remount-ro", self._image, self.folder)

    def pull_out(self):
        subprocess.run(["umount", "-l", self.folder], capture_output=True, check=False)

    def repair(self):
        """Do what a restart of the machine does."""
        self.pull_out()
        subprocess.run(["e2fsck", "-fy", self._image], capture_output=True, check=False)
        self.plug_in()

    def fill(self, leave_bytes=0):
        free = shutil.disk_usage(self.folder).free - leave_bytes
        try:
            with (self.folder / "holiday.mp4").open("wb", buffering=0) as film:
                film.write(bytes(free))
                os.fsync(film)
                while not leave_bytes:
                    film.write(bytes(4096))
        except OSError:
            assert not leave_bytes

    def make_room(self):
        (self.folder / "holiday.mp4").unlink()

    def wear_out(self):
        """Let the kernel find an error on it, and so take no writing any more."""
        device = _run("findmnt", "-no", "SOURCE", self.folder).strip().rpartition("/")[2]
        Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("1")


def _run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def card(tmp_path):
    if missing := [name for name in ("mkfs.ext4", "mount", "findmnt", "e2fsck") if shutil.which(name) is None]:
        pytest.skip(f"no {missing[0]} here")
    try:
        card = Card(tmp_path)
        card.plug_in()
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no file system may be mounted here: {error.stderr.strip()}")
    yield card
    card.pull_out()


@pytest.fixture
def on_card(card):
    hallway = Hallway(f"sqlite:///{card.folder / 'hall.db'}").start()
    yield hallway
    hallway.stop()


def problems(hallway):
    hallway.passes(seconds=5)
    return {problem.code: problem.detail for problem in hallway.bus.problems}


def take_until_refused(hallway, at_most=3000):
    """Take tickets until one is refused; return the numbers, and the refusal."""
    numbers = []
    for _ in range(at_most):
        answer = hallway.ask("ticket", category="fees")
        if not answer["ok"]:
            return numbers, answer["error"]
        numbers.append(answer["ticket"]["number"])
    raise AssertionError("the disk took everything")


def numbers_stored(hallway):
    return [number for (number,) in hallway.query('SELECT number FROM tickets ORDER BY day, "order"')]


def test_a_full_disk_loses_no_number_and_the_hall_goes_on_when_there_is_room(on_card, card):
    given = [on_card.take() for _ in range(5)]
    card.fill()
    more, error = take_until_refused(on_card)
    assert error["code"] == "storage_failed"
    told = problems(on_card)
    assert "the disk is full: remove what is not needed" in told["storage"]
    assert "MB are free on the disk of the queue" in told["disk"]
    card.make_room()
    given += [*more, on_card.take()]
    assert problems(on_card) == {}
    assert numbers_stored(on_card) == given
    on_card.start()
    assert numbers_stored(on_card) == given
    assert on_card.log.broken is None


def test_a_disk_that_is_nearly_full_is_told_before_anything_is_refused(on_card, card):
    assert problems(on_card) == {}
    card.fill(leave_bytes=800_000)
    assert "MB are free on the disk of the queue: remove what is not needed" in problems(on_card)["disk"]
    assert on_card.take() == "O001"
    card.make_room()
    assert problems(on_card) == {}


def test_a_full_disk_at_night_is_well_again_by_itself_once_there_is_room(on_card, card):
    on_card.take()
    card.fill()
    take_until_refused(on_card)
    assert "storage" in problems(on_card)
    card.make_room()
    assert "storage" in problems(on_card), "it has only just failed"
    on_card.service.caretaker._failed_at -= 60
    assert problems(on_card) == {}


def test_a_worn_out_card_refuses_and_after_a_restart_every_number_is_there(on_card, card):
    given = [on_card.take() for _ in range(5)]
    card.wear_out()
    assert on_card.ask("ticket", category="fees")["error"]["code"] == "storage_failed"
    told = problems(on_card)["storage"]
    assert "restore the newest backup on a new card" in told
    on_card.stop()
    card.repair()
    on_card.start()
    assert numbers_stored(on_card) == given
    assert on_card.log.broken is None
    assert on_card.take() == "O006"


def test_a_card_that_takes_no_writing_when_the_broker_starts_gives_one_line(on_card, card, capsys):
    on_card.take()
    on_card.stop()
    card.wear_out()
    assert main(["--database", on_card._url]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@contextmanager
def spoilt(file, words):
    """Overwrite the middle of the page on which a text stands."""
    data = bytearray(file.read_bytes())
    page = data.index(words) // 4096
    data[page * 4096 : page * 4096 + 200] = bytes(range(200))
    file.write_bytes(data)
    yield


def test_a_spoilt_page_is_found_at_the_start_and_the_way_out_is_named(hallway, tmp_path, capsys):
    for _ in range(30):
        hallway.take()
    hallway.stop()
    with spoilt(tmp_path / "hall.db", b"TicketIssued"):
        assert main(["--database", hallway._url]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "hall.db: database disk image is malformed; the database is damaged" in said
    assert "okienko-broker restore FILE" in said


def test_a_spoilt_page_is_told_while_the_hall_runs_and_nothing_is_answered_that_is_not_stored(hallway, tmp_path):
    given = [hallway.take() for _ in range(30)]
    hallway.log.tidy(at_least_commits=0)
    hallway.stop()
    hallway.start()
    with spoilt(tmp_path / "hall.db", b"kiosk-1 r"):
        hallway.query("PRAGMA cache_size = 0")
        refused = [hallway.ask("ticket", category="fees")["error"]["code"] for _ in range(3)]
    assert refused == ["storage_failed"] * 3
    assert "restore the newest backup" in problems(hallway)["storage"]
    assert [ticket.number for ticket in hallway.service.hall.open.values()] == given
    hallway.service.caretaker._failed_at -= 60
    assert "storage" in problems(hallway), "a damaged file does not get well by itself"


def test_letters_that_were_changed_on_the_disk_are_no_other_versions_words(hallway, tmp_path, capsys):
    hallway.take()
    hallway.query("UPDATE events SET data = substr(data, 10) WHERE seq = 2")
    hallway.stop()
    assert main(["--database", hallway._url]) == 2
    assert "the log is damaged, changed: event 2" in capsys.readouterr().err


@pytest.mark.proof
def test_a_slow_disk_is_told_and_answers_nothing_before_it_has_it(tmp_path, mosquitto, monkeypatch):
    shim = tmp_path / "slow_sync.so"
    source = Path(__file__).parents[1] / "benchmarks" / "slow_sync.c"
    if shutil.which("cc") is None:
        pytest.skip("no C compiler here")
    _run("cc", "-O2", "-shared", "-fPIC", "-o", shim, source, "-ldl")
    broker = RunningBroker(tmp_path, mosquitto.url)
    try:
        watcher = broker.start().ready().client("kiosk-1", "okienko/health/broker")
        broker.stop()
        with monkeypatch.context() as slow:
            slow.setenv("LD_PRELOAD", str(shim))
            slow.setenv("SYNC_DELAY_US", "1100000")
            broker.start()
        assert watcher.insist("ticket", 20, category="fees")["ticket"]["number"] == "O001"
        health = "okienko/health/broker"
        assert eventually(lambda: "slow_disk" in str(watcher.states.get(health)), 60)
    finally:
        broker.close()
