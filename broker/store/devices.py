"""The registered devices: who may speak, and for which desks."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select, text
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


# One of the newest is soon found; a device that has not asked for so many is as good as silent.
_LAST_ASKED = text("""
    SELECT client, max(seq), json_extract(data, '$.at')
    FROM (SELECT seq, client, data FROM events ORDER BY seq DESC LIMIT 20000)
    WHERE client IS NOT NULL GROUP BY client
""")


def last_asked(connection: Connection) -> dict[str, str]:
    """Return when each client last asked for something that was done, as the log has it; who did not is left out."""
    with connection.begin():
        return {client: str(at)[:16].replace("T", " ") for client, _, at in connection.execute(_LAST_ASKED)}
