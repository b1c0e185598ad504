"""One cut is a cable, many in a row are a namesake."""

from broker.contract.cuts import CUTS_TO_TELL, SHORT_S, Cuts


def test_a_connection_that_is_lost_now_and_then_is_nothing_strange():
    cuts = Cuts()
    for hour in range(10):
        cuts = cuts.linked(hour * 3600.0).cut(hour * 3600.0 + 600)
        assert not cuts.suspicious(hour * 3600.0 + 600)


def test_connections_cut_off_at_once_are_suspicious_until_one_holds():
    cuts = Cuts()
    for second in range(CUTS_TO_TELL):
        assert not cuts.suspicious(second)
        cuts = cuts.linked(second).cut(second + SHORT_S / 4)
    cuts = cuts.linked(100.0)
    assert cuts.suspicious(100.0)
    assert not cuts.suspicious(100.0 + SHORT_S)
    assert not cuts.cut(200.0).linked(201.0).suspicious(201.0)
