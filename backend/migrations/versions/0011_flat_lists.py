"""An index for each order and filter of the list, and one of the words that tasks hold

Lists are read in the order of an index, searches through trigrams: FTS5 on SQLite, pg_trgm on Postgres. Triggers keep
the index of words in step. It is no table of the models: what it holds derives from the tasks. Where SQLite has no
trigrams (before 3.34), or the user of Postgres may not create the extensions, there is none, and a search reads the
user's tasks.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_DUE = sa.text("coalesce(due, '~')")
_INDEXES: dict[str, list[str | sa.TextClause]] = {
    "ix_task_user_id_project_due": ["user_id", "project_key", "done", _DUE, "number", "project"],
    "ix_task_user_id_done_number": ["user_id", "done", "number"],
    "ix_task_user_id_done_order": ["user_id", "done", "position", "number"],
    "ix_task_user_id_done_title": ["user_id", "done", "title_key", "number"],
    "ix_task_user_id_done_priority": ["user_id", "done", "priority_rank", "number"],
    "ix_task_user_id_done_updated": ["user_id", "done", "updated_at", "number"],
}

# A row of the index is a task: its user's slot in the upper half of the rowid, its number in the lower.
_SLOT = "(SELECT slot << 32 FROM task_search_user WHERE user_id = {row}.user_id) + {row}.number"
_ROW = _SLOT + ", char(10) || {row}.words || char(10)"
_ADD = (
    "INSERT OR IGNORE INTO task_search_user (user_id) VALUES (new.user_id);",
    f"INSERT INTO task_search (rowid, words) VALUES ({_ROW.format(row='new')});",  # noqa: S608
)
_FORGET = f"DELETE FROM task_search WHERE rowid = {_SLOT.format(row='old')};"  # noqa: S608
_MOVED = "new.words <> old.words OR new.number <> old.number OR new.user_id <> old.user_id"
_SQLITE = (
    "CREATE TABLE task_search_user (slot INTEGER PRIMARY KEY, user_id VARCHAR(64) NOT NULL UNIQUE)",
    "INSERT INTO task_search_user (user_id) SELECT DISTINCT user_id FROM task",
    f"INSERT INTO task_search (rowid, words) SELECT {_ROW.format(row='task')} FROM task",  # noqa: S608
    f"CREATE TRIGGER task_search_added AFTER INSERT ON task BEGIN {' '.join(_ADD)} END",
    "CREATE TRIGGER task_search_changed AFTER UPDATE OF words, number, user_id ON task "
    f"WHEN {_MOVED} BEGIN {_FORGET} {' '.join(_ADD)} END",
    f"CREATE TRIGGER task_search_gone AFTER DELETE ON task BEGIN {_FORGET} END",
)

_POSTGRES = (
    "CREATE TABLE task_search (task_id varchar(36) NOT NULL CONSTRAINT pk_task_search PRIMARY KEY, "
    "user_id varchar(64) NOT NULL, number integer NOT NULL, words text NOT NULL)",
    r"INSERT INTO task_search SELECT id, user_id, number, E'\n' || words || E'\n' FROM task",
    "CREATE INDEX ix_task_search_words ON task_search USING gin (user_id, words gin_trgm_ops) WITH (fastupdate = off)",
    r"""CREATE FUNCTION task_search_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            DELETE FROM task_search WHERE task_id = OLD.id;
            RETURN NULL;
        END IF;
        INSERT INTO task_search VALUES (NEW.id, NEW.user_id, NEW.number, E'\n' || NEW.words || E'\n')
        ON CONFLICT (task_id) DO UPDATE
        SET user_id = excluded.user_id, number = excluded.number, words = excluded.words;
        RETURN NULL;
    END $$""",
    "CREATE TRIGGER task_search_added AFTER INSERT OR DELETE ON task FOR EACH ROW EXECUTE FUNCTION task_search_keep()",
    "CREATE TRIGGER task_search_changed AFTER UPDATE ON task FOR EACH ROW WHEN "
    "(NEW.words <> OLD.words OR NEW.number <> OLD.number OR NEW.user_id <> OLD.user_id) "
    "EXECUTE FUNCTION task_search_keep()",
)


def upgrade() -> None:
    for name, columns in _INDEXES.items():
        op.create_index(name, "task", columns)
    op.drop_index("ix_task_user_id_project", table_name="task")
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_task_narrow", table_name="task")
        where = sa.text("tags_text <> ''")
        op.create_index("ix_task_user_id_tags", "task", ["user_id", "tags_text", "done"], sqlite_where=where)
        if _succeeds(
            "CREATE VIRTUAL TABLE task_search USING fts5(words, columnsize=0, tokenize='trigram case_sensitive 1')"
        ):
            _run(*_SQLITE)
    elif _succeeds("CREATE EXTENSION IF NOT EXISTS pg_trgm", "CREATE EXTENSION IF NOT EXISTS btree_gin"):
        _run(*_POSTGRES)


def _succeeds(*statements: str) -> bool:
    """Whether the database can do, and allows, all of these; none is done otherwise."""
    try:
        with op.get_bind().begin_nested():
            _run(*statements)
    except sa.exc.DBAPIError:
        return False
    return True


def _run(*statements: str) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _run(*(f"DROP TRIGGER IF EXISTS task_search_{name}" for name in ("added", "changed", "gone")))
        _run("DROP TABLE IF EXISTS task_search", "DROP TABLE IF EXISTS task_search_user")
        op.drop_index("ix_task_user_id_tags", table_name="task")
        op.create_index("ix_task_narrow", "task", ["user_id", "number", "done", "tags_key", "words", "tags_text"])
    else:
        _run(*(f"DROP TRIGGER IF EXISTS task_search_{name} ON task" for name in ("added", "changed")))
        _run("DROP FUNCTION IF EXISTS task_search_keep()", "DROP TABLE IF EXISTS task_search")
    op.create_index("ix_task_user_id_project", "task", ["user_id", "project_key", "done", "project"])
    for name in _INDEXES:
        op.drop_index(name, table_name="task")
