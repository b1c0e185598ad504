"""Runs inside a machine on which Okienko is installed: one resident, one clerk, one wall.

    one_ticket.py furnish     give kiosk, wall and desk what takes the place of a finger, paper and a keypad
    one_ticket.py start       start the programs by their units' command lines, see one ticket through, stop them
    one_ticket.py watch       see one ticket through where the programs run already
    one_ticket.py queue       say what the queue holds

Prints a line of JSON. Status 1 with what the programs said where a step never came.
"""

import json
import os
import shutil
import sqlite3
import sys
import threading
import time
import tty
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import units

VAR, ETC = Path("/var/lib/okienko"), Path("/etc/okienko")
KEYPAD, TAPS, TICKETS = VAR / "keypad", VAR / "taps", VAR / "tickets"
PATIENCE_S = float(os.environ.get("OKIENKO_PATIENCE_S", "240"))
DESK = f"""id = "desk-30"
mqtt = "mqtt://127.0.0.1:1883"

[serial]
port = "{KEYPAD}"

[serial.keys]
"O" = "open_close"
"N" = "next"
"""
SEEN = """SELECT kind, data FROM events WHERE kind IN
    ('TicketIssued', 'TicketPrinted', 'TicketCalled', 'CallShown') AND seq > ? ORDER BY seq"""


def furnish():
    """Put a dummy printer, two touches, and a keypad on a pseudo-terminal into the settings."""
    change(ETC / "kiosk.toml", printer=f"dummy:{TICKETS}", taps=str(TAPS), pictures=str(VAR / "glass"), screen="any")
    wall = {"pictures": str(VAR / "wall"), "announcements": str(VAR / "announced"), "player": "true"}
    change(ETC / "display.toml", **wall, screen="any")
    (ETC / "desk.toml").write_text(DESK, encoding="utf-8")
    TAPS.write_text("tap group:identity\ntap id-cards\n", encoding="utf-8")
    return {}


def change(file, **settings):
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if line.partition(" =")[0] not in settings]
    file.write_text("\n".join([*(f'{key} = "{value}"' for key, value in settings.items()), *kept]) + "\n")


def watch(before=0):
    """Press the clerk's keys, and follow a ticket that was given after `before` from its number to the wall."""
    began = time.monotonic()
    board, keypad = os.openpty()
    tty.setraw(keypad)
    shutil.chown(os.ttyname(keypad), "okienko")
    KEYPAD.unlink(missing_ok=True)
    KEYPAD.symlink_to(os.ttyname(keypad))
    threading.Thread(target=swallow, args=(board,), daemon=True).start()
    number = step("a ticket was given", lambda: told("TicketIssued", before))[-1]["number"]
    step("its paper came out", lambda: [one for one in told("TicketPrinted", before) if one["number"] == number])
    call = called(board, before)
    step("a wall has shown it", lambda: [one for one in told("CallShown", before) if one["call"] == call["call"]])
    if not (TICKETS / f"{number}.bin").stat().st_size:
        raise SystemExit("never: anything on the paper")
    spoken = step("a wall announced it", lambda: announced(call["number"]))
    os.close(board)
    return {
        "number": call["number"],
        "desk": call["desk"],
        "spoken": spoken,
        "seconds": round(time.monotonic() - began, 1),
    }


def called(board, before):
    """Press NEXT until somebody is called; a closed desk is opened, one that has no keypad yet waited for."""
    until = time.monotonic() + PATIENCE_S
    while not wait(lambda: told("TicketCalled", before), 5):
        if time.monotonic() > until:
            raise SystemExit("never: a call")
        os.write(board, b"N")
        if not wait(lambda: told("TicketCalled", before), 5):
            os.write(board, b"O")
    return told("TicketCalled", before)[-1]


def announced(number):
    file = VAR / "announced"
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    return next((line["text"] for line in lines if line["number"] == number), None)


def swallow(board):
    """Take what the terminal writes to the keypad's panel."""
    try:
        while os.read(board, 256):
            pass
    except OSError:
        pass


def step(name, condition):
    found = wait(condition, PATIENCE_S)
    if not found:
        raise SystemExit(f"never: {name}")
    return found


def wait(condition, seconds):
    until = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < until:
        time.sleep(0.2)
    return found


def told(kind, before=0):
    return [data for what, data in events(before) if what == kind]


def events(before):
    try:
        with closing(sqlite3.connect(f"file:{VAR / 'hall.db'}?mode=ro", uri=True)) as database:
            return [(kind, json.loads(data)) for kind, data in database.execute(SEEN, (before,))]
    except sqlite3.OperationalError:
        return []


def last_event():
    try:
        with closing(sqlite3.connect(f"file:{VAR / 'hall.db'}?mode=ro", uri=True)) as database:
            return database.execute("SELECT max(seq) FROM events").fetchone()[0] or 0
    except sqlite3.OperationalError:
        return 0


def queue():
    """Return the numbers given so far, the version of the tables, and the version that is installed."""
    with closing(sqlite3.connect(f"file:{VAR / 'hall.db'}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    version = json.loads(Path("/opt/okienko/current/.complete").read_text())["version"]
    return {"tickets": [one["number"] for one in told("TicketIssued")], "tables": tables, "version": version}


def start():
    before = last_event()
    with units.running() as log:
        try:
            return watch(before)
        except SystemExit as missed:
            said = [f"{file.name}: {line}" for file in log.iterdir() for line in tail(file)]
            raise SystemExit("\n".join([str(missed), *said])) from None


def tail(file):
    return file.read_text(errors="replace").splitlines()[-6:]


if __name__ == "__main__":
    print(json.dumps({"furnish": furnish, "start": start, "watch": watch, "queue": queue}[sys.argv[1]]()))
