"""Runs inside the virtual machine as root: kiosk and wall on its screen, and a finger on its touchscreen.

Everything is started by systemd, by the units' own command lines. What is done and seen is told on the console, a line
each: `TOLD name value`. `SHOW name` asks the test for a picture and waits until it was taken.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PROOF, CODE = Path("/proof"), Path("/proof/code")
ETC, UNITS, VAR = Path("/etc/okienko"), Path("/etc/systemd/system"), Path("/var/lib/okienko")
TICKETS = VAR / "tickets"
BIN = "/opt/okienko/current/bin"
# The machine is emulated, by a computer that is shared: it may be a hundred times slower than a Pi.
PATIENT = "[Service]\nTimeoutStartSec=900\nWatchdogSec=600\n"
PATIENCE_S = 600

sys.path.insert(0, str(CODE))


def tell(name, value=""):
    print(f"TOLD {name} {value}", flush=True)


def run(*words, **options):
    return subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_S, check=False, **options)


def until(condition, what):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.2)
    raise SystemExit(f"never: {what}")


def furnish():
    """Do what an installation does, as far as the screens need it."""
    run("systemd-sysusers", str(CODE / "systemd/sysusers.d/okienko.conf"))
    ETC.mkdir()
    VAR.mkdir(exist_ok=True)
    shutil.chown(VAR, "okienko", "okienko")
    for file in (CODE / "systemd/config").glob("*.toml"):
        shutil.copy(file, ETC)
    shutil.copy(CODE / "broker/sample_office.toml", ETC / "office.toml")
    for unit in (CODE / "systemd").glob("okienko*"):
        shutil.copy(unit, UNITS)
    for program in ("broker", "kiosk", "display"):
        folder = UNITS / f"okienko-{program}.service.d"
        folder.mkdir()
        (folder / "patient.conf").write_text(PATIENT)
    setting("kiosk", printer=f'"dummy:{TICKETS}"', screen_mm="531.0", rotation="90", speech="false", attract_s="0.0")
    setting("display", player='""', reading_s="60.0", motion="false")  # a call stands new until the test sees it
    run("systemctl", "daemon-reload")
    for name in ("mosquitto", "okienko-broker"):
        started = run("systemctl", "start", name)
        tell(f"{name}-start", f"{started.returncode} {started.stderr.strip()}")


def setting(program, **settings):
    """Put settings over those of an installation."""
    file = ETC / f"{program}.toml"
    kept = [line for line in file.read_text().splitlines() if line.partition(" =")[0] not in settings]
    file.write_text("\n".join([*(f"{key} = {value}" for key, value in settings.items()), *kept]) + "\n")


def picture(name):
    """Have the test take a picture of the screen, and return what it answers."""
    print(f"SHOW {name}", flush=True)
    seen = PROOF / f"seen-{name}"
    until(seen.exists, f"a picture of {name}")
    return seen.read_text()


def health(client):
    """Return what a program says of itself: its status and the codes of its problems."""
    from broker.contract import topics
    from broker.contract.bus import Bus, Server
    from broker.contract.messages import Health

    bus, heard = Bus(Server.from_url("mqtt://127.0.0.1:1883"), "proof", "proof"), []
    bus.watch(topics.health(client), Health, heard.append)
    bus.start()
    until(lambda: heard, f"the health of {client}")
    bus.stop()
    return [heard[-1].status, [problem.code for problem in heard[-1].problems]]


def journal(unit):
    return run("journalctl", "-u", unit, "-o", "cat", "--no-pager").stdout.splitlines()


class Touchscreen:
    """A touchscreen on the kernel's input layer, as a USB one would be."""

    def __init__(self):
        from evdev import AbsInfo, UInput
        from evdev import ecodes as e

        self._e = e
        axes = [
            (e.ABS_X, AbsInfo(0, 0, 4095, 0, 0, 10)),
            (e.ABS_Y, AbsInfo(0, 0, 4095, 0, 0, 10)),
            (e.ABS_MT_SLOT, AbsInfo(0, 0, 9, 0, 0, 0)),
            (e.ABS_MT_POSITION_X, AbsInfo(0, 0, 4095, 0, 0, 10)),
            (e.ABS_MT_POSITION_Y, AbsInfo(0, 0, 4095, 0, 0, 10)),
            (e.ABS_MT_TRACKING_ID, AbsInfo(0, 0, 65535, 0, 0, 0)),
        ]
        self._device = UInput(
            {e.EV_ABS: axes, e.EV_KEY: [e.BTN_TOUCH]}, name="touchscreen", input_props=[e.INPUT_PROP_DIRECT]
        )
        self._touches = 0
        run("udevadm", "settle")

    def touch(self, x, y):
        """Put a finger on a place, in shares of the panel's width and height from its left and top, and lift it."""
        e, write = self._e, self._device.write
        self._touches += 1
        for axis, share in ((e.ABS_MT_POSITION_X, x), (e.ABS_MT_POSITION_Y, y)):
            if axis == e.ABS_MT_POSITION_X:
                write(e.EV_ABS, e.ABS_MT_SLOT, 0)
                write(e.EV_ABS, e.ABS_MT_TRACKING_ID, self._touches)
            write(e.EV_ABS, axis, int(share * 4095))
        write(e.EV_KEY, e.BTN_TOUCH, 1)
        write(e.EV_ABS, e.ABS_X, int(x * 4095))
        write(e.EV_ABS, e.ABS_Y, int(y * 4095))
        self._device.syn()
        time.sleep(0.3)
        write(e.EV_ABS, e.ABS_MT_TRACKING_ID, -1)
        write(e.EV_KEY, e.BTN_TOUCH, 0)
        self._device.syn()


