"""What the broker still has to be told."""

from broker.contract.messages import PrintedRequest
from kiosk.outbox import MOST, TRIES, Outbox


def report(number):
    return PrintedRequest(f"r{number}", number, "printed")


def test_a_report_is_repeated_until_it_is_answered():
    outbox = Outbox().with_letter("printed", report("D001"))
    assert [letter.request.number for letter in outbox.due(0.0)] == ["D001"]
    outbox = outbox.sent("rD001", 0.0, 3.0)
    assert outbox.due(2.9) == ()
    assert len(outbox.due(3.0)) == 1
    assert outbox.answered("rD001").letters == ()


def test_a_report_that_nobody_wants_is_given_up_in_the_end():
    outbox = Outbox().with_letter("printed", report("D001"))
    for now in range(TRIES):
        assert len(outbox.due(now)) == 1
        outbox = outbox.sent("rD001", now, 1.0)
    assert outbox.letters == ()


def test_a_day_without_a_broker_does_not_fill_the_memory():
    outbox = Outbox()
    for number in range(MOST + 10):
        outbox = outbox.with_letter("printed", report(f"D{number:03}"))
    assert len(outbox.letters) == MOST
    assert outbox.letters[0].request.number == "D010", "the oldest is forgotten first"
