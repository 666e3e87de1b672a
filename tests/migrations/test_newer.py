"""A database that a newer version made is told of in a sentence, and left as it is."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from backend import migrations

FUTURE = "9999"


def made_by_a_newer_version(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrations.upgrade_to(connection)
    engine.dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (FUTURE,))


def test_an_unknown_revision_is_refused_by_its_number(tmp_path: Path) -> None:
    made_by_a_newer_version(tmp_path / "todo.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'todo.db'}")
    with engine.begin() as connection, pytest.raises(migrations.NewerSchemaError, match=FUTURE):
        migrations.upgrade_to(connection)


def test_the_server_ends_with_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "todo.db"
    made_by_a_newer_version(path)
    ended = subprocess.run(
        [sys.executable, "-m", "uvicorn", "backend.main:app", "--port", "0"],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{path}", "BETTER_AUTH_SECRET": "x" * 40},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 36, ended.stderr
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("Cannot start: the database was made by a newer version")
    assert "Traceback" not in ended.stderr
