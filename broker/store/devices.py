"""The registered devices: who may speak, and for which desks."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import DBAPIError

from .log import StorageFailed
from .tables import devices

Devices = Mapping[str, tuple[str, ...]]  # client -> its desks


def registered(connection: Connection) -> Devices:
    """Return every registered device; while there is none, everyone may speak. StorageFailed if nobody can say."""
    try:
        with connection.begin():
            return {client: tuple(json.loads(desks)) for client, desks in connection.execute(select(devices))}
    except DBAPIError as error:
        raise StorageFailed(str(error.orig)) from error


def register(connection: Connection, client: str, desks: tuple[str, ...]) -> None:
    """Register a device, or change the desks that it speaks for."""
    with connection.begin():
        row = {"client": client, "desks": json.dumps(desks)}
        connection.execute(insert(devices).prefix_with("OR REPLACE"), row)


def revoke(connection: Connection, client: str) -> bool:
    """Strike a device off; False if it was not registered."""
    with connection.begin():
        return connection.execute(delete(devices).where(devices.c.client == client)).rowcount > 0
