"""Brings the tables of a database up to date with Alembic, all of it or nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

_SCRIPTS = Path(__file__).parent / "migrations"


class FailedUpgrade(Exception):
    """A migration failed; the tables are as they were."""


class UnknownSchema(Exception):
    """The tables were made by a migration that this version does not have."""


def alembic_config(connection: Connection) -> Config:
    """Return the configuration that Alembic's commands take, for this connection."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config


def check_known(schema: str) -> None:
    """Refuse tables that are newer than all migrations: UnknownSchema."""
    try:
        ScriptDirectory(_SCRIPTS).get_revision(schema)
    except CommandError as error:
        raise UnknownSchema(str(error)) from None


def upgrade(connection: Connection) -> None:
    """Apply every migration that is due; FailedUpgrade if one fails, and then nothing has changed."""
    try:
        command.upgrade(alembic_config(connection), "head")
    except (CommandError, SQLAlchemyError, RuntimeError) as error:
        connection.rollback()
        raise FailedUpgrade(str(getattr(error, "orig", error))) from None
