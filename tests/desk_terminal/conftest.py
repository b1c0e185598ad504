"""A desk on a real Mosquitto: the broker's double, mock pins, a reference keypad, and the program in a thread."""

import threading

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory

from broker.rehearsal.keypad import Keypad
from desk_terminal.__main__ import main
from tests.desk_terminal.doubles import AnsweringBroker, desk, eventually


@pytest.fixture
def broker(mosquitto):
    broker = AnsweringBroker(mosquitto.url)
    broker.tell(desk())
    yield broker
    broker.stop()


@pytest.fixture
def pins():
    Device.pin_factory = factory = MockFactory()
    yield factory
    factory.close()
    Device.pin_factory = None


@pytest.fixture
def keypad():
    with Keypad() as keypad:
        yield keypad


@pytest.fixture
def run_desk(mosquitto, tmp_path):
    """Run main() in a thread with this desk.toml; it is stopped after the test."""
    running = []

    def run(toml, *options):
        config = tmp_path / "desk.toml"
        config.write_text(toml, encoding="utf-8")
        terminals = []
        arguments = ["--config", str(config), "--id", "desk-30", "--mqtt", mosquitto.url, *options]
        thread = threading.Thread(target=main, args=(arguments, terminals.append))
        thread.start()
        assert eventually(lambda: terminals or not thread.is_alive())
        running.append((terminals[0], thread))
        return terminals[0]

    yield run
    for terminal, thread in running:
        terminal.stop()
        thread.join(10)
        assert not thread.is_alive()
