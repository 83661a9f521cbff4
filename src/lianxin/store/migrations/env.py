"""Runs revisions on the connection that ``store.migrate`` hands over; there is no other way in."""

from alembic import context
from sqlalchemy import Connection

connection = context.config.attributes["connection"]
if not isinstance(connection, Connection):
    raise RuntimeError("migrations run on a keyed connection given by store.migrate only")
context.configure(connection=connection, target_metadata=None)
context.run_migrations()
