"""Schema migrations, run at start; safe when several replicas start at once."""

from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

from backend.models import Base
from backend.session import Database

# An arbitrary constant: every replica that migrates takes the same Postgres advisory lock.
LOCK_KEY = 7_146_303
_MODELS = (
    "backend.auth.models",
    "backend.profile.models",
    "backend.tasks.models",
    "backend.journal.models",
    "backend.assistant.models",
    "backend.tokens.models",
    "backend.oauth.models",
    "backend.reminders.models",
    "backend.tasks.groups.models",
    "backend.reminders.channels.models",
    "backend.calendars.models",
    "backend.webhooks.models",
    "backend.letterbox.models",
    "backend.filters.models",
)


def metadata() -> MetaData:
    """The metadata of every model of the app."""
    for module in _MODELS:
        import_module(module)
    return Base.metadata


async def upgrade(database: Database) -> None:
    """Bring the schema to the newest revision, one process at a time.

    SQLite holds its write lock for the whole run; Postgres an advisory lock that the transaction's end frees.
    """
    async with database.connect() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
        await connection.run_sync(upgrade_to)


def downgrade_to(connection: Connection, revision: str = "-1") -> None:
    """Take the schema back to a revision, or so many steps, as going back to an older version needs it."""
    config = _config()
    config.attributes["connection"] = connection
    command.downgrade(config, revision)


class NewerSchemaError(Exception):
    """The database has a revision that this version does not know: a newer one made it."""


def upgrade_to(connection: Connection, revision: str = "head") -> None:
    """Bring the schema up to a revision, within the connection's transaction.

    Raises NewerSchemaError, with nothing changed, for a schema that a newer version made.
    """
    config = _config()
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in revisions():
        raise NewerSchemaError(
            f"the database was made by a newer version of the app (its schema is {current}; this version knows up to "
            f"{revisions()[0]}). Run that version, or restore a backup of before the upgrade"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revisions() -> tuple[str, ...]:
    """Every revision that this version knows, newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
