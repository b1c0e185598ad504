"""Each call is announced once, in order, one at a time: every rule of the queue, without a screen or a sound."""

from datetime import timedelta

from msgspec.structs import replace

from display.announcements import (
    Announce,
    Announcements,
    BoardHeard,
    Confirm,
    Confirmed,
    FallSilent,
    Memory,
    Played,
    Read,
    Remember,
    ShowOnly,
    after,
)
from tests.builders import NOON, board, call

DAY = "2026-11-23"


class Hall:
    """Feeds events to the queue and keeps what it asked for."""

    def __init__(self, memory=None):
        self.state = Announcements(memory or Memory())
        self.actions = []

    def hear(self, *events):
        for event in events:
            self.state, actions = after(self.state, event)
            self.actions += actions
        return self

    def board(self, *calls, at=NOON, **fields):
        return self.hear(BoardHeard(replace(board(*calls), **fields), at))

    def over(self, *calls):
        for number in calls:
            self.hear(Read(number), Played(number))
        return self

    def of(self, kind):
        return [action for action in self.actions if isinstance(action, kind)]

    @property
    def announced(self):
        return [action.call.call for action in self.of(Announce)]

    @property
    def silenced(self):
        return [action.call for action in self.of(FallSilent)]

    @property
    def confirmed(self):
        return [action.call for action in self.of(Confirm)]


ONE, TWO, THREE = call("D017", "26", 1), call("A003", "9", 2), call("K112", "7", 3)


def test_a_new_call_is_remembered_and_then_announced():
    hall = Hall().board(ONE)
    assert hall.actions == [Remember(Memory(DAY, 1, ONE.called_at, (1,))), Announce(ONE)]


def test_a_call_is_announced_once_however_often_the_board_is_heard():
    hall = Hall().board(ONE).board(ONE).over(1).board(ONE).over(1).board(ONE)
    assert hall.announced == [1]
    assert hall.confirmed == [1]


def test_three_calls_at_the_same_moment_are_announced_in_order_and_never_over_each_other():
    hall = Hall().board(THREE, TWO, ONE)
    assert hall.announced == [1]
    assert hall.over(1).announced == [1, 2]
    assert hall.over(2).announced == [1, 2, 3]
    assert hall.over(3).confirmed == [1, 2, 3]
    assert hall.state.on_air is None


def test_a_call_stays_on_air_until_it_was_both_read_and_heard():
    hall = Hall().board(TWO, ONE)
    assert hall.hear(Read(1)).announced == [1]
    assert hall.hear(Played(1)).announced == [1, 2]
    assert hall.hear(Played(2)).confirmed == [1]
    assert hall.hear(Read(2)).confirmed == [1, 2]


def test_the_end_of_another_call_ends_nothing():
    hall = Hall().board(TWO, ONE).over(7, 2)
    assert hall.announced == [1]
    assert hall.state.on_air.call == ONE


def test_a_recall_is_announced_again():
    again = call("D017", "26", 2, kind="recall")
    hall = Hall().board(ONE).over(1).board(again, ONE)
    assert hall.announced == [1, 2]


def test_a_call_older_than_a_minute_is_shown_and_confirmed_but_not_spoken():
    old, fresh = call("D017", "26", 1, seconds_ago=61), call("A003", "9", 2, seconds_ago=60)
    hall = Hall().board(fresh, old)
    assert hall.of(ShowOnly) == [ShowOnly(old)]
    assert hall.announced == [2]
    assert hall.confirmed == [1]


def test_a_wall_whose_clock_is_wrong_speaks_what_it_hears_live():
    hall = Hall().board(at=NOON + timedelta(hours=3))
    for calls in ((ONE,), (TWO, ONE)):
        hall.hear(BoardHeard(board(*calls), NOON + timedelta(hours=3), live=True)).over(1, 2)
    assert hall.announced == [1, 2]


def test_a_call_that_had_to_wait_for_its_turn_is_still_spoken():
    hall = Hall().board(TWO, ONE)
    hall.board(TWO, ONE, at=NOON + timedelta(seconds=300)).over(1)
    assert hall.announced == [1, 2]


def test_a_display_that_was_off_speaks_only_the_calls_still_worth_hearing():
    morning = [call("D017", "26", number, seconds_ago=4000 - number) for number in range(12, 1, -1)]
    hall = Hall(Memory(DAY, 4, NOON - timedelta(hours=2))).board(call("K112", "7", 13, seconds_ago=3), *morning)
    assert [action.call.call for action in hall.of(ShowOnly)] == list(range(5, 13))
    assert hall.announced == [13]
    assert len(hall.of(Remember)) == 1, "one write, not nine"
    assert hall.actions[0] == hall.of(Remember)[0], "and before anything is said"


def test_nothing_is_announced_twice_after_a_restart():
    before = Hall().board(TWO, ONE)
    memory = before.of(Remember)[-1].memory
    hall = Hall(memory).board(TWO, ONE)
    assert before.announced == [1]
    assert hall.announced == [2]


def test_what_was_not_yet_confirmed_is_confirmed_after_a_restart_and_the_rest_is_not():
    before = Hall().board(TWO, ONE).over(1, 2).hear(Confirmed(1))
    memory = before.of(Remember)[-1].memory
    assert memory.unconfirmed == (2,)
    hall = Hall(memory).board(TWO, ONE)
    assert hall.confirmed == [2]
    assert hall.announced == []
    assert hall.board(TWO, ONE).confirmed == [2]


