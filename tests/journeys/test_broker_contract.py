"""What the broker promises whatever is thrown at it: first answers again, nothing late, nothing twice, no stop."""

import json
import resource
import subprocess

import pytest

from broker.contract import topics
from tests.clients import eventually
from tests.running_broker import office_with

BROKER_HEALTH = topics.health(topics.BROKER)
STATES = "okienko/state/#"


@pytest.fixture
def broker(make_broker):
    return make_broker(office=office_with(double_press_s=0)).start().ready()


def issued(kiosk, category="fees"):
    """Return the running number of the next ticket, which tells how many there were before."""
    return int(kiosk.ask("ticket", category=category)["ticket"]["number"][1:])


# -- state -----------------------------------------------------------------------------------------------------


def test_whoever_comes_late_hears_all_that_there_is_to_know(broker):
    kiosk, terminal = broker.client("kiosk-1"), broker.client("desk-17")
    terminal.ask("open", desk="17")
    numbers = [kiosk.ask("ticket", category="fees")["ticket"]["number"] for _ in range(3)]
    terminal.ask("next", desk="17")
    wall = broker.client("display-1", STATES)
    assert eventually(lambda: wall.states.get(topics.desk("17"), {}).get("status") == "calling")
    assert eventually(lambda: len(wall.states) == 2 + 31)
    board, desk, menu = wall.states[topics.BOARD], wall.states[topics.desk("17")], wall.states[topics.MENU]
    (call,) = board["calls"]
    assert (call["call"], call["number"], call["desk"], call["kind"]) == (1, numbers[0], "17", "call")
    assert call["label"].items() >= {"pl": "Stanowisko 17", "en": "Desk 17", "uk": "Віконце 17"}.items()
    (fees,) = (queue for queue in board["waiting"] if queue["category"] == "fees")
    assert (fees["waiting"], fees["wait_minutes"], fees["name"]["en"]) == (
        2,
        None,
        "Payments: perpetual usufruct, leases, vehicle fees",
    )
    assert (desk["ticket"]["number"], desk["waiting"], desk["serves"]) == (numbers[0], 2, ["fees"])
    assert eventually(lambda: {c["id"]: c["waiting"] for c in wall.states[topics.MENU]["categories"]}["fees"] == 2)
    assert (menu["day"], len(menu["categories"]), len(menu["groups"])) == (board["day"], 18, 7)


def test_the_wall_shows_the_newest_twelve_calls_and_recalls(broker):
    kiosk, terminal = broker.client("kiosk-1"), broker.client("desk-17", topics.BOARD)
    terminal.ask("open", desk="17")
    for _ in range(8):
        kiosk.ask("ticket", category="fees")
        terminal.ask("next", desk="17")
        terminal.ask("recall", desk="17")
    assert eventually(lambda: terminal.states.get(topics.BOARD, {"calls": [{"call": 0}]})["calls"][0]["call"] == 16)
    calls = terminal.states[topics.BOARD]["calls"]
    assert [call["call"] for call in calls] == list(range(16, 4, -1))
    assert [call["kind"] for call in calls[:2]] == ["recall", "call"]


# -- once and for all ------------------------------------------------------------------------------------------


def test_a_repeated_request_gets_the_very_same_answer_even_after_a_crash(broker):
    kiosk, terminal = broker.client("kiosk-1"), broker.client("desk-17")
    asked = [
        (kiosk, "ticket", {"request_id": kiosk.new_id(), "category": "fees"}),
        (terminal, "open", {"request_id": terminal.new_id(), "desk": "17"}),
        (terminal, "next", {"request_id": terminal.new_id(), "desk": "17"}),
    ]
    first = [client.ask(verb, **fields) for client, verb, fields in asked]
    assert all(answer["ok"] for answer in first)
    assert [client.ask(verb, **fields) for client, verb, fields in asked] == first
    kiosk.ask("ticket", category="fees")
    terminal.ask("next", desk="17")
    broker.kill()
    broker.start().ready()
    assert [client.ask(verb, **fields) for client, verb, fields in asked] == first
    for client, _, fields in asked:
        assert len(set(client.answers[fields["request_id"]])) == 1, "to the byte"
    assert issued(kiosk) == 3


