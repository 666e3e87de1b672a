"""The manifest: what a backup says of itself in its first line, and the checksums that its last line seals it with."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, get_args

from backend.backup.errors import NotRestorableError
from backend.backup.layout import JOURNAL, Kind, Table

FORMAT = "todo-chatbot-backup"
FORMAT_VERSION = 1
_KINDS = frozenset(get_args(Kind))


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """``made_at`` is a UTC instant (ISO 8601); ``revision`` the schema's; ``rows`` counts each table's rows."""

    app_version: str
    revision: str
    made_at: str
    database: str
    tables: tuple[Table, ...]
    rows: Mapping[str, int]
    format_version: int = FORMAT_VERSION

    def as_dict(self) -> dict[str, Any]:
        """The first line's object."""
        described = [
            {"name": table.name, "columns": [list(column) for column in table.columns], "rows": self.rows[table.name]}
            for table in self.tables
        ]
        told = {key: value for key, value in vars(self).items() if key not in {"tables", "rows"}}
        return {"format": FORMAT, **told, "tables": described}


@dataclass(frozen=True, kw_only=True)
class Seal:
    """SHA-256 digests: of each table's lines, of the journal's, and of the first line with all of them."""

    parts: Mapping[str, str]
    journal: str
    whole: str

    def as_dict(self) -> dict[str, Any]:
        return {"seal": asdict(self)}


def seal(first_line: bytes, parts: Mapping[str, str]) -> Seal:
    """The seal of a backup whose first line and parts are these."""
    whole = hashlib.sha256(first_line)
    for name, digest in parts.items():
        whole.update(f"{name} {digest}\n".encode())
    return Seal(parts=dict(parts), journal=parts.get(JOURNAL, ""), whole=whole.hexdigest())


def read_manifest(line: bytes) -> Manifest:
    """The manifest in a first line. Raises NotRestorableError: another program's file, or a newer format."""
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotRestorableError("This is no backup of Todo Chatbot: its first line is another program's.")
    if told.get("format_version") != FORMAT_VERSION:
        raise NotRestorableError(
            f"This backup is in format {told.get('format_version')}, and this version reads format {FORMAT_VERSION}: "
            f"restore it with the Todo Chatbot that made it ({told.get('app_version')}) or a newer one."
        )
    try:
        return _manifest(told)
    except (KeyError, TypeError, ValueError) as error:
        raise NotRestorableError("This backup is damaged: its first line does not describe its tables.") from error


def _manifest(told: dict[str, Any]) -> Manifest:
    tables = tuple(_table(entry) for entry in told["tables"])
    rows = {entry["name"]: _count(entry["rows"]) for entry in told["tables"]}
    if len(rows) != len(tables):
        raise ValueError("a table is named twice")
    return Manifest(
        app_version=str(told["app_version"]),
        revision=str(told["revision"]),
        made_at=str(told["made_at"]),
        database=str(told["database"]),
        tables=tables,
        rows=rows,
    )


def _table(entry: dict[str, Any]) -> Table:
    columns = tuple((str(name), _kind(kind)) for name, kind in entry["columns"])
    if not columns or len(dict(columns)) != len(columns):
        raise ValueError("a column is named twice, or there is none")
    return Table(str(entry["name"]), columns)


def _kind(text: Any) -> Kind:
    if text not in _KINDS:
        raise ValueError("no such kind")
    kind: Kind = text
    return kind


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no count")
    return value
