"""A network of one's own: a loopback that no other program of the machine is on, with a packet filter of its own."""

import ctypes
import fcntl
import json
import re
import shutil
import socket
import struct
import subprocess
from contextlib import contextmanager
from pathlib import Path

from broker.network.hall_limits import TABLE

CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS = 0x8914
IFF_UP = 1
_libc = ctypes.CDLL(None, use_errno=True)


def missing():
    """Return why there can be none here; empty if there can."""
    if lacking := [program for program in ("unshare", "nft") if shutil.which(program) is None]:
        return f"needs {', '.join(lacking)}"
    tried = subprocess.run(["unshare", "--net", "nft", "list", "ruleset"], capture_output=True, check=False, timeout=20)
    return "needs root, and a kernel with nftables" if tried.returncode else ""


@contextmanager
def own_network():
    """Be in it: this thread, and the threads and programs that are started meanwhile."""
    with Path("/proc/thread-self/ns/net").open() as before:
        _called(_libc.unshare(CLONE_NEWNET))
        try:
            with socket.socket() as any_socket:
                fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))
            yield
        finally:
            _called(_libc.setns(before.fileno(), CLONE_NEWNET))


def load(rules):
    """Give the kernel the rules of a file."""
    subprocess.run(["nft", "-f", rules], check=True, timeout=20)


def shut_out():
    """Return the addresses that are shut out, and for how many seconds more at most."""
    told = subprocess.run(
        ["nft", "-j", "list", "set", "inet", TABLE, "shut"], capture_output=True, check=True, timeout=20
    ).stdout
    (found,) = (entry["set"] for entry in json.loads(told)["nftables"] if "set" in entry)
    return {element["elem"]["val"]: element["elem"]["expires"] for element in found.get("elem", ())}


def dropped(rule):
    """Return how many packets a rule has dropped."""
    told = subprocess.run(
        ["nft", "list", "table", "inet", TABLE], capture_output=True, text=True, check=True, timeout=20
    ).stdout
    (line,) = (line for line in told.splitlines() if rule in line and "counter" in line)
    return int(re.search(r"counter packets (\d+)", line)[1])


def _called(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), "no network of one's own")
