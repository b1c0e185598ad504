"""Say on the hall's network where the broker is: the mDNS service `_okienko._tcp`, for devices without an address."""

import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from broker.contract.finding import CA, SERVICE
from broker.contract.tls import fingerprint

from .certificates import Certificates
from .hall_listener import BadListener, HallListener

log = logging.getLogger(__name__)

LOOK_S = 30.0  # an address may change, and a network come after the start
FAREWELL_S = 3.0


class Announcement:
    """Announces in a thread of its own, since a network may keep it waiting, and anew whenever an address changes."""

    def __init__(self, listener: HallListener, ca: str, addresses: Callable[[], list[str]]) -> None:
        self._listener = listener
        self._ca = ca
        self._addresses = addresses
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="announcement", daemon=True)

    @classmethod
    def of(cls, folder: Path) -> "Announcement":
        """Return the announcement of what `okienko-broker certificates` made; BadListener if it was not run."""
        listener = HallListener.remembered(folder)
        if listener is None:
            raise BadListener("announce: nothing to announce yet; run sudo okienko-broker certificates")
        return cls(listener, Certificates(folder).ca.read_text(), listener.addresses)

    def start(self) -> None:
        """Begin, and return at once."""
        self._thread.start()

    def stop(self) -> None:
        """Take the announcement back."""
        self._stopping.set()
        self._thread.join(FAREWELL_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                addresses = self._addresses()
                with self._announced(addresses) if addresses else contextlib.nullcontext():
                    while not self._stopping.wait(LOOK_S) and self._addresses() == addresses:
                        pass
            except Exception:
                # Whatever is wrong with the network, the queue goes on; devices that know the address find it.
                log.warning("the broker could not announce itself on the network", exc_info=True)
                self._stopping.wait(LOOK_S)

    @contextlib.contextmanager
    def _announced(self, addresses: list[str]) -> Iterator[None]:
        from zeroconf import ServiceInfo, Zeroconf  # noqa: PLC0415 - a third of a second, for those that announce

        host = socket.gethostname().partition(".")[0]
        told = ServiceInfo(
            SERVICE,
            f"Okienko {host}.{SERVICE}",
            port=self._listener.port,
            properties={CA: fingerprint(self._ca)},
            server=f"{host}-okienko.local.",
            parsed_addresses=addresses,
        )
        with Zeroconf(interfaces=addresses) as network:
            network.register_service(told, allow_name_change=True)
            log.info("the broker announces itself at %s, port %d", ", ".join(addresses), self._listener.port)
            yield
            network.unregister_service(told)
