"""The addresses of this computer, for whoever stands before it and has no keyboard."""

import fcntl
import socket
import struct

SIOCGIFADDR = 0x8915
LOOPBACK = "127."


def addresses() -> tuple[str, ...]:
    """Return `eth0 192.168.1.20` for every interface that has an IPv4 address, without the loopback."""
    found = ((name, _address(name)) for _, name in socket.if_nameindex())
    return tuple(f"{name} {address}" for name, address in found if address and not address.startswith(LOOPBACK))


def _address(interface: str) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            answer = fcntl.ioctl(sock, SIOCGIFADDR, struct.pack("256s", interface[:15].encode()))
        except OSError:
            return ""
    return socket.inet_ntoa(answer[20:24])
