"""A registered device that floods a real broker through a real Mosquitto."""

import json
import time

from broker.contract import topics
from tests.clients import eventually


def test_a_device_that_floods_is_told_reported_and_left_alone_and_the_others_are_served(make_broker):
    broker = make_broker().start().ready()
    health = topics.health(topics.BROKER)
    flooder, kiosk = broker.client("kiosk-9"), broker.client("kiosk-1", health)
    for client in ("kiosk-9", "kiosk-1"):
        assert broker.devices("add", client).returncode == 0
    stranger = broker.client("kiosk-5")
    while stranger.ask("ticket", category="fees")["ok"]:
        time.sleep(0.2)  # until the broker has read who is registered
    while not kiosk.ask("ticket", category="fees")["ok"]:
        time.sleep(0.2)  # the other one is known before
    for number in range(5000):
        flooder.send("ticket", json.dumps({"request_id": f"f{number}", "category": "fees"}).encode())
    assert kiosk.insist("ticket", 1, category="id-cards")["ok"]
    answers = [json.loads(sent[0]) for sent in list(flooder.answers.values())]
    assert sum(answer["ok"] for answer in answers) < 500

    def told():
        problems = kiosk.states.get(health, {}).get("problems", [])
        return [problem["detail"] for problem in problems if problem["code"] == "flood"]

    assert eventually(lambda: any("kiosk-9" in detail for detail in told()), 30)
    assert flooder.send("ticket", b'{"request_id":"late","category":"fees"}')
    assert kiosk.insist("ticket", 1, category="id-cards")["ok"]
    assert "late" not in flooder.answers


def test_a_device_that_is_only_too_quick_is_told_to_slow_down(make_broker):
    broker = make_broker().start().ready()
    kiosk, stranger = broker.client("kiosk-1"), broker.client("kiosk-5")
    assert broker.devices("add", "kiosk-1").returncode == 0
    while stranger.ask("ticket", category="fees")["ok"]:
        time.sleep(0.2)
    for number in range(100):
        kiosk.send("ticket", json.dumps({"request_id": f"q{number}", "category": "fees"}).encode())
    answers = json.loads(kiosk.wait_for("q50")[0]), json.loads(kiosk.wait_for("q0")[0])
    assert answers[1]["ok"]
    codes = {json.loads(sent[0]).get("error", {}).get("code") for sent in list(kiosk.answers.values())}
    (refused,) = codes - {None}
    assert refused == "slow_down"
