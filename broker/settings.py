"""What the broker is told at start."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from broker.contract.server import MDNS
from broker.contract.settings import check_mqtt
from broker.store.database import BadDatabase, database_path

DEFAULTS = Path(__file__).with_name("default.toml")
SAMPLE_OFFICE = Path(__file__).with_name("sample_office.toml")
HIGHEST_PORT = 65535


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The queue broker: decides who is called next, remembers it, and tells the hall.

    Its commands, each with a --help of its own: `accounts` makes the MQTT accounts, `backup` copies the queue,
    `bookings` takes in the booked visits, `certificates` lets other machines connect, `device` says which devices may
    speak, `explain` tells why a ticket was called when it was, `restore` goes on from a copy, `status` shows the hall
    on a page, `verify` says whether the log is whole.
    """

    office: Annotated[str, Meta(description="the office's file; left out: the sample office")]
    database: Annotated[str, Meta(description="where the queue is kept, like sqlite:///hall.db")]
    mqtt: Annotated[
        str, Meta(description="mqtt[s]://[user:password@]host[:port], or embedded[:port] for a private one")
    ]
    credentials: Annotated[str, Meta(description="file with its password for MQTT; made by okienko-broker accounts")]
    home_assistant: Annotated[bool, Meta(description="tell Home Assistant what there is to watch: true or false")]
    announce: Annotated[bool, Meta(description="tell the network by mDNS where the broker is, for mqtt = 'mdns:'")]
    backup_folder: Annotated[str, Meta(description="where copies of the queue go; empty: nowhere")]
    backup_minutes: Annotated[int, Meta(ge=0, description="minutes between two copies; 0: never, nor at a day's end")]
    backup_keep_days: Annotated[int, Meta(ge=0, description="for how many days the last copy of each day is kept")]

    def __post_init__(self) -> None:
        """Refuse at once what the broker could not start with, so that the line can name file and key."""
        try:
            database_path(self.database)
        except BadDatabase as error:
            raise ValueError(f"database: {error}") from None
        if not self.has_own_server:
            check_mqtt(self.mqtt)
            if self.mqtt == MDNS:
                raise ValueError("mqtt: mdns: is for devices; the broker should know its server's address")

    @property
    def has_own_server(self) -> bool:
        """Whether the broker starts a private Mosquitto; ValueError where its port makes no sense."""
        name, colon, port = self.mqtt.partition(":")
        if name != "embedded":
            return False
        if colon and not (port.isascii() and port.isdigit() and 0 < int(port) <= HIGHEST_PORT):
            raise ValueError(f"mqtt: {self.mqtt!r} should be embedded or embedded:PORT")
        return True

    @property
    def own_port(self) -> int | None:
        """Return the port of the private Mosquitto; None for any that is free."""
        port = self.mqtt.partition(":")[2]
        return int(port) if port else None

    @property
    def office_path(self) -> Path:
        """Return the office's file, or the sample office where none is named."""
        return Path(self.office) if self.office else SAMPLE_OFFICE
