"""The line that pairs a device: what the broker's machine prints, and the device is told.

    okienko://kiosk-1:PASSWORD@192.168.1.10:8883/?ca=SHA256

The fingerprint is of the hall's certificate authority, so that nothing needs to be believed that comes over the
network before the device knows whom to believe.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from .server import PORTS
from .topics import CLIENT_PATTERN

SCHEME = "okienko"
# Small letters and digits that nobody mistakes for one another: 28 of them are 140 bits.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
PASSWORD_LENGTH = 28
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_SHOULD_BE = (
    f"it should be like {SCHEME}://kiosk-1:...@192.168.1.10:8883/?ca=... as `okienko-broker device add` prints it"
)


class BadPairing(ValueError):
    """No line to pair with; the message says what it should be, and holds nothing of it."""


@dataclass(frozen=True)
class Pairing:
    """A device, its password, where its server is and how that proves itself."""

    client: str
    password: str = field(repr=False)
    host: str
    port: int
    fingerprint: str

    def __str__(self) -> str:
        """Return the line. It holds the password: it is shown to who pairs the device, and kept nowhere."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{SCHEME}://{self.client}:{self.password}@{host}:{self.port}/?ca={self.fingerprint}"

    @classmethod
    def from_line(cls, line: str) -> "Pairing":
        """Read the line, also one with the quotes around it; BadPairing says what is missing."""
        try:
            parts = urlsplit(line.strip().strip("'\""))
            port = parts.port or PORTS["mqtts"]
        except ValueError:
            raise BadPairing(f"no line to pair with; {_SHOULD_BE}") from None
        fingerprint = "".join(parse_qs(parts.query).get("ca", [])).replace(":", "").lower()
        if parts.scheme != SCHEME or not parts.hostname:
            raise BadPairing(f"no line to pair with; {_SHOULD_BE}")
        if not CLIENT_PATTERN.fullmatch(parts.username or "") or not re.fullmatch(r"[!-~]+", parts.password or ""):
            raise BadPairing(f"the line names no device with its password; {_SHOULD_BE}")
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise BadPairing(f"the line ends too early: its fingerprint has {len(fingerprint)} of 64 digits")
        return cls(parts.username or "", parts.password or "", parts.hostname, port, fingerprint)
