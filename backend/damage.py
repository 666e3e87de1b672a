"""Damage in a database, as its driver reports it."""

import sqlite3

SQLITE_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
POSTGRES_DAMAGE = frozenset({"XX001", "XX002"})  # data_corrupted, index_corrupted (Postgres' appendix A)
DAMAGED = (
    "The database is damaged; nothing was changed. Stop the app and bring back its newest good backup: "
    "`./todo up` names it with the command, and docs/backup.md says how."
)


def is_damage(error: BaseException | None) -> bool:
    """Whether a driver's error, or SQLAlchemy's around it, says that what is stored is damaged."""
    reason = getattr(error, "orig", None) or error
    code = getattr(reason, "sqlite_errorcode", 0) or 0
    return code & 0xFF in SQLITE_DAMAGE or getattr(reason, "sqlstate", None) in POSTGRES_DAMAGE
