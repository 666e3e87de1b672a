"""A database's tables in terms that both databases share: their columns, and the kind of value that each holds."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Inspector, inspect, types
from sqlalchemy.engine.interfaces import ReflectedColumn

from backend import migrations
from backend.backup.errors import BackupError

Kind = Literal["text", "integer", "number", "boolean", "instant", "date", "json"]
JOURNAL = "journal"
# The first that fits: Boolean before Integer and DateTime before Date, whatever a dialect derives from what.
_KINDS: tuple[tuple[type[types.TypeEngine[Any]], Kind], ...] = (
    (types.Boolean, "boolean"),
    (types.JSON, "json"),
    (types.DateTime, "instant"),
    (types.Date, "date"),
    (types.Float, "number"),
    (types.Integer, "integer"),
    (types.String, "text"),
)


@dataclass(frozen=True)
class Table:
    """A table's columns, in order, each with its kind; ``key`` are the columns that its rows are ordered by."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _kind in self.columns)


def tables_of(connection: Connection) -> tuple[Table, ...]:
    """The app's own tables as they stand in this database, those that others refer to first.

    Tables of other programs in the same database are left out. Raises BackupError for a column that no kind fits.
    """
    found = inspect(connection)
    ordered = [name for name, _keys in found.get_sorted_table_and_fkc_names() if name]
    return tuple(_table(found, name) for name in ordered if name in migrations.metadata().tables)


def _table(found: Inspector, name: str) -> Table:
    stored = [column for column in found.get_columns(name) if "computed" not in column]
    columns = tuple((column["name"], _kind(name, column)) for column in stored)
    return Table(name, columns, tuple(found.get_pk_constraint(name)["constrained_columns"]))


def _kind(table: str, column: ReflectedColumn) -> Kind:
    for type_, kind in _KINDS:
        if isinstance(column["type"], type_):
            return kind
    raise BackupError(f"A backup cannot hold {table}.{column['name']}: its type is {column['type']!r}.")
