"""What the commands that make Mosquitto ready have in common: their options, and how they say what is wrong."""

import argparse
import os
import sys
from collections.abc import Callable

from broker.contract.credentials import BadCredentials
from broker.contract.private_file import NoSuchUser

from .accounts import FOLDER, NoAccounts
from .certificates import NoCertificate
from .hall_listener import BadListener
from .running_server import PID_FILE


def parser(name: str, words: str | None) -> argparse.ArgumentParser:
    """Return the options of a command that changes Mosquitto's files."""
    words_of = argparse.ArgumentParser(prog=f"okienko-broker {name}", description=words)
    words_of.add_argument("--mosquitto", default=FOLDER, help=f"the folder of accounts and certificates ({FOLDER})")
    words_of.add_argument("--pid-file", default=PID_FILE, help=f"of the running Mosquitto ({PID_FILE})")
    return words_of


def told(name: str, command: Callable[[], None]) -> int:
    """Carry a command out; 2 with one line where it cannot be."""
    try:
        command()
    except (NoAccounts, NoCertificate, NoSuchUser, BadCredentials, BadListener) as error:
        print(f"okienko-broker {name}: {error}", file=sys.stderr)
    except OSError as error:
        hint = "; run it with sudo" if os.geteuid() else ""
        print(f"okienko-broker {name}: {error.filename}: {error.strerror}{hint}", file=sys.stderr)
    else:
        return 0
    return 2
