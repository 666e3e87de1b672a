"""Alembic's environment: runs over the connection that `backend.migrations.upgrade` hands it."""

from typing import Literal

from alembic import context

from backend.migrations import metadata
from backend.models import UtcDateTime

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Migrations run when the backend starts; there is no separate command.")


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our timestamp type as the plain one: a migration must not change when the models do."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(connection=connection, target_metadata=metadata(), render_as_batch=True, render_item=render_item)
with context.begin_transaction():
    context.run_migrations()
