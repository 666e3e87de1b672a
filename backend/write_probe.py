"""Whether the database takes changes: asked only after one could not be stored, and cheaply."""

import tempfile
import time
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backend.faults import Fault, fault_of
from backend.session import Database

SIZE = 256 * 1024  # what is tried, in bytes: more than a chat turn stores
PAUSE_SECONDS = 1.0
_ROW = "UPDATE alembic_version SET version_num = version_num"
_ROOM = """
    CREATE TEMPORARY TABLE write_probe ON COMMIT DROP AS
    SELECT repeat(md5(place::text), 32) AS filling FROM generate_series(1, 256) AS place"""


async def standing_fault(database: Database) -> Fault | None:
    """What keeps changes from being stored now; None where none failed, or where one can be stored again.

    Tried at most once a second. Raises what a database raises that cannot be reached.
    """
    if database.fault and time.monotonic() - database.fault_tried > PAUSE_SECONDS:
        database.fault_tried = time.monotonic()
        try:
            await _try(database)
        except (DBAPIError, OSError) as error:
            database.fault = fault_of(error) or (database.fault if isinstance(error, OSError) else None)
            if database.fault is None:
                raise
        else:
            database.fault = None
    return database.fault


async def _try(database: Database) -> None:
    """A small change, and room for a larger one."""
    async with database.write() as session:
        await session.execute(text(_ROW))
        if not database.is_sqlite:
            await session.execute(text(_ROOM))
    if database.is_sqlite and database.url.database:
        _try_room(Path(database.url.database).parent)


def _try_room(folder: Path) -> None:
    """Raises OSError where a file of this size cannot be written beside the database; the file never gets a name."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(SIZE))
        file.flush()