def test_an_answer_that_comes_twice_is_written_down_once():
    hall = Hall().board(ONE).over(1).hear(Confirmed(1))
    written = len(hall.of(Remember))
    assert len(hall.hear(Confirmed(1)).of(Remember)) == written


def test_a_new_day_starts_anew():
    hall = Hall().board(TWO, ONE).over(1, 2)
    tomorrow = call("D001", "26", 1)
    hall.board(tomorrow, day="2026-11-24").over(1)
    assert hall.announced == [1, 2, 1]
    assert hall.state.memory.day == "2026-11-24"


def test_what_waited_for_its_turn_yesterday_is_not_announced_today():
    hall = Hall().board(THREE, TWO, ONE).board(day="2026-11-24").over(1)
    assert hall.announced == [1]
    assert hall.confirmed == [], "a call of yesterday has another meaning today"
    assert hall.state.queue == ()


def test_a_hall_set_up_afresh_on_the_same_day_is_heard_from_its_first_call():
    hall = Hall(Memory(DAY, 40, NOON - timedelta(hours=1))).board(ONE)
    assert hall.announced == [1]


def test_an_older_board_kept_by_the_mqtt_server_repeats_nothing():
    hall = Hall().board(THREE, TWO, ONE).over(1, 2, 3)
    hall.board(ONE).board(THREE, TWO, ONE)
    assert hall.announced == [1, 2, 3]


def test_a_call_that_the_clerk_undid_is_not_announced_any_more():
    hall = Hall().board(TWO, ONE).board(ONE).over(1)
    assert hall.announced == [1]


def test_a_call_that_was_undone_on_air_falls_silent_and_the_next_has_its_turn_at_once():
    hall = Hall().board(TWO, ONE).board(TWO)
    assert hall.actions[-3:] == [Remember(Memory(DAY, 2, TWO.called_at, (2,))), FallSilent(1), Announce(TWO)]
    assert hall.over(1, 2).confirmed == [2]


def test_a_call_undone_on_air_leaves_nothing_on_air_and_the_next_call_is_announced():
    hall = Hall().board(ONE).board()
    assert hall.silenced == [1]
    assert hall.state.on_air is None
    assert hall.over(1).board(TWO).over(2).board(TWO).announced == [1, 2]
    assert hall.confirmed == [2]


def test_with_a_call_its_recalls_are_undone():
    again = call("D017", "26", 2, kind="recall")
    hall = Hall().board(ONE).over(1).board(again, ONE).board()
    assert hall.silenced == [1, 2]
    assert hall.state.memory.unconfirmed == ()
    assert hall.board(THREE).announced == [1, 2, 3]


def test_a_call_undone_after_it_was_spoken_is_confirmed_no_more():
    hall = Hall().board(TWO, ONE).over(1, 2).board(ONE)
    assert hall.silenced == [2]
    assert hall.of(Remember)[-1].memory.unconfirmed == (1,)
    assert Hall(hall.state.memory).board(ONE).confirmed == [1]


def test_a_call_undone_while_the_display_was_off_is_neither_announced_nor_confirmed():
    memory = Hall().board(TWO, ONE).over(1).state.memory
    assert memory.unconfirmed == (1, 2)
    hall = Hall(memory).board(ONE)
    assert hall.silenced == [2]
    assert hall.confirmed == [1]
    assert hall.announced == []


def test_what_is_on_air_at_the_end_of_the_day_is_not_spoken_on_into_the_next():
    hall = Hall().board(ONE).board(day="2026-11-24")
    assert hall.silenced == [1]
    assert hall.over(1).confirmed == []


def test_a_call_pushed_off_a_full_board_still_has_its_turn():
    many = [call("D017", "26", number) for number in range(14, 0, -1)]
    hall = Hall().board(*many[2:]).board(*many[:12])
    assert hall.over(*range(1, 15)).announced == list(range(1, 15))
    assert hall.silenced == []


def test_a_call_undone_among_twelve_takes_none_of_those_pushed_off_with_it():
    many = [call("D017", "26", number) for number in range(15, 0, -1)]
    hall = Hall().board(*many[3:]).board(*many[1:13])
    hall.board(*many[2:13]).board(*many[2:13]).over(*range(1, 15))
    assert hall.announced == list(range(1, 14))
    assert hall.silenced == []


def test_a_call_undone_on_a_full_board_that_older_calls_fill_up_again_is_gone():
    many = [call("D017", "26", number) for number in range(13, 0, -1)]
    hall = Hall(Memory(DAY, 12, NOON)).board(*many[:12]).board(*many[1:])
    assert (hall.announced, hall.silenced) == ([13], [13])


def test_an_older_board_kept_by_the_mqtt_server_takes_nothing_back_and_announces_nothing_that_was_undone():
    hall = Hall().board(THREE, TWO, ONE, seq=7).board(TWO, ONE, seq=9)
    hall.board(THREE, seq=7)
    assert hall.state.on_air.call == ONE
    assert hall.board(TWO, ONE, seq=9).over(1, 2, 3).announced == [1, 2]
    assert hall.silenced == []


def test_before_the_first_call_of_the_day_nothing_happens():
    assert Hall().board().actions == []