def test_a_repeated_refusal_stays_a_refusal_and_calls_nobody(broker):
    kiosk, terminal = broker.client("kiosk-1"), broker.client("desk-17")
    terminal.ask("open", desk="17")
    assert terminal.ask("next", request_id="bounced", desk="17")["error"]["code"] == "nothing_waiting"
    kiosk.ask("ticket", category="fees")
    assert terminal.ask("next", request_id="bounced", desk="17")["error"]["code"] == "nothing_waiting"
    assert len(set(terminal.answers["bounced"])) == 1
    assert terminal.ask("next", desk="17")["ok"]


def test_what_was_asked_while_the_broker_was_down_is_not_carried_out_later(broker):
    kiosk = broker.client("kiosk-1")
    assert issued(kiosk) == 1
    broker.kill()
    kiosk.send("ticket", b'{"request_id":"while-down","category":"fees"}')
    broker.start().ready()
    assert issued(kiosk) == 2
    assert "while-down" not in kiosk.answers


def test_a_retained_request_is_not_carried_out_again_at_every_start(make_broker):
    broker = make_broker()
    kiosk = broker.client("kiosk-1")
    kiosk.send("ticket", b'{"request_id":"kept","category":"fees"}', retain=True)
    broker.start().ready()
    assert issued(kiosk) == 1
    kiosk.send("ticket", b'{"request_id":"live","category":"fees"}', retain=True)
    kiosk.wait_for("live")
    broker.kill()
    broker.start().ready()
    assert issued(kiosk) == 3
    assert "kept" not in kiosk.answers
    assert len(kiosk.answers["live"]) == 1


def test_two_desks_that_press_at_once_never_call_the_same_resident(broker):
    kiosk = broker.client("kiosk-1")
    desks = {desk: broker.client(f"desk-{desk}") for desk in ("26", "27", "28", "29")}
    numbers = {kiosk.ask("ticket", category="id-cards")["ticket"]["number"] for _ in range(40)}
    for desk, terminal in desks.items():
        terminal.ask("open", desk=desk)
    called = []
    for press in range(10):
        for desk, terminal in desks.items():
            terminal.send("next", json.dumps({"request_id": f"{desk}/{press}", "desk": desk}).encode())
        for desk, terminal in desks.items():
            called.append(json.loads(terminal.wait_for(f"{desk}/{press}")[0])["ticket"]["number"])
    assert len(called) == 40
    assert set(called) == numbers


def test_a_flood_of_tickets_is_answered_whole_and_each_number_is_new(broker):
    kiosk = broker.client("kiosk-1")
    categories = ("fees", "taxes", "filing", "information", "housing", "mzgo")
    for ticket in range(5000):
        kiosk.send("ticket", b'{"request_id":"%d","category":"%s"}' % (ticket, categories[ticket % 6].encode()))
    assert eventually(lambda: len(kiosk.answers) == 5000, timeout_s=60)
    numbers = [json.loads(answers[0])["ticket"]["number"] for answers in kiosk.answers.values()]
    assert len(set(numbers)) == 5000


# -- rubbish ---------------------------------------------------------------------------------------------------

