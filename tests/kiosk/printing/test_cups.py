"""Tickets by way of CUPS: what its programs say is no evidence of paper."""

import os
import stat

import pytest

from kiosk.printing.cups_printer import PASSED_ON
from kiosk.printing.delivery import Patience
from tests.kiosk.printing.jobs import data, job, printer

# Stand-ins for the programs of CUPS, which keep their queue in a folder.
PROGRAMS = {
    "lp": """n=$(($(ls "$SPOOL" | wc -l) + 1)); cat > "$SPOOL/ticket-$n"; echo "$@" > "$SPOOL.options"
echo "request id is ticket-$n (1 file(s))"; test -e "$SPOOL.stuck" || mv "$SPOOL/ticket-$n" "$SPOOL.out/ticket-$n" """,
    "cancel": """rm "$SPOOL/$1" """,
    "lpstat": """case $1 in
-p) test "$2" = ticket || { echo "lpstat: Invalid destination name in list \\"$2\\"." >&2; exit 1; }
    if test -e "$SPOOL.stopped"; then echo "printer ticket disabled since Mon - Unplugged or turned off"
    else echo "printer ticket is idle.  enabled since Mon"; fi;;
-a) echo "ticket accepting requests since Mon";;
-o) for f in $(ls "$SPOOL"); do echo "$f okienko 350 Mon"; done;;
esac""",
}


@pytest.fixture
def spool(tmp_path, monkeypatch):
    programs = tmp_path / "bin"
    for folder in (programs, tmp_path / "spool", tmp_path / "spool.out"):
        folder.mkdir()
    for name, script in PROGRAMS.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("SPOOL", str(tmp_path / "spool"))
    return tmp_path


def test_a_ticket_is_passed_on_raw_and_the_result_says_what_that_is_worth(spool):
    result = printer("cups:ticket").print(job())
    assert (result.result, result.detail) == ("printed", PASSED_ON)
    assert (spool / "spool.out" / "ticket-1").read_bytes() == data()
    assert (spool / "spool.options").read_text().split() == ["-d", "ticket", "-o", "raw", "-t", "okienko-D017"]


def test_a_stopped_queue_is_known_before_the_ticket_and_is_given_none(spool):
    (spool / "spool.stopped").touch()
    stopped = printer("cups:ticket")
    (trouble,) = stopped.troubles()
    assert (trouble.code, trouble.stops) == ("printer_offline", True)
    assert "Unplugged or turned off" in trouble.detail
    assert stopped.print(job()).result == "failed"
    assert list((spool / "spool").iterdir()) == []
    (spool / "spool.stopped").unlink()
    assert stopped.troubles() == ()


def test_a_ticket_that_cups_does_not_pass_on_is_taken_back(spool):
    (spool / "spool.stuck").touch()
    result = printer("cups:ticket", Patience(send_s=0.3)).print(job())
    assert result.result == "failed"
    assert "taken back" in result.detail
    assert list((spool / "spool").iterdir()) == [], "it would come out when nobody expects it"


def test_a_queue_that_is_not_there_fails_the_ticket_in_words(spool):
    result = printer("cups:nowhere").print(job())
    assert result.result == "failed"
    assert 'Invalid destination name in list "nowhere"' in result.detail


def test_a_machine_without_cups_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    (trouble,) = printer("cups:ticket").troubles()
    assert trouble.detail == "the program lpstat is missing: apt install cups-client"
