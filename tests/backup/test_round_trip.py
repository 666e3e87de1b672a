"""A backup of either database brings back the same lists, conversations and journal on either."""

import gzip
import json
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from backend import migrations
from backend.backup.creation import create_file
from backend.backup.layout import Table, tables_of
from backend.backup.postgres import move_sequences
from backend.backup.reader import Backup
from backend.backup.snapshot import connected
from backend.settings import Settings
from tests.backup.conftest import address, empty_database, fill, put_back
from tests.support import postgres
from tests.support.backend import running_app
from tests.support.people import Person, new_person


async def test_each_database_reads_the_others_backup(settings: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    path = tmp_path / "made.jsonl.gz"
    async with running_app(settings) as app, await new_person(app) as person:
        await fill(person)
        made = create_file(address(settings), path)  # while the app runs
        tasks, conversations = await person.all(), (await person.get("/api/conversations")).json()
        who = (person.id, person.token)

    restored = put_back(address(elsewhere), path)
    again = create_file(address(elsewhere), tmp_path / "again.jsonl.gz")

    assert restored.kept is None
    assert made.seal.journal == restored.seal.journal == again.seal.journal
    assert made.manifest.rows == again.manifest.rows
    other_json = {"message", "approval"}  # Postgres keeps JSON without its spaces
    assert [made.seal.parts[name] for name in made.seal.parts if name not in other_json] == [
        again.seal.parts[name] for name in again.seal.parts if name not in other_json
    ]
    async with running_app(elsewhere) as app, Person(app, id=who[0], token=who[1]) as person:
        assert await person.all() == tasks
        assert (await person.get("/api/conversations")).json() == conversations
        await person.add("goes on", due="2027-01-01")  # numbering goes on where it was
        assert (await person.post("/api/undo", json={})).status_code == 200
        assert await person.all() == tasks


async def test_a_backup_under_load_is_of_one_moment(person: Person, settings: Settings, tmp_path: Path) -> None:
    """Each write adds a task, its journal row and a revision: a backup must hold as many of each."""
    made: list[dict[str, int]] = []

    def back_up() -> None:
        for number in range(5):
            path = tmp_path / f"{number}.jsonl.gz"
            create_file(address(settings), path)
            with path.open("rb") as file:
                backup = Backup(file)
                rows = {table.name: [row for chunk in chunks for row in chunk] for table, chunks in backup.parts()}
            place = next(table for table in backup.manifest.tables if table.name == "profile").names.index("revision")
            counts = {"tasks": len(rows["task"]), "journal": len(rows["journal"])}
            made.append({**counts, "revision": rows["profile"][0][place]})

    await person.add("first")
    thread = threading.Thread(target=back_up)
    thread.start()
    while thread.is_alive():
        await person.add("another")
    assert len(made) == 5
    assert all(one["tasks"] == one["journal"] == one["revision"] for one in made)


def test_a_backup_is_private_and_names_what_it_holds(small: Path) -> None:
    assert small.stat().st_mode & 0o777 == 0o600
    first = json.loads(gzip.decompress(small.read_bytes()).splitlines()[0])
    assert {"format", "format_version", "app_version", "revision", "made_at", "database", "tables"} == set(first)
    assert next(table["rows"] for table in first["tables"] if table["name"] == "user") == 1


def test_every_column_of_the_models_has_a_kind(settings: Settings) -> None:
    with connected(address(settings)) as connection:
        migrations.upgrade_to(connection)
        there = {table.name: set(table.names) for table in tables_of(connection)}
    models = migrations.metadata().tables
    assert there == {name: {column.name for column in table.columns} for name, table in models.items()}


def test_an_older_backup_is_brought_up_to_date(elsewhere: Settings, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    url = make_url(f"sqlite:///{old / 'todo.db'}")
    with connected(url) as connection:
        migrations.upgrade_to(connection, "0002")
        moment = "2026-01-01 00:00:00.000000"
        values = ("u1", "Ann", "ann@example.com", 1, None, moment, moment)
        connection.exec_driver_sql("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        connection.commit()
    path = tmp_path / "old.jsonl.gz"
    assert create_file(url, path).manifest.revision == "0002"
    put_back(address(elsewhere), path)
    with connected(address(elsewhere)) as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == migrations.revisions()[0]
        assert connection.scalar(text('SELECT name FROM "user"')) == "Ann"
        assert connection.scalar(text("SELECT count(*) FROM access_token")) == 0


def test_what_postgres_has_no_place_for_is_replaced_and_told(tmp_path: Path) -> None:
    url = empty_database(tmp_path / "small")
    parts = json.dumps([{"text": "a\0b \\u0000 \ud83d half, 🥨 whole"}])
    with sqlite3.connect(str(url.database)) as connection:
        connection.execute("UPDATE user SET name = 'An' || char(0) || 'n'")
        moment = "2026-03-05 16:00:00.123000"
        connection.execute("INSERT INTO conversation VALUES ('c1', 'u1', 't', 1, ?, ?)", (moment, moment))
        connection.execute(
            "INSERT INTO message (conversation_id, id, position, role, parts, turn_id, created_at)"
            " VALUES ('c1', 'm1', 1, 'user', ?, 't1', ?)",
            (parts, moment),
        )
    path = tmp_path / "made.jsonl.gz"
    create_file(url, path)
    other = make_url(postgres.new_database()).set(drivername="postgresql+psycopg")
    assert put_back(other, path).replaced_values == 2
    with connected(other) as target:
        assert target.scalar(text('SELECT name FROM "user"')) == "An\ufffdn"
        assert target.scalar(text("SELECT parts FROM message")) == [{"text": "a\ufffdb \\u0000 \ufffd half, 🥨 whole"}]
    assert put_back(make_url(f"sqlite:///{tmp_path / 'same.db'}"), path).replaced_values == 0
    with sqlite3.connect(tmp_path / "same.db") as connection:
        assert connection.execute("SELECT name, parts FROM user, message").fetchone() == ("An\0n", parts)


def test_what_numbers_rows_by_itself_goes_on_after_them() -> None:
    url = make_url(postgres.new_database()).set(drivername="postgresql+psycopg")
    with connected(url) as connection:
        connection.exec_driver_sql("CREATE TABLE numbered (id serial PRIMARY KEY, name text)")
        connection.exec_driver_sql("INSERT INTO numbered VALUES (7, 'came with the rows')")
        move_sequences(connection, Table("numbered", (("id", "integer"), ("name", "text")), ("id",)))
        assert connection.scalar(text("INSERT INTO numbered (name) VALUES ('new') RETURNING id")) == 8


def test_tables_of_other_programs_stay(tmp_path: Path, small: Path) -> None:
    url = make_url(postgres.new_database()).set(drivername="postgresql+psycopg")
    with connected(url) as connection:
        connection.exec_driver_sql("CREATE TABLE spatial_ref_sys (srid integer PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO spatial_ref_sys VALUES (4326)")
        connection.commit()
    put_back(url, small)
    put_back(url, small, replace=True, keep=tmp_path / "kept")
    with connected(url) as connection:
        assert connection.scalar(text("SELECT srid FROM spatial_ref_sys")) == 4326


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata"])
def test_instants_are_utc_whatever_zone_the_server_has(zone: str, small: Path, tmp_path: Path) -> None:
    name = postgres.new_database()
    url = make_url(name).set(drivername="postgresql+psycopg")
    with connected(url) as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {url.database} SET timezone TO '{zone}'")
        connection.exec_driver_sql(f"ALTER DATABASE {url.database} SET datestyle TO 'German, DMY'")
        connection.commit()
    put_back(url, small)
    again = create_file(url, tmp_path / "again.jsonl.gz")
    with small.open("rb") as file:
        assert Backup(file).check().parts == again.seal.parts
