"""Runs inside a machine that is a broker: a kiosk asks for a ticket and a desk calls it, by the contract alone.

Started with the Python of the version that is installed. Prints a line of JSON.
"""

import json
import queue
import subprocess
import sys
import time
import uuid
from pathlib import Path

from broker.contract.bus import Bus
from broker.contract.credentials import server_for

sys.path.insert(0, str(Path(__file__).parent))

import units

MQTT, CREDENTIALS = "mqtt://127.0.0.1:1883", "/etc/okienko/credentials"
PATIENCE_S = 300


class Device:
    """A device of this machine, with a password of its own."""

    def __init__(self, client, *words):
        add = ["okienko-broker", "device", "add", client, *words, "--here"]
        subprocess.run(add, check=True, capture_output=True, timeout=PATIENCE_S)
        self._client, self._heard = client, queue.Queue()
        self._bus = Bus(server_for(MQTT, client, CREDENTIALS), client, "proof")
        self._bus.watch_raw(f"okienko/reply/{client}", lambda _topic, payload: self._heard.put(json.loads(payload)))
        self._bus.start()

    def ask(self, verb, **fields):
        """Ask until the answer is yes; return what it gives. A broker takes note of a new device within seconds."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            asked = {"request_id": uuid.uuid4().hex, **fields}
            self._bus.publish(f"okienko/request/{self._client}/{verb}", json.dumps(asked).encode())
            try:
                answer = self._heard.get(timeout=30)
            except queue.Empty:
                continue
            if answer["ok"]:
                return answer
            assert answer["error"]["code"] == "not_allowed", answer
            time.sleep(1)
        raise SystemExit(f"never: an answer to {verb}")

    def stop(self):
        self._bus.stop()


def main():
    with units.running(["broker"]):
        began = time.monotonic()
        kiosk, desk = Device("kiosk-1"), Device("desk-30", "--desk", "30")
        given = kiosk.ask("ticket", category="id-cards")["ticket"]["number"]
        desk.ask("open", desk="30")
        called = desk.ask("next", desk="30")["ticket"]
        kiosk.stop()
        desk.stop()
        seconds = round(time.monotonic() - began, 1)
    return {"given": given, "called": called["number"], "desk": called["desk"], "seconds": seconds}


if __name__ == "__main__":
    print(json.dumps(main()))
