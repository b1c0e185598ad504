"""Who a machine's programs are in the hall."""

import pytest

from systemd.installer.clients import own_clients, own_desks
from systemd.installer.failure import CannotInstall


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
