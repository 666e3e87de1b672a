"""How the databases read the list: along an index of its order, whatever is asked for."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import product
from typing import Any, get_args

import psycopg
import pytest
from fastapi import FastAPI
from sqlalchemy.dialects.sqlite import dialect

from backend.settings import Settings
from backend.tasks.fields import Sort
from backend.tasks.listing.conditions import bound, spelt
from backend.tasks.listing.index import Index
from backend.tasks.listing.statements import (
    Way,
    documents_statement,
    edge_statement,
    numbers_of,
    source_statements,
    whole_statement,
)
from backend.tasks.schemas import TaskQuery

NOW = datetime(2026, 3, 5, tzinfo=UTC)
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"overdue": True},
    {"no_due": True},
    {"due_from": "2026-01-01", "due_to": "2026-02-01"},
    {"project": "home"},
    {"parent_id": "0192b6a0-0000-7000-8000-000000000000"},
    {"priority": "high"},
    {"tag": "x"},
    {"search": "dentist"},
    {"completed_from": "2026-01-01", "completed_to": "2026-02-01", "timezone": "UTC"},
)


def questions() -> Iterator[TaskQuery]:
    for sort, status, filters in product(get_args(Sort), ("open", "done", "all"), FILTERS):
        yield TaskQuery(sort=sort, status=status, **filters)


def way_of(app: FastAPI, query: TaskQuery) -> Way:
    sqlite = app.state.database.is_sqlite
    return Way(index=Index.FTS5 if sqlite else Index.TRGM, sqlite=sqlite, sought=spelt(query.search))


class Plans:
    """The database's own account of how it would read; of Postgres what it can do, however few the rows are."""

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        self._dialect = app.state.database.engine.dialect
        self._sqlite = sqlite3.connect(str(settings.sqlite_file)) if settings.sqlite_file else None
        address = settings.sqlalchemy_url.render_as_string(hide_password=False).replace("+psycopg", "")
        self._postgres = None if self._sqlite else psycopg.connect(address)

    def close(self) -> None:
        if self._sqlite:
            self._sqlite.close()
        if self._postgres:
            self._postgres.close()

    def sorted_tables(self, statement: Any, way: Way) -> list[str]:
        """What is sorted as a whole, and what is read from its first row to its last."""
        return self._of_sqlite(statement, way) if self._sqlite else self._of_postgres(statement, way)

    def _of_sqlite(self, statement: Any, way: Way) -> list[str]:
        assert self._sqlite
        compiled = statement.compile(dialect=dialect(paramstyle="named"))
        if str(compiled).endswith("0 = 1"):  # a page after the last one of its filter
            return []
        values = {**compiled.params, **bound("nobody", NOW), "now": str(NOW), "numbers": numbers_of([1], way)}
        rows = self._sqlite.execute(f"EXPLAIN QUERY PLAN {compiled}", values).fetchall()
        beside = {parent: [row[3] for row in rows if row[1] == parent] for _, parent, *_ in rows}
        sorts = {parent for _, parent, _, detail in rows if detail.startswith("USE TEMP B-TREE")}
        found = [detail for parent in sorts for detail in beside[parent] if detail.startswith("SEARCH task ")]
        return found + [row[3] for row in rows if row[3] == "SCAN task"]

    def _of_postgres(self, statement: Any, way: Way) -> list[str]:
        assert self._postgres
        compiled = statement.compile(dialect=self._dialect)
        values = {**compiled.params, **bound("nobody", NOW), "numbers": numbers_of([1], way)}
        for node in ("seqscan", "bitmapscan", "sort"):
            self._postgres.execute(f"SET enable_{node} = off".encode())
        row = self._postgres.execute(f"EXPLAIN (FORMAT JSON) {compiled}".encode(), values).fetchone()
        assert row
        return list(_sorted_in(row[0][0]["Plan"], beneath=None))


def _sorted_in(node: dict[str, Any], *, beneath: str | None) -> Iterator[str]:
    """A sort of tasks that no limit stands before."""
    kind = node["Node Type"]
    if kind == "Limit":
        beneath = None
    if kind in {"Sort", "Incremental Sort"}:
        beneath = kind
    if node.get("Relation Name") == "task" and (beneath or kind == "Seq Scan"):
        yield json.dumps(node)
    for inner in node.get("Plans", []):
        yield from _sorted_in(inner, beneath=beneath if inner.get("Parent Relationship") != "SubPlan" else None)


@pytest.fixture
def plans(app: FastAPI, settings: Settings) -> Iterator[Plans]:
    with closing(Plans(app, settings)) as found:
        yield found


def test_every_order_with_every_filter_is_read_along_an_index(app: FastAPI, plans: Plans) -> None:
    for query in questions():
        way = way_of(app, query)
        for make in (documents_statement, edge_statement, whole_statement):
            assert plans.sorted_tables(make(query, way), way) == [], (make.__name__, query)


def test_a_page_further_on_is_read_along_it_too(app: FastAPI, plans: Plans) -> None:
    for query in questions():
        way = Way(index=Index.NONE, sqlite=app.state.database.is_sqlite, sought=(), until=_place(query))
        assert plans.sorted_tables(documents_statement(query, way), way) == [], query


def _place(query: TaskQuery) -> tuple[Any, int]:
    kinds: dict[str, Any] = {"created": 5, "priority": 2, "order": 1.5, "updated": NOW}
    return kinds.get(query.sort.removeprefix("-"), "2026-03-05"), 5


def test_what_a_filter_names_is_found_by_an_index(app: FastAPI, plans: Plans) -> None:
    for query in questions():
        way = way_of(app, query)
        for source in source_statements(query, way):
            assert plans.sorted_tables(source, way) == [], query
