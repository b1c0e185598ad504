"""What a clerk asks for with a number and a key."""

import msgspec
import pytest

from broker.contract.messages import PauseReason, decode_request, encode
from desk_terminal.keys import Key
from desk_terminal.typed import Target, Unclear, order
from tests.desk_terminal.doubles import desk

TRANSFERS = {"2": Target(category="business"), "7": Target(desk="31")}
PAUSES = [PauseReason("lunch", {"pl": "Przerwa śniadaniowa"}), PauseReason("post", {"pl": "Poczta"})]


def asked(key, typed="", **state):
    """Return what goes to the broker, as it reads it."""
    order_ = order(key, typed, "r1", "30", desk(**{"pauses": PAUSES, **state}), TRANSFERS)
    if isinstance(order_, Unclear):
        return order_
    request = msgspec.json.decode(encode(decode_request(order_.verb, encode(order_.request))))
    assert (request.pop("request_id"), request.pop("desk")) == ("r1", "30")
    return order_.verb, request


@pytest.mark.parametrize(
    ("typed", "key", "wanted"),
    [
        ("017", Key.CALL, ("call", {"number": "017"})),
        ("D017", Key.CALL, ("call", {"number": "D017"})),
        ("2", Key.TRANSFER, ("transfer", {"to_category": "business"})),
        ("7", Key.TRANSFER, ("transfer", {"to_desk": "31"})),
        ("28", Key.TRANSFER, ("transfer", {"to_desk": "28"})),
        ("4711", Key.OPEN, ("open", {"clerk": "4711"})),
        ("", Key.OPEN, ("open", {})),
        ("017", Key.RESUME, ("resume", {"number": "017"})),
        ("017", Key.HOLD, ("hold", {"number": "017"})),
        ("", Key.HOLD, ("hold", {})),
        ("2", Key.PAUSE, ("pause", {"reason": "post"})),
        ("", Key.PAUSE, ("pause", {})),
    ],
)
def test_a_number_and_a_key_are_one_request(typed, key, wanted):
    assert asked(key, typed) == wanted


@pytest.mark.parametrize(("status", "wanted"), [("closed", ("open", {"clerk": "4711"})), ("free", ("close", {}))])
def test_a_clerks_code_goes_with_open_close_where_it_opens(status, wanted):
    assert asked(Key.OPEN_CLOSE, "4711", status=status) == wanted


@pytest.mark.parametrize("key", [Key.NEXT, Key.RECALL, Key.START, Key.FINISH, Key.NO_SHOW, Key.UNDO, Key.CLOSE])
def test_a_key_that_takes_no_number_acts_without_it(key):
    assert asked(key, "017") == (str(key), {})


@pytest.mark.parametrize("key", [Key.CALL, Key.TRANSFER, Key.RESUME])
def test_a_key_that_needs_a_number_asks_for_it(key):
    assert asked(key) == Unclear("no_number")


def test_resume_alone_means_the_only_one_who_will_come_back():
    assert asked(Key.RESUME, held=["D017"]) == ("resume", {"number": "D017"})
    assert asked(Key.RESUME, "018", held=["D017"]) == ("resume", {"number": "018"})


def test_resume_alone_offers_those_who_will_come_back_when_they_are_several():
    assert asked(Key.RESUME, held=["D017", "P017"]) == Unclear("choices", ("D017", "P017"))


@pytest.mark.parametrize("typed", ["0", "3", "A", "²"])
def test_a_reason_that_the_office_does_not_have_is_refused(typed):
    assert asked(Key.PAUSE, typed) == Unclear("no_such_pause")


def test_an_office_without_reasons_and_a_desk_not_yet_heard_of_know_no_reason():
    assert asked(Key.PAUSE, "1", pauses=[]) == Unclear("no_such_pause")
    assert order(Key.PAUSE, "1", "r1", "30", None, {}) == Unclear("no_such_pause")


@pytest.mark.parametrize("there", [{}, {"category": "business", "desk": "31"}])
def test_a_code_leads_to_one_place(there):
    with pytest.raises(ValueError, match="should be"):
        Target(**there)
