"""What systemd hears, on real datagram sockets of both kinds."""

import os

import pytest

from broker.contract.sd_notify import Systemd
from tests.systemd_ear import SystemdEar


@pytest.fixture(params=["in a folder", "abstract"])
def ear(request, tmp_path):
    ear = SystemdEar(str(tmp_path / "notify") if request.param == "in a folder" else f"@okienko-test-{os.getpid()}")
    yield ear
    ear.close()


@pytest.fixture
def seconds():
    """Time that passes when told."""
    return [0.0]


def systemd(ear, seconds, **environment):
    told = {"NOTIFY_SOCKET": ear.address} | environment
    program = Systemd.of(told)
    program._clock = lambda: seconds[0]
    return program


def test_a_program_is_ready_at_its_first_turn_and_says_in_words_how_it_is(ear, seconds):
    program = systemd(ear, seconds)
    program.turned(lambda: "3 waiting\nat 2 desks")
    assert ear.listen(5) == ["READY=1", "STATUS=3 waiting at 2 desks"]


def test_a_watched_program_pings_four_times_in_the_watchdogs_patience_and_no_more(ear, seconds):
    program = systemd(ear, seconds, WATCHDOG_USEC="2000000")
    for seconds[0] in (0.0, 0.1, 0.4, 0.5, 0.6, 0.9, 1.0):
        program.turned(lambda: "all well")
    heard = [ear.listen(5) for _ in range(3)]
    assert heard == [["READY=1", "WATCHDOG=1", "STATUS=all well"], ["WATCHDOG=1"], ["WATCHDOG=1"]]
    assert ear.listen(0) == []


def test_a_program_that_nobody_watches_sends_only_what_is_new(ear, seconds):
    program = systemd(ear, seconds)
    for seconds[0], words in ((0.0, "all well"), (5.0, "all well"), (10.0, "no paper")):
        program.turned(lambda words=words: words)
    assert [ear.listen(5), ear.listen(5), ear.listen(0)] == [["READY=1", "STATUS=all well"], ["STATUS=no paper"], []]


def test_a_watchdog_that_waits_for_another_process_gets_no_pings_of_this_one(ear, seconds):
    program = systemd(ear, seconds, WATCHDOG_USEC="2000000", WATCHDOG_PID=str(os.getpid() + 1))
    program.turned(lambda: "all well")
    assert "WATCHDOG=1" not in ear.listen(5)
    program = systemd(ear, seconds, WATCHDOG_USEC="2000000", WATCHDOG_PID=str(os.getpid()))
    program.turned(lambda: "all well")
    assert "WATCHDOG=1" in ear.listen(5)


def test_a_program_that_ends_as_it_was_told_says_so(ear, seconds):
    systemd(ear, seconds).stopping()
    assert ear.listen(5) == ["STOPPING=1", "STATUS=stopping"]


def test_what_a_program_starts_does_not_speak_for_it():
    environment = {"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "1", "WATCHDOG_PID": "1", "PATH": "/bin"}
    Systemd.of(environment)
    assert environment == {"PATH": "/bin"}


@pytest.mark.parametrize("words", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "vsock:2:99"}, {"WATCHDOG_USEC": "x"}])
def test_a_program_that_systemd_did_not_start_asks_nobody_how_it_is(words):
    asked = []
    program = Systemd.of(dict(words))
    program.turned(lambda: asked.append("how it is") or "all well")
    program.stopping()
    assert asked == []


def test_a_systemd_that_is_gone_or_deaf_stops_no_program(tmp_path, seconds):
    gone = Systemd(str(tmp_path / "nowhere"), 1.0, lambda: seconds[0])
    ear = SystemdEar(str(tmp_path / "deaf"))
    deaf = Systemd(ear.address, 1.0, lambda: seconds[0])
    for seconds[0] in range(1000):
        gone.turned(lambda: "all well")
        deaf.turned(lambda: "all well")
    assert ear.listen(5)[0] == "READY=1"  # after it nobody took a thousand letters, and nobody waited for that
    ear.close()
