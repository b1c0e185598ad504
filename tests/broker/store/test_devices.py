"""The list of devices that may speak."""

from broker.store.devices import register, registered, revoke


def test_a_new_office_has_registered_nobody(connection):
    assert registered(connection) == {}


def test_a_device_is_registered_changed_and_struck_off(connection, beside):
    register(beside, "desk-30", ("30",))
    register(beside, "kiosk-1", ())
    register(beside, "desk-30", ("30", "31"))
    assert registered(connection) == {"desk-30": ("30", "31"), "kiosk-1": ()}
    assert revoke(beside, "desk-30")
    assert not revoke(beside, "desk-30")
    assert registered(connection) == {"kiosk-1": ()}
