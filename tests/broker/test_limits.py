"""How much one device may ask, and in which order the requests of several are taken."""

from hypothesis import given
from hypothesis import strategies as st

from broker.contract.messages import TicketRequest
from broker.inbox import Inbox
from broker.incoming import Incoming
from broker.limits import Allowance, Allowances, Bucket, taken

SOME = Allowance(per_s=20, burst=50)


def incoming(client, number):
    return Incoming(client, "ticket", TicketRequest(f"r{number}", "fees"))


@given(st.lists(st.floats(0, 3), max_size=300))
def test_no_device_gets_more_than_its_burst_and_its_rate(pauses):
    bucket, now, got = None, 0.0, 0
    for pause in pauses:
        now += pause
        bucket, there = taken(bucket, SOME, now)
        got += there
    assert got <= SOME.burst + SOME.per_s * now + 1e-6


@given(st.lists(st.floats(0.05, 3), max_size=300))
def test_a_device_that_keeps_to_the_rate_is_never_refused(pauses):
    bucket, now = None, 1000.0
    for pause in pauses:
        now += pause
        bucket, there = taken(bucket, SOME, now)
        assert there


def test_a_clock_that_steps_back_takes_nothing_away():
    bucket, there = taken(Bucket(1.0, 100.0), SOME, 50.0)
    assert there
    assert bucket == Bucket(0.0, 50.0)


def test_each_device_has_an_allowance_of_its_own_and_who_left_has_none():
    allowances = Allowances(Allowance(per_s=1, burst=1))
    assert allowances.take("kiosk-1", 0.0)
    assert not allowances.take("kiosk-1", 0.5)
    assert allowances.take("kiosk-2", 0.5)
    allowances.keep_only({"kiosk-2"})
    assert allowances.take("kiosk-1", 0.6)


def test_a_press_behind_ten_thousand_requests_of_another_is_the_second_to_be_taken():
    inbox = Inbox()
    for number in range(10_000):
        inbox.put(incoming("kiosk-1", number))
    inbox.put(incoming("desk-17", 1))
    assert len(inbox) == 10_001
    taken_out = inbox.empty()
    assert [one.client for one in taken_out[:3]] == ["kiosk-1", "desk-17", "kiosk-1"]
    assert len(taken_out) == 10_001
    assert not inbox
    assert inbox.empty() == []


@given(st.lists(st.sampled_from(["desk-1", "desk-2", "kiosk-1", "kiosk-2"]), max_size=60))
def test_every_device_is_answered_in_the_order_in_which_it_asked(clients):
    inbox = Inbox()
    for number, client in enumerate(clients):
        inbox.put(incoming(client, number))
    taken_out = inbox.empty()
    assert len(taken_out) == len(clients)
    for client in set(clients):
        numbers = [int(one.request.request_id[1:]) for one in taken_out if one.client == client]
        assert numbers == sorted(numbers)
        for place, one in enumerate(taken_out):
            if one.client == client:
                before = taken_out[:place]
                own = sum(other.client == client for other in before)
                assert place <= (own + 1) * len(set(clients)), "nobody is overtaken by more than one of each"
                break
