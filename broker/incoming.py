"""A request on its way through the broker."""

from dataclasses import dataclass

from broker.contract import messages as m
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
