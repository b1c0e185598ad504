"""Who a machine's programs are in the hall."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

from broker.contract.credentials import kept
from broker.store.database import connect_existing
from broker.store.devices import register, registered
from systemd.installer.clients import admit_own, make_accounts, own_clients, own_desks
from systemd.installer.failure import CannotInstall
from tests.guarded_mosquitto import OWNER, GuardedMosquitto

ROOT = Path(__file__).parents[3]


@pytest.fixture
def queue(places):
    """The database of a machine with a broker, which knows one kiosk and one desk, and Mosquitto's accounts."""
    server = GuardedMosquitto(places.root / "server")
    server.folder.mkdir()
    server.credentials = places.etc / "credentials"
    server.install(hall=False)
    (places.etc / "broker.toml").write_text(f"database = '{server.database}'\n")
    with closing(connect_existing(server.database)) as connection:
        register(connection, "kiosk-1", ())
        register(connection, "desk-1", ("30", "31"))
    return server.database


@pytest.fixture
def release(places, make_release):
    """A version whose commands are the real ones, on this machine's files."""
    files = f"--mosquitto '{places.root}/server/okienko' --pid-file '{places.root}/server/mosquitto.pid'"
    own = f"--credentials '{places.etc}/credentials' --owner '{OWNER}'"
    release = make_release("0.1.0")
    command = release.folder / "bin" / "okienko-broker"
    command.write_text(f"#!/bin/sh\ncd '{ROOT}' && exec '{sys.executable}' -m broker \"$@\" {files} {own}\n")
    command.chmod(0o755)
    return release


def test_a_program_is_who_its_settings_say(places):
    (places.etc / "kiosk.toml").write_text("id = 'kiosk-7'\n")
    assert own_clients(places, ("broker", "kiosk", "display")) == {
        "broker": "broker",
        "kiosk": "kiosk-7",
        "display": "display-1",
    }


@pytest.mark.parametrize(
    ("settings", "desks"),
    [
        ("id = 'desk-30'\n", ["30"]),
        ("id = 'desk-left'\ndesk = '31'\n", ["31"]),
        ("id = 'desk-row'\n[[desks]]\ndesk = '30'\n[[desks]]\ndesk = '31'\n", ["30", "31"]),
    ],
)
def test_a_terminal_speaks_for_its_own_desks(places, settings, desks):
    (places.etc / "desk.toml").write_text(settings)
    assert own_desks(places) == desks


def test_settings_that_cannot_be_read_are_named_in_a_line(places):
    (places.etc / "desk.toml").write_text("id = \n")
    with pytest.raises(CannotInstall, match=r"desk\.toml: not TOML"):
        own_desks(places)


def test_a_kiosk_whose_admission_was_cut_off_gets_its_password_when_the_installer_runs_again(places, release, queue):
    assert "kiosk-1" not in kept(places.etc / "credentials")
    assert admit_own(places, ("broker", "kiosk"), release) == ["kiosk-1", "status"]
    assert "kiosk-1" in kept(places.etc / "credentials")
    assert admit_own(places, ("broker", "kiosk"), release) == []


def test_after_a_spoilt_file_of_passwords_was_deleted_the_installer_makes_it_anew(places, release, queue):
    file = places.etc / "credentials"
    file.write_text("spoilt")
    with pytest.raises(CannotInstall, match=r"delete the file and .* run the installer again"):
        make_accounts(release)
    file.unlink()
    make_accounts(release)
    assert "desk-1" in admit_own(places, ("broker", "desk"), release)
    assert set(kept(file)) == {"broker", "desk-1", "status"}
    with closing(connect_existing(queue)) as connection:
        assert registered(connection)["desk-1"] == ("30", "31"), "the desks that somebody gave it stay"


def test_a_kiosk_with_a_password_in_its_settings_keeps_that(places, release, queue):
    (places.etc / "kiosk.toml").write_text("mqtt = 'mqtt://kiosk-1:secret@127.0.0.1'\n")
    assert admit_own(places, ("broker", "kiosk"), release) == ["status"]