ANSWERED = {
    "an unknown verb": ("dance", b'{"request_id":"r"}'),
    "no desk": ("next", b'{"request_id":"r"}'),
    "a desk that is a number": ("next", b'{"request_id":"r","desk":30}'),
    "a category that is a list": ("ticket", b'{"request_id":"r","category":["fees"]}'),
    "an empty category": ("ticket", b'{"request_id":"r","category":""}'),
    "a long category": ("ticket", b'{"request_id":"r","category":"%s"}' % (b"f" * 65)),
    "a result that is none": ("printed", b'{"request_id":"r","number":"D001","result":"perhaps"}'),
    "a call that is a text": ("shown", b'{"request_id":"r","call":"1"}'),
    "a call beyond counting": ("shown", b'{"request_id":"r","call":%s}' % (b"9" * 300)),
    "a long reason": ("pause", b'{"request_id":"r","desk":"30","reason":"%s"}' % (b"x" * 101)),
    "a letter that is none": ("next", rb'{"request_id":"r","desk":"\u0000"}'),
}
COUNTED = {
    "nothing": ("next", b""),
    "no JSON": ("next", b"next please"),
    "half of a message": ("next", b'{"request_id":"r","desk":'),
    "invalid UTF-8": ("next", b'{"request_id":"\xff\xfe","desk":"30"}'),
    "half of a letter": ("next", rb'{"request_id":"\ud800","desk":"30"}'),
    "a list": ("next", b"[1, 2, 3]"),
    "null": ("next", b"null"),
    "a number for an id": ("next", b'{"request_id":7,"desk":"30"}'),
    "an empty id": ("next", b'{"request_id":"","desk":"30"}'),
    "an id that is a book": ("next", b'{"request_id":"%s","desk":"30"}' % (b"r" * 65)),
    "deep nesting": ("next", b"[" * 100_000),
    "deep nesting in short": ("next", b'{"request_id":"r","desk":' + b"[" * 8000),
    "deep nesting in a field nobody knows": ("next", b'{"x":' + b"[" * 4000 + b"]" * 4000 + b"}"),
    "a megabyte": ("next", b'{"request_id":"r","desk":"%s"}' % (b"3" * 1_000_000)),
    "a mebibyte of noise": ("ticket", bytes(range(256)) * 4096),
}


@pytest.fixture(scope="module")
def shared_hall(tmp_path_factory):
    """One broker that has to outlive every malformed message of this module."""
    from broker.mosquitto import PrivateMosquitto
    from tests.running_broker import RunningBroker

    broker = RunningBroker(tmp_path_factory.mktemp("hall"), f"embedded:{PrivateMosquitto().port}")
    broker.start()
    yield broker.ready()
    broker.close()


@pytest.mark.parametrize("what", ANSWERED)
def test_a_malformed_request_with_an_id_is_answered(shared_hall, what):
    desk = shared_hall.client("desk-30")
    verb, payload = ANSWERED[what]
    desk.send(verb, payload)
    (answer,) = desk.wait_for("r")
    desk.stop()
    assert json.loads(answer)["error"]["code"] in {"bad_request", "unknown_desk"}


@pytest.mark.parametrize("what", COUNTED)
def test_a_malformed_request_without_an_id_stops_nothing(shared_hall, what):
    desk = shared_hall.client("desk-30")
    desk.send(*COUNTED[what])
    assert desk.ask("ticket", category="information")["ok"]
    assert "r" not in desk.answers
    desk.stop()


@pytest.mark.parametrize("client", ["Kiosk", "kiosk 1", "kiosk'1", "zażółć", "", "k" * 65, "../broker", ".", "$SYS"])
def test_a_client_whose_id_no_device_may_have_is_not_served(shared_hall, client):
    stranger, kiosk = shared_hall.client("stranger", "okienko/reply/#"), shared_hall.client("kiosk-1")
    stranger.bus.publish(f"okienko/request/{client}/ticket", b'{"request_id":"odd","category":"taxes"}')
    stranger.bus.publish(f"okienko/request/{client}/ticket/now", b'{"request_id":"odd","category":"taxes"}')
    number = kiosk.ask("ticket", category="taxes")["ticket"]["number"]
    assert kiosk.ask("cancel", number=number)["ok"]
    assert eventually(lambda: "okienko/reply/kiosk-1" in stranger.states)
    assert [topic for topic in stranger.states if not topic.endswith("/kiosk-1")] == []
    stranger.stop()
    kiosk.stop()


