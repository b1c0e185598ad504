"""Where Mosquitto listens for the other machines of the hall: what `certificates` was told, and Mosquitto's lines."""

import ipaddress
import json
import re
import socket
import tomllib
from dataclasses import dataclass
from pathlib import Path

from broker.contract.private_file import PUBLIC, replace_file

PORT = 8883
REMEMBERED = "hall.toml"
MOST_CONNECTIONS = 500  # under the thousand files that a program may have open
_LINES = """\
# Made by `okienko-broker certificates`; it writes this file anew. For the other machines of the hall: encrypted only,
# the same accounts and rights as on this machine (okienko.conf), and no other network than this one.
listener {port}{address}
{interface}use_username_as_clientid true
max_connections {most}
certfile {folder}/server.crt
keyfile {folder}/server.key
tls_version tlsv1.2
"""
# IPv4 alone: of the IPv6 addresses Mosquitto takes the first, and where that is one of the link alone, as in most
# halls, it does not start.
_INTERFACE_LINES = """\
bind_interface {interface}
socket_domain ipv4
"""
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_INTERFACE = re.compile(r"[A-Za-z][A-Za-z0-9_.@-]{0,14}")


class BadListener(ValueError):
    """An address, interface or name that cannot be; the message says what it should be."""


@dataclass(frozen=True)
class HallListener:
    """The network or the address that is listened on, the port, and what names the machine has there."""

    listen: str
    port: int = PORT
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _is_address(self.listen) and not _INTERFACE.fullmatch(self.listen):
            raise BadListener(f"{self.listen!r} should be an address of this machine, or a network interface like eth0")
        if bad := [name for name in self.names if not _is_address(name) and not _NAME.fullmatch(name)]:
            raise BadListener(f"{bad[0]!r} should be a name or an address of this machine")

    @classmethod
    def remembered(cls, folder: Path) -> "HallListener | None":
        """Return what was told the last time; None if there is no listener for other machines."""
        try:
            told = tomllib.loads((folder / REMEMBERED).read_text(encoding="utf-8"))
            return cls(str(told["listen"]), int(told["port"]), tuple(str(name) for name in told["names"]))
        except FileNotFoundError:
            return None
        except (OSError, KeyError, ValueError) as error:
            raise BadListener(f"{folder / REMEMBERED}: {error}; run okienko-broker certificates again") from None

    def remember(self, folder: Path) -> None:
        """Keep it for the next time, for new devices and for the broker's announcement."""
        text = f"listen = {json.dumps(self.listen)}\nport = {self.port}\nnames = {json.dumps(self.names)}\n"
        replace_file(folder / REMEMBERED, text, PUBLIC, owner="root")

    def configuration(self, folder: Path) -> str:
        """Return the lines for Mosquitto."""
        by_address = _is_address(self.listen)
        return _LINES.format(
            port=self.port,
            address=f" {self.listen}" if by_address else "",
            interface="" if by_address else _INTERFACE_LINES.format(interface=self.listen),
            most=MOST_CONNECTIONS,
            folder=folder,
        )

    @property
    def is_ipv6(self) -> bool:
        """Whether it listens by IPv6: to an interface it does by IPv4 alone."""
        return _is_address(self.listen) and ipaddress.ip_address(self.listen).version == 6  # noqa: PLR2004

    def addresses(self) -> list[str]:
        """Return the addresses under which it can be reached now, the likeliest first."""
        return [self.listen] if _is_address(self.listen) else addresses_of(self.listen)

    def known_as(self) -> list[str]:
        """Return every name and address that the server's certificate should prove."""
        host = socket.gethostname()
        return list(dict.fromkeys([*self.names, host, f"{host.partition('.')[0]}.local", *self.addresses()]))


def addresses_of(interface: str) -> list[str]:
    """Return the IPv4 addresses of a network interface, none of the link alone."""
    import ifaddr  # noqa: PLC0415 - comes with zeroconf; only commands and announcements need it

    found = [ip for adapter in ifaddr.get_adapters() if adapter.name == interface for ip in adapter.ips]
    texts = [str(ip.ip) for ip in found if ip.is_IPv4]
    return [text for text in texts if not ipaddress.ip_address(text).is_link_local]


def default_interface(routes: str) -> str | None:
    """Return the interface of the default route in the words of `/proc/net/route`; None if there is none."""
    head, *lines = (line.split() for line in routes.splitlines())
    rows = (dict(zip(head, line, strict=False)) for line in lines)
    found = [row for row in rows if row.get("Destination") == row.get("Mask") == "00000000"]
    return min(found, key=lambda row: int(row["Metric"]))["Iface"] if found else None


def _is_address(text: str) -> bool:
    try:
        return not ipaddress.ip_address(text).is_unspecified
    except ValueError:
        return False
