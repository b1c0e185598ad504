"""A private Mosquitto on the loopback, for a demo, a test or an office with one Pi."""

import contextlib
import logging
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from broker.child import tied_to_parent

log = logging.getLogger(__name__)

READY_S = 5.0
PORT_FREE_S = 2.0
# Mosquitto's defaults drop QoS 1 messages above 1,000 in silence and delay each by 40 ms.
CONFIGURATION = """\
listener {port} 127.0.0.1
allow_anonymous true
persistence false
set_tcp_nodelay true
max_queued_messages 0
max_inflight_messages 0
log_dest stderr
log_type error
log_type warning
"""


class MosquittoMissing(RuntimeError):
    """The program is not installed, or would not start; the message says what to do."""


class PrivateMosquitto:
    """Mosquitto as a child of this process; it ends with it, even with kill -9."""

    def __init__(self, port: int | None = None) -> None:
        self.port = port or _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the address for `--mqtt`."""
        return f"mqtt://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Return the process id; start() first."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start, and return when it listens; MosquittoMissing if it does not."""
        program = shutil.which("mosquitto", path=os.environ.get("PATH", os.defpath) + ":/usr/sbin")
        if program is None:
            raise MosquittoMissing("the program mosquitto is missing; install it with: sudo apt install mosquitto")
        self._wait_until_the_port_is_free()
        # Read once at its start: gone before a kill could leave it behind.
        with tempfile.TemporaryDirectory(prefix="okienko-mosquitto-") as folder:
            Path(folder).chmod(0o755)
            configuration = Path(folder) / "mosquitto.conf"
            configuration.write_text(CONFIGURATION.format(port=self.port))
            self._process = subprocess.Popen(  # noqa: S603
                [*_tied_to_parent(), program, "-c", str(configuration)], stdin=subprocess.DEVNULL
            )
            self._wait_until_ready()

    def mind(self) -> bool:
        """Start it again if it died; True if it had to."""
        if self._process is None or self._process.poll() is None:
            return False
        log.error("mosquitto ended with status %s; starting it again", self._process.returncode)
        self.start()
        return True

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(3)
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            self._process = None

    def _wait_until_the_port_is_free(self) -> None:
        """Wait for a Mosquitto that is dying with the broker before us; a stranger's would be taken for our own."""
        until = time.monotonic() + PORT_FREE_S
        while True:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", self.port))
                except PermissionError:
                    raise MosquittoMissing(f"port {self.port} is only for root; take one above 1023") from None
                except OSError:
                    if time.monotonic() > until:
                        raise MosquittoMissing(f"port {self.port} is taken by another program") from None
                else:
                    return
            time.sleep(0.01)

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        until = time.monotonic() + READY_S
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.2):
                return
            time.sleep(0.005)
        raise MosquittoMissing(f"mosquitto does not start on port {self.port}; is the port taken?")


def _tied_to_parent() -> list[str]:
    """As root Mosquitto would change its user itself, and so lose the tie; the change is made before it."""
    return tied_to_parent("nobody", "nogroup") if os.geteuid() == 0 else tied_to_parent()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