def test_malformed_requests_are_counted_in_the_brokers_health(broker):
    kiosk = broker.client("kiosk-1", BROKER_HEALTH)
    for verb, payload in COUNTED.values():
        kiosk.send(verb, payload)
    assert eventually(
        lambda: kiosk.states.get(BROKER_HEALTH, {}).get("counters", {}).get("bad_messages", 0) >= len(COUNTED)
    )
    assert kiosk.states[BROKER_HEALTH]["status"] == "up", "it is the clients that are at fault"
    assert kiosk.states[BROKER_HEALTH]["counters"]["faults"] == 0
    assert "Traceback" not in broker.log


# -- a full disk -----------------------------------------------------------------------------------------------


def test_a_full_disk_gives_no_ticket_and_heals_by_itself(broker):
    kiosk = broker.client("kiosk-1", BROKER_HEALTH, topics.BOARD)
    assert issued(kiosk) == 1
    before = resource.prlimit(broker.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(broker.pid, resource.RLIMIT_FSIZE, (4096, before[1]))
    assert kiosk.ask("ticket", request_id="in-vain", category="fees")["error"]["code"] == "storage_failed"
    assert kiosk.code("ticket", category="fees") == "storage_failed"
    assert eventually(lambda: kiosk.states.get(BROKER_HEALTH, {}).get("status") == "degraded")
    assert [problem["code"] for problem in kiosk.states[BROKER_HEALTH]["problems"]] == ["storage"]
    waiting = {queue["category"]: queue["waiting"] for queue in kiosk.states[topics.BOARD]["waiting"]}
    assert waiting["fees"] == 1, "nobody hears of what was not stored"
    resource.prlimit(broker.pid, resource.RLIMIT_FSIZE, before)
    answer = kiosk.ask("ticket", request_id="in-vain", category="fees")
    assert answer["ticket"]["number"] == "O002"
    assert eventually(lambda: kiosk.states[BROKER_HEALTH]["status"] == "up")
    broker.kill()
    broker.start().ready()
    assert kiosk.ask("ticket", request_id="in-vain", category="fees") == answer
    assert issued(kiosk) == 3


# -- by hand ---------------------------------------------------------------------------------------------------


def test_a_ticket_and_a_call_can_be_had_with_mosquitto_pub_and_mosquitto_sub(broker):
    port = broker.url.rpartition(":")[2]
    topics = ("-t", "okienko/reply/hand", "-t", "okienko/state/board")
    wall = subprocess.Popen(
        ["mosquitto_sub", "-h", "127.0.0.1", "-p", port, "-q", "1", "-v", *topics],
        stdout=subprocess.PIPE,
        text=True,
    )

    def heard(topic):
        while line := wall.stdout.readline():
            said, _, payload = line.partition(" ")
            if said == topic:
                return json.loads(payload)
        raise AssertionError("mosquitto_sub ended")

    def say(verb, message):
        words = ["-q", "1", "-t", f"okienko/request/hand/{verb}", "-m", message]
        subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", port, *words], check=True, timeout=10)

    try:
        assert heard("okienko/state/board")["calls"] == []
        say("ticket", '{"request_id": "1", "category": "id-cards", "language": "pl"}')
        assert heard("okienko/reply/hand")["ticket"]["number"] == "D001"
        say("open", '{"request_id": "2", "desk": "30"}')
        assert heard("okienko/reply/hand")["desk"]["status"] == "free"
        say("next", '{"request_id": "3", "desk": "30"}')
        while not (board := heard("okienko/state/board"))["calls"]:
            pass
        assert (board["calls"][0]["number"], board["calls"][0]["desk"]) == ("D001", "30")
    finally:
        wall.kill()
        wall.communicate()
