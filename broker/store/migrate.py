"""Brings the tables of a database up to date with Alembic, all of it or nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

_SCRIPTS = Path(__file__).parent / "migrations"


def alembic_config(connection: Connection) -> Config:
    """Return the configuration that Alembic's commands take, for this connection."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Apply every migration that is due."""
    command.upgrade(alembic_config(connection), "head")
