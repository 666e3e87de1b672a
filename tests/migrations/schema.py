"""A database's schema as the database itself tells it, to compare with another's."""

from sqlalchemy import Connection, text

Schema = dict[str, list[tuple[object, ...]]]

_POSTGRES = {
    "columns": """
        SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,
               collation_name, is_identity
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "sequences": "SELECT sequence_name FROM information_schema.sequences WHERE sequence_schema = 'public'",
}
_TABLES = "FROM sqlite_master AS m JOIN {} AS x WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
_SQLITE = {
    "columns": 'SELECT m.name, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden '
    + _TABLES.format("pragma_table_xinfo(m.name)"),
    "foreign keys": 'SELECT m.name, x."table", x."from", x."to", x.on_update, x.on_delete '
    + _TABLES.format("pragma_foreign_key_list(m.name)"),
    "uniques": """
        SELECT m.name, i.origin, i."unique", i.partial, group_concat(c.name) FROM sqlite_master AS m
        JOIN pragma_index_list(m.name) AS i JOIN pragma_index_info(i.name) AS c
        WHERE m.type = 'table' GROUP BY m.name, i.name""",
    "others": "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL",
}


def read_schema(connection: Connection) -> Schema:
    """Columns with their types, constraints and indexes; the order of columns does not count."""
    queries = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES
    return {name: _rows(connection, query) for name, query in queries.items()}


def _rows(connection: Connection, query: str) -> list[tuple[object, ...]]:
    rows = [tuple(_plain(value) for value in row) for row in connection.execute(text(query))]
    return sorted(rows, key=repr)


def _plain(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value
