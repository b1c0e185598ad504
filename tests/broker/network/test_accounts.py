"""Mosquitto's files of accounts and rights."""

import stat
import subprocess
import threading

import pytest

from broker.network.accounts import Accounts, NoAccounts, hashed
from broker.network.passwords import new_password
from tests.guests import Guest

SALT = bytes(range(12))


@pytest.fixture
def accounts(tmp_path):
    accounts = Accounts(tmp_path / "okienko")
    accounts.make()
    return accounts


def test_a_password_is_kept_as_mosquitto_passwd_keeps_it(tmp_path):
    """The same salt gives the same line; the salt is Mosquitto's own."""
    import base64

    file = tmp_path / "passwords"
    subprocess.run(["mosquitto_passwd", "-c", "-b", file, "kiosk-1", "secret"], check=True, capture_output=True)
    kept = file.read_text().strip().removeprefix("kiosk-1:")
    _, method, rounds, salt, _ = kept.split("$")
    assert method == "7"
    assert hashed("secret", base64.b64decode(salt), int(rounds)) == kept


def test_mosquitto_lets_in_whom_an_account_was_given_and_nobody_with_another_password(guarded):
    password = new_password()
    Accounts(guarded.mosquitto).give("kiosk-1", password, SALT)
    guarded.accounts()
    for word, is_let_in in ((password, True), (password[:-1], False), (password.upper(), False), ("", False)):
        guest = Guest(guarded.port, "kiosk-1", word)
        assert guest.come() == is_let_in
        guest.leave()


def test_a_password_has_140_bits_and_no_sign_that_is_taken_for_another():
    passwords = {new_password() for _ in range(200)}
    assert len(passwords) == 200
    signs = set("".join(passwords))
    assert len(signs) == 32
    assert not signs & set("lo01")
    assert {len(password) for password in passwords} == {28}


def test_the_files_are_for_mosquitto_alone_and_hold_no_password(accounts, tmp_path):
    accounts.give("kiosk-1", "secret-word", SALT)
    for name in ("passwords", "acl"):
        file = tmp_path / "okienko" / name
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "secret-word" not in file.read_text()


def test_who_is_struck_off_has_neither_account_nor_rights_left(accounts, tmp_path):
    for client in ("kiosk-1", "desk-17"):
        accounts.give(client, "secret", SALT)
    assert accounts.clients() == ["desk-17", "kiosk-1"]
    assert accounts.take("kiosk-1")
    assert not accounts.take("kiosk-1")
    assert accounts.clients() == ["desk-17"]
    assert "kiosk-1" not in (tmp_path / "okienko" / "acl").read_text()


def test_making_the_accounts_again_keeps_everybody(accounts):
    accounts.give("kiosk-1", "secret", SALT)
    accounts.make()
    assert accounts.clients() == ["kiosk-1"]


def test_devices_that_are_added_at_the_same_moment_are_all_there(accounts):
    clients = [f"desk-{number}" for number in range(20)]
    adding = [threading.Thread(target=accounts.give, args=(client, "secret", SALT)) for client in clients]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()
    assert accounts.clients() == sorted(clients)


def test_a_machine_without_the_files_says_what_is_missing(tmp_path):
    nowhere = Accounts(tmp_path / "nowhere")
    assert not nowhere.exist
    with pytest.raises(NoAccounts, match="No such file"):
        nowhere.give("kiosk-1", "secret", SALT)
    with pytest.raises(NoAccounts, match="with sudo"):
        nowhere.check()
