"""A registered device that floods a real broker through a real Mosquitto."""

import json
import time

from broker.contract import topics
from tests.clients import eventually


def test_a_device_that_floods_is_told_reported_and_left_alone_and_the_others_are_served(make_broker):
    broker = make_broker().start().ready()
    health = topics.health(topics.BROKER)
    flooder, kiosk = broker.client("kiosk-9"), broker.client("kiosk-1", health)
    for client in ("kiosk-1", "kiosk-9"):
        assert broker.devices("add", client).returncode == 0
    stranger = broker.client("kiosk-5")
    assert eventually(lambda: stranger.ask("ticket", category="fees").get("error"), 30)
    for number in range(5000):
        flooder.send("ticket", json.dumps({"request_id": f"f{number}", "category": "fees"}).encode())
    began = time.monotonic()
    assert kiosk.ask("ticket", category="id-cards")["ok"]
    assert time.monotonic() - began < 10
    answers = [json.loads(sent[0]) for sent in list(flooder.answers.values())]
    assert "slow_down" in {answer["error"]["code"] for answer in answers if not answer["ok"]}
    assert sum(answer["ok"] for answer in answers) < 500
    told = eventually(lambda: [p for p in kiosk.states.get(health, {}).get("problems", []) if p["code"] == "flood"], 30)
    assert "kiosk-9" in told[0]["detail"]
    assert flooder.send("ticket", b'{"request_id":"late","category":"fees"}')
    assert kiosk.ask("ticket", category="id-cards")["ok"]
    assert "late" not in flooder.answers
