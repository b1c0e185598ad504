"""Find the hall's server by mDNS, for devices that were told no address: `mqtt = "mdns:"`.

Anybody on the network may answer. It does not matter: whoever cannot prove to be the hall's server, by the
authority that the device was paired with, is not spoken to (`tls.py`); the fingerprint in an answer only spares
a device the servers of other halls.
"""

import queue
import random
import time
from collections.abc import Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING

from .server import Server
from .tls import fingerprint

if TYPE_CHECKING:
    from zeroconf import ServiceInfo

SERVICE = "_okienko._tcp.local."
FIND_S = 3.0
ASK_S = 0.8  # one that announces itself and then says no more must not take the time of the others
CA = "ca"  # the name of the fingerprint in an announcement


def place(server: Server, networks: Sequence[str] = ()) -> tuple[str, int]:
    """Return host and port of a server; OSError if it is to be found, on these networks or all, and is not."""
    if server.host:
        return server.host, server.port
    own = fingerprint(server.ca) if server.ca else None
    found = [(address, port) for address, port, ca in answers(FIND_S, networks) if own in (None, ca)]
    if not found:
        raise OSError("no broker of this hall announces itself on the network")
    # Any of them: who answers falsely, and first of all, must not be asked for ever.
    return random.choice(found)  # noqa: S311 - no secret


def answers(within_s: float, networks: Sequence[str] = ()) -> list[tuple[str, int, str]]:
    """Return address, port and fingerprint of every broker that answers; waits for the first, and a moment more.

    `networks` are addresses of this machine; none: all of them.
    """
    # A third of a second that only those pay who look.
    from zeroconf import Error, InterfaceChoice, ServiceBrowser, ServiceStateChange, Zeroconf  # noqa: PLC0415

    names: queue.Queue[str] = queue.Queue()

    def heard(name: str, state_change: ServiceStateChange, **_others: object) -> None:
        if state_change is ServiceStateChange.Added and name.endswith(f".{SERVICE}"):
            names.put(name)

    found: list[tuple[str, int, str]] = []
    until = time.monotonic() + within_s
    with Zeroconf(interfaces=list(networks) or InterfaceChoice.All) as network:
        ServiceBrowser(network, SERVICE, handlers=[heard])
        while (left_s := until - time.monotonic()) > 0:
            try:
                name = names.get(timeout=left_s)
                info = network.get_service_info(SERVICE, name, timeout=int(1000 * min(left_s, ASK_S)))
            except queue.Empty:
                break
            except Error:
                continue  # what a stranger announced makes no sense
            if info:
                found += _places(info)
                until = min(until, time.monotonic() + within_s / 6)
    return found


def _places(info: "ServiceInfo") -> list[tuple[str, int, str]]:
    said = (info.properties or {}).get(CA.encode()) or b""
    # An address of this network is tried before one that needs to be told its interface.
    addresses = sorted(info.parsed_scoped_addresses(), key=lambda text: ip_address(text).version)
    return [(address, info.port, said.decode("ascii", "replace")) for address in addresses if info.port]
