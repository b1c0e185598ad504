"""Run by Alembic: migrates the connection that `migrate.py` hands over."""

from alembic import context

from broker.store.tables import metadata

connection = context.config.attributes["connection"]
# A change that recreates a table would delete what refers to it.
connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
connection.rollback()
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise RuntimeError(f"the migration left rows that refer to nothing: {broken[:3]}")
connection.exec_driver_sql("PRAGMA foreign_keys=ON")
connection.rollback()
