"""Windows or a virtual screen."""

from broker.rehearsal.screen import windows_wanted


def test_what_was_asked_for_is_done():
    assert windows_wanted("yes", {})
    assert not windows_wanted("no", {"DISPLAY": ":0"})


def test_a_screen_that_is_gone_is_no_screen():
    assert not windows_wanted("auto", {})
    assert not windows_wanted("auto", {"DISPLAY": ":4711"})
