"""The rehearsal is told from what was heard."""

import pytest

from broker.contract import topics
from broker.contract.messages import (
    DeskRequest,
    Error,
    PrintedRequest,
    Reply,
    ShownRequest,
    TicketRequest,
    encode,
)
from broker.rehearsal.chronicle import Chronicle, Line
from broker.rehearsal.facts import Announced
from tests.builders import board, call, menu, ticket


@pytest.fixture
def chronicle():
    chronicle = Chronicle()
    assert chronicle.heard(topics.MENU, encode(menu())) == []
    return chronicle


def told(chronicle, client, verb, request, **answer):
    """Return the lines for a request and its answer."""
    assert chronicle.heard(topics.request(client, verb), encode(request)) == []
    answer = {"ok": True} | answer
    return chronicle.heard(topics.reply(client), encode(Reply(request.request_id, **answer)))


def test_a_number_is_told_with_its_matter_and_those_before(chronicle):
    lines = told(chronicle, "kiosk-1", "ticket", TicketRequest("r1", "id-cards"), ticket=ticket("D004", ahead=2))
    assert lines == [Line("kiosk-1", "D004 Dowody osobiste, 2 before")]
    assert chronicle.facts.issued_at_the_kiosk == ["D004"]


def test_priority_and_language_of_a_resident_are_told(chronicle):
    lines = told(
        chronicle,
        "kiosk-2",
        "ticket",
        TicketRequest("r1", "id-cards", "small-child", "uk"),
        ticket=ticket("D004", priority="small-child", ahead=0),
    )
    assert lines == [Line("kiosk-2", "D004 Dowody osobiste, 0 before, priority: Z małym dzieckiem, in Ukrainian")]
    assert chronicle.facts.issued_at_the_kiosk == []


def test_a_call_is_told_once_however_often_the_board_is_heard(chronicle):
    first, again = call("D004", "30", 1), call("D004", "30", 2, kind="recall")
    assert chronicle.heard(topics.BOARD, encode(board(first))) == [Line("desk 30", "calls D004")]
    assert chronicle.heard(topics.BOARD, encode(board(again, first))) == [Line("desk 30", "calls D004 again")]
    assert chronicle.heard(topics.BOARD, encode(board(again, first))) == []
    assert sorted(chronicle.facts.calls) == [1, 2]


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("open", "opens"),
        ("start", "D017 is here"),
        ("finish", "D017 is served"),
        ("no_show", "D017 did not come"),
        ("close", "closes"),
    ],
)
def test_what_a_clerk_does_is_told(chronicle, verb, words):
    assert told(chronicle, "desk-30", verb, DeskRequest("r1", "30"), ticket=ticket()) == [Line("desk 30", words)]


def test_a_refused_key_is_told_with_its_reason(chronicle):
    error = Error("nothing_waiting", "desk 30: nobody waits")
    lines = told(chronicle, "desk-30", "next", DeskRequest("r1", "30"), ok=False, error=error)
    assert lines == [Line("desk 30", "next is refused: desk 30: nobody waits")]


def test_paper_that_came_out_and_paper_that_did_not_are_told(chronicle):
    assert told(chronicle, "kiosk-1", "printed", PrintedRequest("r1", "D004", "printed")) == [
        Line("kiosk-1", "D004 is on paper")
    ]
    assert told(chronicle, "kiosk-1", "printed", PrintedRequest("r2", "D005", "failed", "no paper")) == [
        Line("kiosk-1", "D005 could not be printed: no paper")
    ]
    assert chronicle.facts.printed == ["D004"]


def test_the_wall_is_quoted_and_its_confirmation_only_counted(chronicle):
    line = chronicle.announced(Announced(1, "D004", "30", True, "Numer D cztery, stanowisko trzydzieści."))
    assert line == Line("wall", "shows D004 at desk 30 and says „Numer D cztery, stanowisko trzydzieści.”")
    silent = chronicle.announced(Announced(2, "D005", "30", False, ""))
    assert silent == Line("wall", "shows D005 at desk 30")
    assert told(chronicle, "display-1", "shown", ShownRequest("r1", 1)) == []
    assert chronicle.facts.shown == {1}


def test_an_answer_that_comes_twice_and_nonsense_on_a_request_topic_are_not_told(chronicle):
    request = DeskRequest("r1", "30")
    assert told(chronicle, "desk-30", "open", request)
    assert chronicle.heard(topics.reply("desk-30"), encode(Reply("r1", ok=True))) == []
    assert chronicle.heard(topics.request("desk-30", "open"), b"\xff") == []
