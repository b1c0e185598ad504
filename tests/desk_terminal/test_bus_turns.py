"""Whose turn it is on the RS-485 line."""

import pytest
from msgspec.structs import replace

from desk_terminal.bus_talk import Talk
from desk_terminal.bus_turns import due, next_talk
from desk_terminal.wiring import Bus

BUS = Bus("/dev/x", poll_s=0.05, seek_s=1.0)


def talk(address, asked_at, **fields):
    return Talk(address, session=0, asked_at=asked_at, greeted=True, **fields)


def test_the_keypad_that_has_waited_longest_is_asked_next():
    assert next_talk([talk(1, 9.9), talk(2, 9.8), talk(3, 9.85)], BUS, 10.0).address == 2


def test_nobody_is_asked_before_it_is_due():
    waiting = [talk(1, 9.99), talk(2, 9.98)]
    assert next_talk(waiting, BUS, 10.0) is None
    assert [due(one, BUS) for one in waiting] == pytest.approx([10.04, 10.03])


def test_a_silent_keypad_is_asked_seldom():
    silent = talk(1, 9.5, silent=True)
    assert next_talk([silent], BUS, 10.0) is None
    assert next_talk([silent], BUS, 10.5) == silent


def test_what_a_clerk_waits_to_see_goes_before_the_others():
    news = talk(1, 9.99, wanted=("L", b"1"))
    assert next_talk([news, talk(2, 9.6)], BUS, 10.0) == news
    assert next_talk([replace(news, silent=True), talk(2, 9.6)], BUS, 10.0).address == 2


def test_a_keypad_with_news_without_end_lets_the_others_have_their_turn():
    now, talks, asked = 10.0, {n: talk(n, 9.9) for n in range(1, 17)}, []
    for _ in range(400):
        chosen = next_talk(talks.values(), BUS, now)
        asked.append(chosen.address)
        talks[chosen.address] = replace(chosen, asked_at=now, wanted=("L", b"1") if chosen.address == 1 else None)
        now += 0.015
    assert min(asked.count(address) for address in range(2, 17)) >= 4
    assert asked.count(1) > 100
