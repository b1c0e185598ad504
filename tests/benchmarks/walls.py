"""Many walls in one process: `python -m tests.benchmarks.walls PORT COUNT TOPIC`; they read and acknowledge."""

import selectors
import sys

from .raw_mqtt import RawClient


def main(port: int, count: int, topic: str) -> None:
    selector = selectors.DefaultSelector()
    for number in range(count):
        wall = RawClient(port, f"wall-{topic.replace('/', '-')}-{number}", topic)
        selector.register(wall.socket, selectors.EVENT_READ, wall)
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            key.data.receive()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
