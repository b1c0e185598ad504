"""A device that says too much is slowed, one that floods is not listened to, and the others notice nothing."""

import json

import pytest

from broker.contract import topics
from broker.gate import DEAF_S, GRACE, GRACE_S, TOLD_S
from broker.store.devices import register

FLOOD = 2_000


@pytest.fixture
def hall(hallway):
    """A hall with registered devices, whose gate has a clock that the test moves."""
    for client, desks in (("kiosk-1", ()), ("kiosk-2", ()), ("desk-17", ("17",))):
        register(hallway._connection, client, desks)
    hallway.seconds = 1000.0
    hallway.service._gate._clock = lambda: hallway.seconds
    hallway.passes()
    hallway.published_before = len(hallway.bus.published)
    return hallway


def problem(hallway):
    hallway.passes()
    return [problem.detail for problem in hallway.bus.problems if problem.code == "flood"]


def later(hallway, seconds):
    hallway.seconds += seconds
    hallway.passes()


def flood(hallway, client, count, verb="ticket"):
    """Let a device send so many at once, in turns as the broker takes them."""
    for number in range(count):
        hallway.bus.arrive(client, verb, f"{client}-{hallway.seconds}-{number}", category="fees")
    while hallway.bus.arrived:
        hallway.service.turn(0)


def test_a_device_that_asks_too_often_is_told_to_slow_down_and_is_served_again_later(hall):
    flood(hall, "kiosk-1", 60)
    answers = hall.bus.answers().values()
    assert sum(answer["ok"] for answer in answers) == 50
    assert {answer["error"]["code"] for answer in answers if not answer["ok"]} == {"slow_down"}
    assert "kiosk-1 sent more than 20 messages a second" in problem(hall)[0]
    later(hall, 1)
    assert hall.ask("ticket", "kiosk-1", category="fees")["ok"]
    later(hall, TOLD_S)
    assert problem(hall) == []


def test_nobody_waits_behind_the_ten_thousand_requests_of_another(hall):
    for number in range(10_000):
        hall.bus.arrive("kiosk-1", "ticket", f"flood-{number}", category="fees")
    hall.bus.arrive("desk-17", "open", "press", desk="17")
    turns = 0
    while "press" not in hall.bus.answers():
        hall.service.turn(0)
        turns += 1
    served = [answer for answer in hall.bus.answers().values() if answer.get("ticket")]
    assert len(served) == 50, "of the flood no more was carried out than may be at once"
    assert turns < 40, "what is refused costs the time to look at its sender"
    assert hall.bus.answers()["press"]["ok"]


def test_few_of_the_refused_are_answered(hall):
    flood(hall, "kiosk-1", FLOOD)
    assert len(hall.bus.answers()) <= 50 + 20


def test_who_floods_is_not_listened_to_and_all_others_are(hall):
    flood(hall, "kiosk-1", FLOOD)
    assert topics.request("kiosk-1", "+") not in hall.bus.listening
    assert hall.bus.listening == {
        topic
        for client in ("broker", "desk-17", "kiosk-2")
        for topic in (topics.request(client, "+"), topics.health(client))
    }
    assert "kiosk-1" in problem(hall)[0]
    register(hall._connection, "kiosk-3", ())
    later(hall, 1)
    assert topics.request("kiosk-3", "+") in hall.bus.listening, "a new device is heard all the same"
    later(hall, DEAF_S)
    assert hall.bus.listening == {topics.ALL_REQUESTS, topics.ALL_HEALTH}
    assert hall.ask("ticket", "kiosk-1", category="fees")["ok"]


def test_who_floods_again_and_again_is_not_listened_to_for_longer_and_longer(hall):
    for seconds in (DEAF_S, DEAF_S * 2, DEAF_S * 4):
        flood(hall, "kiosk-1", FLOOD)
        later(hall, seconds - 1)
        assert topics.ALL_REQUESTS not in hall.bus.listening
        later(hall, 1)
        assert topics.ALL_REQUESTS in hall.bus.listening


def test_what_a_flooder_had_said_before_is_thrown_away_unless_it_is_much(hall):
    flood(hall, "kiosk-1", 300)
    hall.seconds += GRACE_S
    flood(hall, "kiosk-1", 300)
    assert topics.request("kiosk-1", "+") not in hall.bus.listening
    assert hall.bus.renewed == 0, "the others' requests wait in the same connection"
    assert hall.bus.answers().keys() == {f"kiosk-1-1000.0-{number}" for number in range(50 + 20)}


def test_where_much_waits_of_a_flooder_it_is_left_with_its_connection(hall):
    flood(hall, "kiosk-1", FLOOD)
    assert hall.bus.renewed == 0, "it may have been said in one moment, and be over"
    for _ in range(2):
        hall.seconds += GRACE_S
        flood(hall, "kiosk-1", GRACE)
        assert hall.bus.renewed == 1


def test_a_flood_of_healths_is_a_flood(hall):
    for number in range(FLOOD):
        hall.bus.say_health("kiosk-1", status="up", since="2026-11-23T08:00:00Z", version=str(number))
    while hall.bus.arrived:
        hall.service.turn(0)
    assert topics.health("kiosk-1") not in hall.bus.listening


def test_clients_that_are_not_registered_share_one_allowance(hall):
    for number in range(100):
        hall.bus.arrive(f"stranger-{number}", "ticket", f"r{number}", category="fees")
    while hall.bus.arrived:
        hall.service.turn(0)
    codes = [answer["error"]["code"] for answer in hall.bus.answers().values()]
    assert codes.count("not_allowed") == 50
    assert codes.count("slow_down") == 20
    assert "an unregistered client" in problem(hall)[0]


def test_where_nobody_is_registered_nobody_is_slowed(hallway):
    flood_of = 300
    for number in range(flood_of):
        hallway.bus.arrive("kiosk-1", "printed", f"r{number}", number="D001", result="printed")
    while hallway.bus.arrived:
        hallway.service.turn(0)
    codes = {json.dumps(answer["error"]["code"]) for answer in hallway.bus.answers().values()}
    assert len(hallway.bus.answers()) == flood_of
    assert '"slow_down"' not in codes