def refused():
    """Start the kiosk where its screen is not as it should be; tell its status and its one line."""
    strange = run("setpriv", "--reuid=okienko", "--regid=okienko", "--clear-groups", f"{BIN}/okienko-kiosk",
                  "--config", str(ETC / "kiosk.toml"), env={"HOME": "/tmp", "PATH": os.environ["PATH"]})  # fmt: skip
    tell("stranger", json.dumps([strange.returncode, strange.stderr.splitlines()[-1:]]))
    started = run("systemd-run", "--wait", "--pipe", "--uid=okienko", "-p", "SupplementaryGroups=video render input",
                  f"{BIN}/okienko-kiosk", "--config", str(ETC / "kiosk.toml"))  # fmt: skip
    tell(
        "processor",
        json.dumps([started.returncode, [line for line in started.stderr.splitlines() if "okienko-kiosk:" in line]]),
    )


def kiosk():
    """Run the kiosk, and let the test say where its finger goes."""
    panel = Touchscreen()
    began = time.monotonic()
    started = run("systemctl", "start", "okienko-kiosk")
    tell("kiosk-start", f"{started.returncode} {time.monotonic() - began:.1f}")
    if started.returncode:
        tell("journal", json.dumps(journal("okienko-kiosk")[-15:]))
    where = picture("kiosk-start")
    touched = time.monotonic()
    panel.touch(*map(float, where.split()))
    until(lambda: list(TICKETS.glob("*.bin")), "a ticket")
    tell("touch-to-paper-s", round(time.monotonic() - touched, 1))
    picture("kiosk-ticket")
    tell("tickets", json.dumps(sorted(path.stem for path in TICKETS.glob("*.bin"))))
    tell("kiosk-health", json.dumps(health("kiosk-1")))
    stopped = run("systemctl", "stop", "okienko-kiosk")
    tell("kiosk-stop", stopped.returncode)


def wall():
    """Run the wall, and call somebody."""
    began = time.monotonic()
    started = run("systemctl", "start", "okienko-display")
    tell("wall-start", f"{started.returncode} {time.monotonic() - began:.1f}")
    if started.returncode:
        tell("journal", json.dumps(journal("okienko-display")[-15:]))
    picture("wall-calm")
    call()
    picture("wall-call")
    tell("wall-journal", json.dumps(journal("okienko-display")[-8:]))
    tell("wall-health", json.dumps(health("display-1")))
    run("systemctl", "stop", "okienko-display")


def call():
    """Sit down at a desk and press NEXT, as a keypad does."""
    from broker.contract import topics
    from broker.contract.bus import Bus, Server
    from broker.contract.messages import DeskRequest, Reply

    bus, answers = Bus(Server.from_url("mqtt://127.0.0.1:1883"), "desk-20", "proof"), []
    bus.watch(topics.reply("desk-20"), Reply, answers.append)
    bus.start()
    until(lambda: bus.linked, "the MQTT server")
    for number, verb in enumerate(("open", "next"), 1):
        bus.ask(verb, DeskRequest(f"proof-{number}", "20"))
        until(lambda number=number: len(answers) == number, f"an answer to {verb}")
    tell("called", answers[-1].ticket.number if answers[-1].ok and answers[-1].ticket else answers[-1])
    bus.stop()


if __name__ == "__main__":
    furnish()
    setting("kiosk", software_rendering="true")
    kiosk()
    setting("display", screen='"any"')  # it limps, and says so
    wall()
    setting("kiosk", software_rendering="false")
    refused()
    tell("done")
