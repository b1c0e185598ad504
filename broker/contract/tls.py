"""How a program makes sure that it speaks to the hall's own server, and that nobody listens.

Theory of operation. A paired device trusts one authority, the one that was made with the hall and whose fingerprint
it was given at pairing; that authority has signed nothing but the hall's server. So the server may move to another
address, or be found by anybody's word for where it is: what cannot prove itself is not spoken to. The certificate's
dates are not looked at: a Raspberry Pi has no clock of its own, and a hall must not close because one is wrong.
"""

import hashlib
import re
import socket
import ssl
from typing import Any

SERVER_NAME = "okienko-broker"  # stands in the server's certificate beside its addresses
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME; Python has no name for it
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----\s.*?-----END CERTIFICATE-----", re.DOTALL)


class _HallContext(ssl.SSLContext):
    """Asks every server for the one name, wherever it was found."""

    def wrap_socket(self, sock: socket.socket, *args: Any, **kwargs: Any) -> ssl.SSLSocket:  # noqa: ANN401
        return super().wrap_socket(sock, *args, **(kwargs | {"server_hostname": SERVER_NAME}))


def context(ca: str | None) -> ssl.SSLContext:
    """Return what connections are made with: trusting the hall's authority alone, or the system's where it is None."""
    if ca is None:
        return ssl.create_default_context()
    hall = _HallContext(ssl.PROTOCOL_TLS_CLIENT)
    hall.minimum_version = ssl.TLSVersion.TLSv1_2
    hall.load_verify_locations(cadata=ca)
    hall.verify_flags |= _NO_CHECK_TIME
    return hall


def certificates(text: str) -> list[str]:
    """Return every certificate in a text, as PEM."""
    return [f"{found}\n" for found in _CERTIFICATE.findall(text)]


def fingerprint(ca: str) -> str:
    """Return a certificate's SHA-256, in 64 hexadecimal digits, as `openssl x509 -fingerprint -sha256` tells it."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(ca)).hexdigest()


def readable(ca: str) -> bool:
    """Whether a text is one certificate."""
    try:
        ssl.create_default_context(cadata=ca)
    except (ssl.SSLError, ValueError):
        return False
    return len(certificates(ca)) == 1
