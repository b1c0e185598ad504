"""A request on its way through the broker."""

from dataclasses import dataclass

from broker.contract import messages as m
from broker.domain.refusals import NotAllowed
from broker.store.devices import Devices
from broker.store.log import key


@dataclass(frozen=True)
class Incoming:
    """A request as it arrived."""

    client: str
    verb: str
    request: m.Request
    too_late: bool = False  # its clerk may have turned away meanwhile

    @property
    def key(self) -> str:
        """Return what a repeat of it is known by."""
        return key(self.client, self.request.request_id)

    def check_sender(self, devices: Devices) -> None:
        """Refuse, where devices are registered, others, and a desk's key from anywhere but its own terminals."""
        if not devices:
            return
        if self.client not in devices:
            raise NotAllowed(f"{self.client} is not a registered device")
        if isinstance(self.request, m.DeskRequest) and self.request.desk not in devices[self.client]:
            raise NotAllowed(f"{self.client} is no terminal of desk {self.request.desk}")
