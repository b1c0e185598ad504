"""The hall's certificate authority and its server's certificate, made by the program `openssl`."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

from broker.contract.private_file import PUBLIC, replace_file
from broker.contract.tls import SERVER_NAME

YEARS_CA = 20
YEARS_SERVER = 5
DAYS = 365.25


class NoCertificate(RuntimeError):
    """openssl is missing or would not; the message says why."""


class Certificates:
    """The files in Mosquitto's folder: `ca.key`, which only root reads, `ca.crt`, `server.key`, `server.crt`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ca_key, self.ca = folder / "ca.key", folder / "ca.crt"
        self.key, self.certificate = folder / "server.key", folder / "server.crt"

    def make_authority(self) -> bool:
        """Make the authority, once; another would be a stranger to every paired device. True if it was made."""
        if self.ca.exists() and self.ca_key.exists():
            return False
        with tempfile.TemporaryDirectory() as scratch:
            key = _key(Path(scratch))
            made = _openssl(
                *("req", "-x509", "-new", "-sha256", "-key", str(key), "-days", _days(YEARS_CA)),
                *("-subj", f"/CN=Okienko hall {os.urandom(4).hex()}"),
                *("-addext", "basicConstraints=critical,CA:TRUE,pathlen:0"),
                *("-addext", "keyUsage=critical,keyCertSign,cRLSign"),
            )
            replace_file(self.ca_key, key.read_text(), owner="root")
        replace_file(self.ca, made, PUBLIC, owner="root")
        return True

    def renew_server(self, names: Sequence[str], owner: str) -> None:
        """Make the server's key and certificate anew, for these names and addresses; devices notice nothing."""
        with tempfile.TemporaryDirectory() as scratch:
            key = _key(Path(scratch))
            extensions = Path(scratch) / "extensions"
            extensions.write_text(
                "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n"
                f"subjectAltName={','.join(_alternative(name) for name in dict.fromkeys([SERVER_NAME, *names]))}\n"
            )
            request = Path(scratch) / "request"
            request.write_text(_openssl("req", "-new", "-key", str(key), "-subj", f"/CN={SERVER_NAME}"))
            made = _openssl(
                *("x509", "-req", "-sha256", "-in", str(request), "-days", _days(YEARS_SERVER)),
                *("-CA", str(self.ca), "-CAkey", str(self.ca_key), "-set_serial", f"0x{os.urandom(16).hex()}"),
                *("-extfile", str(extensions)),
            )
            replace_file(self.key, key.read_text(), owner=owner)
        # The authority stands behind it, so that a device that is being paired can see it.
        replace_file(self.certificate, made + self.ca.read_text(), PUBLIC, owner="root")


def _alternative(name: str) -> str:
    try:
        return f"IP:{ip_address(name)}"
    except ValueError:
        return f"DNS:{name}"


def _key(folder: Path) -> Path:
    path = folder / "key"
    path.touch(mode=0o600)
    path.write_text(_openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"))
    return path


def _days(years: float) -> str:
    return str(round(years * DAYS))


def _openssl(*words: str) -> str:
    try:
        done = subprocess.run(["openssl", *words], capture_output=True, text=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        raise NoCertificate("the program openssl is missing; install it with: sudo apt install openssl") from None
    if done.returncode:
        raise NoCertificate(f"openssl {words[0]}: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout
