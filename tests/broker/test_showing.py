"""A clerk is told of a call that no wall has shown in time, and told no longer once one has."""

import json

import pytest

from broker import showing
from broker.contract import topics
from broker.contract.messages import DeskRequest, ShownRequest
from broker.showing import LATE_S, Showing

NOBODY = {}


class Walls:
    """An office with one resident called to desk 17; the seconds are in the test's hands."""

    def __init__(self, hallway):
        self.hallway = hallway
        self.showing = Showing()
        self.devices = NOBODY
        self._s = 1000.0
        hallway.at_desk("open")
        hallway.take()

    def up(self, client="display-1", status="up", **fields):
        health = {"status": status, "shows_calls": True} | fields
        self.showing.hear_health(topics.health(client), json.dumps(health).encode())
        return self

    def call(self, verb="next"):
        self.hallway.at_desk(verb)
        return self.after(0)

    def after(self, seconds):
        """Let time pass; return the desks that are told that their call stands on no wall."""
        self._s += seconds
        before = self.showing.unshown
        changed = self.showing.look(self.hallway.service.hall, self.devices, self._s)
        assert changed == (self.showing.unshown != before)
        return set(self.showing.unshown)


@pytest.fixture
def walls(hallway):
    return Walls(hallway)


def drawn(call):
    return ShownRequest("r", call, spoken=False)


def test_a_call_that_no_wall_confirmed_in_time_is_told_and_taken_back_when_one_does(walls):
    walls.up().call()
    assert walls.after(LATE_S - 0.1) == set()
    assert walls.after(0.2) == {"17"}
    assert walls.showing.hear(drawn(1))
    assert walls.after(0) == set()
    assert walls.after(60) == set()


def test_a_call_that_a_wall_confirmed_is_never_told(walls):
    walls.up().call()
    assert walls.showing.hear(drawn(1))
    assert walls.after(LATE_S + 1) == set()
    assert not walls.showing.hear(ShownRequest("r", 1)), "what is spoken as well belongs into the log"
    assert not walls.showing.hear(DeskRequest("r", "17"))


def test_a_call_that_was_spoken_needs_no_other_confirmation(walls):
    walls.up().call()
    assert walls.hallway.ask("shown", "display-1", call=1)["ok"]
    assert walls.after(LATE_S + 1) == set()


def test_an_office_without_a_wall_misses_none(walls):
    walls.up("kiosk-1", shows_calls=False).call()
    assert walls.after(LATE_S + 1) == set()
    walls.showing.hear_health(topics.health("display-1"), b"{")
    walls.showing.hear_health(topics.health("display-1"), b'{"status":"up"}')
    assert walls.after(1) == set()


def test_a_wall_that_dies_as_the_call_is_made_is_missed_and_one_that_was_off_before_is_not(walls):
    walls.up().call()
    walls.up(status="down")
    assert walls.after(LATE_S + 1) == {"17"}
    walls.call("recall")
    assert walls.after(LATE_S + 1) == set()


def test_a_registered_wall_is_missed_also_when_it_is_off_and_a_strangers_is_not(walls):
    walls.devices = {"display-1": (), "desk-17": ("17",)}
    walls.up("display-9").call()
    assert walls.after(LATE_S + 1) == set()
    walls.up(status="down")
    assert walls.after(1) == {"17"}


def test_each_recall_is_to_be_shown_anew(walls):
    walls.up().call()
    walls.showing.hear(drawn(1))
    walls.call("recall")
    assert walls.after(LATE_S + 1) == {"17"}
    walls.showing.hear(drawn(2))
    assert walls.after(0) == set()


@pytest.mark.parametrize("verb", ["start", "no_show", "undo", "close"])
def test_nothing_is_told_of_a_call_that_is_over(walls, verb):
    walls.up().call()
    assert walls.after(LATE_S + 1) == {"17"}
    assert walls.call(verb) == set()


def test_the_first_call_of_the_next_day_is_another_one(walls):
    walls.up().call()
    walls.showing.hear(drawn(1))
    walls.hallway.passes(days=1)
    walls.up()
    walls.hallway.at_desk("open")
    walls.hallway.take()
    walls.call()
    assert walls.after(LATE_S + 1) == {"17"}


def test_another_server_knows_other_walls(walls):
    walls.up()
    walls.showing.forget_walls()
    walls.call()
    assert walls.after(LATE_S + 1) == set()


def test_the_desks_state_says_so_while_it_is_so_and_a_confirmation_costs_no_write(hallway, monkeypatch):
    monkeypatch.setattr(showing, "LATE_S", 0.0)
    hallway.bus.say_health("display-1", status="degraded", shows_calls=True)
    hallway.at_desk("open")
    hallway.take()
    hallway.at_desk("next")
    assert hallway.bus.state(topics.desk("17"))["unshown"] is True
    said = []
    hallway._connection.connection.driver_connection.set_trace_callback(said.append)
    assert hallway.ask("shown", "display-1", call=1, spoken=False)["ok"]
    assert "unshown" not in hallway.bus.state(topics.desk("17"))
    assert not [statement for statement in said if statement.startswith("INSERT")]
    assert hallway.service.hall.shown == set(), "it was drawn, and not spoken yet"
    assert hallway.ask("shown", "display-1", call=1)["ok"]
    assert hallway.service.hall.shown == {1}


def test_an_unregistered_device_confirms_nothing(hallway, monkeypatch):
    monkeypatch.setattr(showing, "LATE_S", 0.0)
    hallway.bus.say_health("display-1", status="up", shows_calls=True)
    hallway.at_desk("open")
    hallway.take()
    hallway.at_desk("next")
    hallway.service._devices = {"display-1": ()}
    assert hallway.ask("shown", "display-9", call=1, spoken=False)["error"]["code"] == "not_allowed"
    assert hallway.bus.state(topics.desk("17"))["unshown"] is True
