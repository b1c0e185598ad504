"""The rehearsal is told from what was heard."""

import pytest

from broker.contract import topics
from broker.contract.messages import (
    Desk,
    DeskRequest,
    Error,
    HoldRequest,
    PauseReason,
    PauseRequest,
    PrintedRequest,
    Reply,
    ShownRequest,
    TicketRequest,
    TransferRequest,
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
        ("hold", "D017 will come back"),
        ("resume", "D017 is back, and waits in the old place"),
        ("pause", "pauses"),
        ("close", "closes"),
    ],
)
def test_what_a_clerk_does_is_told(chronicle, verb, words):
    request = HoldRequest("r1", "30", "017")
    assert told(chronicle, "desk-30", verb, request, ticket=ticket()) == [Line("desk 30", words)]


def test_a_resident_who_is_sent_on_is_told_with_the_matter_or_the_desk(chronicle):
    to_matter = TransferRequest("r1", "30", to_category="population")
    assert told(chronicle, "desk-30", "transfer", to_matter, ticket=ticket()) == [
        Line("desk 30", "sends D017 on to Ewidencja ludności")
    ]
    assert told(chronicle, "desk-30", "transfer", TransferRequest("r2", "30", to_desk="31"), ticket=ticket()) == [
        Line("desk 30", "sends D017 on to desk 31")
    ]


def test_a_pause_is_told_with_the_name_of_its_reason(chronicle):
    state = Desk("30", "free", 0, pauses=[PauseReason("paperwork", {"pl": "Dokumenty"})])
    assert chronicle.heard(topics.desk("30"), encode(state)) == []
    pause = PauseRequest("r1", "30", "paperwork")
    assert told(chronicle, "desk-30", "pause", pause) == [Line("desk 30", "pauses: Dokumenty")]


def test_a_call_that_is_taken_back_is_told_once_and_its_resident_waits_again(chronicle):
    first, second = call("D004", "30", 1), call("D005", "31", 2)
    chronicle.heard(topics.BOARD, encode(board(second, first)))
    gone = [Line("desk 31", "takes back the call of D005")]
    assert chronicle.heard(topics.BOARD, encode(board(first))) == gone
    assert chronicle.heard(topics.BOARD, encode(board(first))) == []
    assert chronicle.facts.taken_back == {2}
    lines = told(chronicle, "desk-31", "undo", DeskRequest("r1", "31"), ticket=ticket("D005"))
    assert lines == [Line("desk 31", "D005 waits again")]


def test_a_call_that_is_too_old_for_the_board_was_not_taken_back(chronicle):
    calls = [call(f"D{number:03d}", "30", number) for number in range(1, 14)]
    chronicle.heard(topics.BOARD, encode(board(*reversed(calls[:12]))))
    chronicle.heard(topics.BOARD, encode(board(*reversed(calls[1:]))))
    assert chronicle.facts.taken_back == set()


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
