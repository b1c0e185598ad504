"""The program itself, as its unit starts it: its own process, a real Mosquitto, a keypad on a pseudo-terminal."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Health
from tests.desk_terminal.doubles import AnsweringBroker, desk, eventually

FREE = ("WOLNE", "CZEKA: 4")


def program(*options, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", "desk_terminal", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | environment,
    )


# The program on mock pins: each line of its standard input is a pin whose key is pressed. Lines that come while it
# stands still wait, as edges wait in the kernel.
ON_PINS = """
import sys, threading
from gpiozero import Device
from gpiozero.pins.mock import MockFactory
from desk_terminal.__main__ import main

def press(_terminal):
    for line in sys.stdin:
        pin = Device.pin_factory.pin(int(line))
        pin.drive_low()
        pin.drive_high()

Device.pin_factory = MockFactory()
sys.exit(main(sys.argv[1:], lambda terminal: threading.Thread(target=press, args=[terminal], daemon=True).start()))
"""


def threads_that_run(pid):
    """Return the threads that a SIGSTOP has not reached yet: it comes to each in its own time."""
    states = (thread.read_text().rpartition(")")[2].split()[0] for thread in Path(f"/proc/{pid}/task").glob("*/stat"))
    return [state for state in states if state != "T"]


@pytest.fixture
def desk_toml(tmp_path, mosquitto, keypad):
    path = tmp_path / "desk.toml"
    path.write_text(f'id = "desk-30"\nmqtt = "{mosquitto.url}"\n[serial]\nport = "{keypad.port}"\n')
    return str(path)


@pytest.fixture
def terminal(desk_toml):
    process = program("--config", desk_toml)
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture
def dropped(mosquitto):
    """Collect how many keys the desk says that it dropped."""
    counts = []
    watcher = Bus(Server.from_url(mosquitto.url), "watcher", "test")
    watcher.watch(topics.health("desk-30"), Health, lambda health: counts.append(health.counters.get("dropped", 0)))
    watcher.start()
    yield counts
    watcher.stop()


@pytest.fixture
def pin_program(tmp_path, mosquitto):
    """Start a desk with two wired keys; the function that is returned presses one, by its pin."""
    config = tmp_path / "desk.toml"
    config.write_text(f'id = "desk-30"\nmqtt = "{mosquitto.url}"\n[gpio.keys]\nnext = 17\nrecall = 27\n')
    command = [sys.executable, "-c", ON_PINS, "--config", str(config)]

    def press(pin):
        process.stdin.write(f"{pin}\n")
        process.stdin.flush()

    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as process:
        press.process = process
        yield press
        process.kill()


def test_a_key_on_the_keypad_is_one_request_and_the_number_comes_back_to_its_panel(broker, keypad, terminal):
    assert eventually(lambda: keypad.panel == FREE)
    keypad.press("N")
    assert eventually(lambda: keypad.panel == ("D017 WEZWANY", "CZEKA: 3"))
    assert broker.verbs == ["next"]
    terminal.send_signal(signal.SIGTERM)
    assert terminal.wait(10) == 0
    assert "Traceback" not in terminal.stdout.read()


def test_a_next_pressed_while_the_broker_was_away_calls_nobody_when_it_is_back(mosquitto, keypad, terminal, dropped):
    first = AnsweringBroker(mosquitto.url)
    first.tell(desk())
    assert eventually(lambda: keypad.panel == FREE)
    first.stop()
    assert eventually(lambda: keypad.panel == ("BRAK POLACZENIA", "POCZEKAJ CHWILE"))
    keypad.press("N")
    assert eventually(lambda: dropped[-1:] == [1])
    second = AnsweringBroker(mosquitto.url)
    second.tell(desk())
    assert eventually(lambda: keypad.panel == FREE)
    keypad.press("R")
    assert eventually(lambda: keypad.panel == ("D017", "WEZWANY PONOWNIE"))
    assert first.verbs == []
    assert second.verbs == ["recall"]
    second.stop()


def stand_still(process, meanwhile):
    """Stop the program for longer than a key is good for; `meanwhile` presses one."""
    process.send_signal(signal.SIGSTOP)
    assert eventually(lambda: threads_that_run(process.pid) == [])
    meanwhile()
    time.sleep(2.7)  # how long it stands still is what is tested
    process.send_signal(signal.SIGCONT)


def press_until_asked(broker, press):
    """Press a key as a clerk does, once in a while, until the broker is asked for something."""
    before = len(broker.verbs)
    for _ in range(20):
        press()
        if eventually(lambda: len(broker.verbs) > before, timeout_s=0.7):
            return
    pytest.fail("no press was heard")


def test_a_key_pressed_while_the_program_stood_still_is_not_carried_out_when_it_wakes(broker, keypad, terminal):
    assert eventually(lambda: keypad.panel == FREE)
    stand_still(terminal, lambda: keypad.press("N"))
    broker.tell(desk("free", 5))
    assert eventually(lambda: keypad.panel == ("WOLNE", "CZEKA: 5"))
    press_until_asked(broker, lambda: keypad.press("R"))
    assert set(broker.verbs) == {"recall"}


def test_a_wired_key_that_was_pressed_while_the_program_stood_still_is_dropped(broker, dropped, pin_program):
    press_until_asked(broker, lambda: pin_program(27))
    before = max(dropped, default=0)
    stand_still(pin_program.process, lambda: pin_program(17))
    assert eventually(lambda: max(dropped, default=0) > before)
    press_until_asked(broker, lambda: pin_program(27))
    assert set(broker.verbs) == {"recall"}


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        ("", "okienko-desk: no keypad: the TOML file given by --config needs [gpio.keys], [matrix],"),
        ('[[desks]]\ndesk = "31"\ngpio = { lamp = 18 }', "okienko-desk: no keypad for desk 31: the TOML file"),
        ("[gpio.keys]\nnext = 47", "desk.toml: gpio: next = 47: no such pin; BCM pins are 0 to 27"),
        ('mqtt = "hall"\n[gpio.keys]\nnext = 17', "'hall' is no MQTT server"),
        ('[serial]\nport = "nowhere://x"', "okienko-desk: serial.port = 'nowhere://x': invalid URL"),
        ('[serial]\nport = "socket://hall"', "it should be like /dev/serial/by-id/... or socket://host:port"),
        ('[serial]\nport = "hwgrep://none"', "okienko-desk: serial.port = 'hwgrep://none': no ports found"),
    ],
)
def test_a_wrong_desk_toml_is_one_line_and_status_2(tmp_path, toml, line):
    (tmp_path / "desk.toml").write_text(toml)
    process = program("--config", str(tmp_path / "desk.toml"), GPIOZERO_PIN_FACTORY="mock")
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert line in output
    assert output.count("\n") == 1


@pytest.mark.parametrize(
    ("library", "toml"),
    [
        ("serial", '[serial]\nport = "/dev/ttyUSB0"'),
        ("gpiozero", "[gpio.keys]\nnext = 17"),
        ("evdev", '[usb]\nport = "/dev/input/by-path/x"'),
        ("serial", '[bus]\nport = "/dev/ttyUSB0"\n[rs485]\naddress = 1'),
    ],
)
def test_a_missing_library_is_one_line_and_status_2(tmp_path, library, toml):
    (tmp_path / "desk.toml").write_text(toml)
    # A None in sys.modules is how Python itself marks a module that cannot be imported.
    start = f"import sys; sys.modules[{library!r}] = None; from desk_terminal.__main__ import main; sys.exit(main())"
    finished = subprocess.run(
        [sys.executable, "-c", start, "--config", str(tmp_path / "desk.toml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 2
    assert finished.stderr.count("\n") == 1
    assert f"the library {library} is missing; install okienko[desk]" in finished.stderr
