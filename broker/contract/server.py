"""Where the hall's MQTT server is, and by what it knows a program."""

from urllib.parse import unquote, urlsplit

import msgspec

PORTS = {"mqtt": 1883, "mqtts": 8883}
MDNS = "mdns:"
_SHOULD_BE = f"it should be like mqtt://127.0.0.1:1883, mqtts://192.168.1.10:8883, or {MDNS}"


class BadServer(ValueError):
    """The address of the MQTT server makes no sense."""


class Server(msgspec.Struct, frozen=True):
    """An MQTT server; one without a host is looked for by its name service whenever it is needed."""

    host: str
    port: int = 1883
    user: str | None = None
    password: str | None = None
    tls: bool = False
    ca: str | None = None  # the certificate of the one authority that is trusted, as PEM; None: the system's own

    @classmethod
    def from_url(cls, url: str) -> "Server":
        """Read `mqtt[s]://[user:password@]host[:port]` or `mdns:`; BadServer says what it should be."""
        if url == MDNS:
            return cls("", PORTS["mqtts"], tls=True)
        parts = urlsplit(url)
        try:
            port = PORTS.get(parts.scheme, 0) if parts.port is None else parts.port
        except ValueError:
            port = 0
        if parts.scheme not in PORTS or not parts.hostname or not port or parts.path not in ("", "/"):
            raise BadServer(f"{without_password(url)!r} is no MQTT server; {_SHOULD_BE}")
        user, password = parts.username, parts.password
        tls = parts.scheme == "mqtts"
        return cls(parts.hostname, port, user and unquote(user), password and unquote(password), tls)

    @property
    def address(self) -> str:
        """Return where it is, for people."""
        return f"{self.host}:{self.port}" if self.host else "an address found by mDNS"


def without_password(url: str) -> str:
    """Return an address as it may be shown and logged."""
    start, at, host = url.rpartition("@")
    scheme, slashes, person = start.rpartition("//")
    return f"{scheme}{slashes}{person.partition(':')[0]}{at}{host}"
