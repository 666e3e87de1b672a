"""Puts a backup's content into a database without tables of the app, and reads it back to be sure."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from backend import migrations
from backend.backup.errors import BackupError, NotRestorableError
from backend.backup.layout import JOURNAL, Table, tables_of
from backend.backup.manifest import Manifest, Seal
from backend.backup.reader import Backup
from backend.backup.snapshot import connected, snapshot_of
from backend.backup.writer import Chunk, lines_of

Tell = Callable[[int], None]
Insert = Callable[[Table, Iterable[Chunk]], int]


@dataclass(frozen=True)
class Filled:
    """How many values Postgres could not hold as they were: U+FFFD stands in them for what it has no place for."""

    replaced: int = 0


def fill(connection: Connection, backup: Backup, insert: Insert, *, tell: Tell) -> Filled:
    """Make the tables at the backup's revision, put its rows in, compare, and migrate to the newest; commits nothing.

    ``insert`` writes a table's rows and says how many values it had to replace. Raises NotRestorableError: the file has
    other tables than its revision; BackupError: what was read back is not what was written.
    """
    migrations.upgrade_to(connection, backup.manifest.revision)
    _require_same_tables(backup.manifest, tables_of(connection))
    replaced, rows = 0, 0
    found: list[Seal] = []
    for table, chunks in backup.parts(found.append):
        replaced += insert(table, chunks)
        rows += backup.manifest.rows[table.name]
        tell(rows)
    _compare(connection, backup.manifest, journal="" if replaced else found[0].journal)
    migrations.upgrade_to(connection)
    return Filled(replaced)


def require_known(manifest: Manifest) -> None:
    """Raise NotRestorableError for a schema that this version does not know, and for tables that are not of it."""
    known = migrations.revisions()
    if manifest.revision not in known:
        raise NotRestorableError(
            f"This backup is of a newer schema ({manifest.revision}; this version knows up to {known[0]}): "
            f"restore it with the Todo Chatbot that made it ({manifest.app_version}) or a newer one."
        )
    with connected(URL.create("sqlite")) as connection:  # in memory
        migrations.upgrade_to(connection, manifest.revision)
        _require_same_tables(manifest, tables_of(connection))


def _require_same_tables(manifest: Manifest, there: Iterable[Table]) -> None:
    wanted = {table.name: set(table.columns) for table in there}
    found = {table.name: set(table.columns) for table in manifest.tables}
    if wanted != found:
        names = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
        raise NotRestorableError(
            f"This backup says revision {manifest.revision}, but its tables are not that revision's "
            f"({', '.join(name[:60] for name in names[:5])})."
        )


def _compare(connection: Connection, manifest: Manifest, *, journal: str) -> None:
    """Raise BackupError unless the database holds what the backup says: each table's rows, the journal to the byte."""
    there = snapshot_of(connection)
    for table in there.tables:
        if there.count(table) != manifest.rows[table.name]:
            raise BackupError(
                f"{table.name} has other rows than the backup after they were written; nothing was changed."
            )
    if journal and journal_digest(connection, manifest) != journal:
        raise BackupError("The journal is not the backup's after it was written; nothing was changed.")


def journal_digest(connection: Connection, manifest: Manifest) -> str:
    """The digest of the database's journal, in the columns of the backup."""
    there = snapshot_of(connection)
    key = next(table.key for table in there.tables if table.name == JOURNAL)
    columns = next(table.columns for table in manifest.tables if table.name == JOURNAL)
    total = hashlib.sha256()
    for chunk in there.rows(Table(JOURNAL, columns, key)):
        total.update(lines_of(chunk))
    return total.hexdigest()
