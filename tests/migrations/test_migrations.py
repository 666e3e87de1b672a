"""Released migrations stay as they are, and whatever they left behind becomes today's schema with its rows."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from backend import migrations
from backend.session import Database
from backend.settings import Settings
from tests.migrations import rows
from tests.migrations.places import EDITED, MIGRATIONS, Start, make, revisions, starts
from tests.migrations.schema import read_schema
from tests.support.backend import running_app, settings_for
from tests.support.people import new_person

VERSIONS = MIGRATIONS / "versions"
DIGESTS = VERSIONS / "SHA256SUMS"


ONLY_SQLITE = "ix_task_user_id_tags"  # an index whose `ddl_if` Alembic's comparison does not know
SEARCH = "task_search"  # the index of words, which is of no model: how the names of its tables begin

# Alembic's comparison and the rows' tables do without it; `read_schema` compares it by its own words.
pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")


def listed() -> dict[str, str]:
    lines = [line.split("  ") for line in DIGESTS.read_text().splitlines()]
    return {name: digest for digest, name in lines}


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_no_migration_is_edited_after_its_release() -> None:
    for name, digest in listed().items():
        path = VERSIONS / name
        assert path.exists(), f"{name} was released: it must stay. Write a new migration in its place."
        assert digest_of(path) == digest, f"{name} was released: undo the edit, and write a new migration."


def test_every_migration_is_frozen_with_the_change_that_brings_it() -> None:
    for path in VERSIONS.glob("[0-9]*.py"):
        line = f"{digest_of(path)}  {path.name}"
        assert path.name in listed(), f"add this line to {DIGESTS.name}, once the migration is as it shall be: {line}"


def test_the_edited_ones_are_others() -> None:
    for path in EDITED.glob("*.py"):
        assert digest_of(path) != listed()[path.name]


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings)
    try:
        yield database
    finally:
        await database.dispose()


@pytest.mark.parametrize("start", starts(), ids=str)
async def test_any_released_schema_becomes_todays(
    settings: Settings, start: Start, tmp_path: Path, fresh: Settings
) -> None:
    async with connected(settings) as database, connected(fresh) as new:
        async with database.connect() as connection:
            await connection.run_sync(make, start, folder=tmp_path / "old")
            before = await connection.run_sync(rows.write)
        await migrations.upgrade(database)
        await migrations.upgrade(new)
        async with database.connect() as connection, new.connect() as wanted:
            assert rows.missing(before, await connection.run_sync(rows.read)) == []
            assert await connection.run_sync(read_schema) == await wanted.run_sync(read_schema)
            assert await connection.run_sync(_differences) == []


@pytest.mark.parametrize("start", [start for start in starts() if start.edited], ids=str)
async def test_the_program_works_on_a_repaired_database(settings: Settings, start: Start, tmp_path: Path) -> None:
    async with connected(settings) as database, database.connect() as connection:
        await connection.run_sync(make, start, folder=tmp_path / "old")
    async with running_app(settings) as app, await new_person(app) as person:
        await person.add("water the plants", project="home")
        assert [task["title"] for task in await person.all(search="plants")] == ["water the plants"]
        body = {"email": "nobody@example.com", "password": "correct horse battery"}
        assert (await person.post("/api/auth/sign-in/email", json=body)).status_code == 401  # counted in a table


async def test_an_upgrade_of_the_newest_changes_nothing(settings: Settings) -> None:
    async with connected(settings) as database:
        await migrations.upgrade(database)
        async with database.connect() as connection:
            before = await connection.run_sync(read_schema)
        await migrations.upgrade(database)
        async with database.connect() as connection:
            assert await connection.run_sync(read_schema) == before


def test_the_revisions_are_one_chain() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_heads() == [revisions()[-1]]
    assert [entry.revision for entry in script.walk_revisions()] == revisions()[::-1]


@pytest.fixture
def fresh(database_url: str, tmp_path: Path) -> Settings:
    """Settings of another empty database of the same kind."""
    from tests.support import postgres

    kind = f"sqlite:///{tmp_path / 'fresh.db'}" if database_url.startswith("sqlite") else postgres.new_database()
    return settings_for(tmp_path, kind)


def _differences(connection: Connection) -> list[object]:
    """What the models would have otherwise, by Alembic's own comparison."""

    def is_meant(_object: object, name: str | None, *_: object) -> bool:
        derives = (name or "").startswith(SEARCH) or name == "ix_task_search_words"
        return not derives and (name != ONLY_SQLITE or connection.dialect.name == "sqlite")

    options = {"compare_type": True, "compare_server_default": True, "include_object": is_meant}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), migrations.metadata()))
