"""Brings the tables of a database up to date with Alembic, all of it or nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

_SCRIPTS = Path(__file__).parent / "migrations"


class UnknownSchema(Exception):
    """The tables were made by a migration that this version does not have."""


def alembic_config(connection: Connection) -> Config:
    """Return the configuration that Alembic's commands take, for this connection."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Apply every migration that is due; UnknownSchema if the tables are newer than all of them."""
    try:
        command.upgrade(alembic_config(connection), "head")
    except CommandError as error:
        raise UnknownSchema(str(error)) from None
