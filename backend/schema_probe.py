"""Whether the database, as it stands, could take changes: its tables are there, and it may be written.

Asked before anything fails, so that a list that nobody uses is not called well.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.faults import FAULTS, Fault
from backend.models import Base

_TABLES = {
    "postgresql": "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = ANY (current_schemas(false))",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
}
_READ_ONLY = "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean"


async def schema_fault(session: AsyncSession) -> Fault | None:
    """What keeps changes from being stored, by the database's own word; None where nothing does."""
    dialect = session.get_bind().dialect.name
    there = set((await session.scalars(text(_TABLES[dialect]))).all())
    if absent := sorted(set(Base.metadata.tables) - there):
        return Fault(
            name="schema_missing",
            what=f"The database has no table {', '.join(absent)}",
            advice="Restore a backup; an empty database is given its tables when the server starts.",
        )
    if dialect == "postgresql" and await session.scalar(text(_READ_ONLY)):
        return next(fault for fault in FAULTS if fault.name == "read_only")
    return None
