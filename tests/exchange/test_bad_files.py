"""Files that are broken, foreign or hostile: a clear answer, and nothing is lost."""

# ruff: noqa: E501  (rows of files stay as they are)

import io
import json
import zipfile

import pytest

from backend.errors import InvalidError, TooLargeError
from backend.exchange.limits import MOST_BYTES
from tests.exchange.files import one, read, titles, told

TABLE = "title,notes\nMilk,“fresh”\nTea,\n"


def packed(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    plan = read(TABLE.replace(",", delimiter).encode(encoding), "list.csv")
    assert [(arrival.title, arrival.notes) for arrival in plan.arrivals] == [("Milk", "“fresh”"), ("Tea", None)]


@pytest.mark.parametrize("content", [b"", b"  \r\n\t ", b"\xef\xbb\xbf", b"\0\0\0\0"])
def test_an_empty_file(content: bytes) -> None:
    with pytest.raises(InvalidError) as error:
        read(content, "list.csv")
    assert "nothing was changed" in error.value.detail or "no format" in error.value.detail


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.7 words", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        b"Just a letter.\n\nWith words.", b'{"a": 1}', b"[1, 2, 3]", b"null",
    ],
)  # fmt: skip
def test_an_unknown_file(content: bytes) -> None:
    with pytest.raises(InvalidError) as error:
        read(content, "file")
    assert "TickTick" in error.value.detail or "neither text" in error.value.detail


def test_a_file_beyond_the_limit() -> None:
    with pytest.raises(TooLargeError, match="16 MB"):
        read(b"a" * (MOST_BYTES + 1), "list.csv")


def test_too_many_tasks() -> None:
    with pytest.raises(TooLargeError, match="20,000"):
        read("title\n" + "t\n" * 20_001, "list.csv")


def test_an_archive_that_unpacks_to_too_much() -> None:
    bomb = packed(a__csv=b"title\n" + b"t" * (MOST_BYTES + 1))
    assert len(bomb) < 100_000
    with pytest.raises(TooLargeError, match="unpacks"):
        read(bomb, "bomb.zip")
    with pytest.raises(TooLargeError, match="unpacks"):
        read(packed(a__csv=b"t" * (MOST_BYTES // 2 + 1), b__csv=b"t" * (MOST_BYTES // 2 + 1)), "bomb.zip")


def test_an_archive_within_an_archive_is_told() -> None:
    inner = packed(a__csv=TABLE)
    plan = read(packed(list__csv=TABLE, inner__zip=inner), "x.zip")
    assert titles(plan) == ["Milk", "Tea"]
    assert told(plan, "skipped")[0].startswith("inner.zip: is an archive within")


def test_a_damaged_archive() -> None:
    with pytest.raises(InvalidError, match="damaged"):
        read(packed(a__csv=TABLE)[:-30], "x.zip")
    whole = bytearray(packed(a__csv=TABLE * 50, b__csv=TABLE))
    whole[60] ^= 0xFF
    plan = read(bytes(whole), "x.zip")
    assert titles(plan) == ["Milk", "Tea"]
    assert told(plan, "skipped")[0].startswith("a.csv: could not be unpacked")


def test_a_backup_of_several_projects() -> None:
    head = "TYPE,CONTENT,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\n"
    content = packed(
        **{"Inbox [1]__csv": head + "task,a,4,1,,,,,\n", "Home [2]__csv": head + "task,b,1,1,,,,,\n", "x__png": b"\x89"}
    )
    plan = read(content, "backup.zip")
    assert [(arrival.title, arrival.project) for arrival in plan.arrivals] == [("b", "Home"), ("a", None)] or [
        (arrival.title, arrival.project) for arrival in plan.arrivals
    ] == [("a", None), ("b", "Home")]


def test_formulas_are_text() -> None:
    plan = read("title,notes\n'=1+1,\"'@cmd\"\n=HYPERLINK(1),x\n", "t.csv")
    assert [(arrival.title, arrival.notes) for arrival in plan.arrivals] == [("=1+1", "@cmd"), ("=HYPERLINK(1)", "x")]


def test_rows_that_break_do_not_stop_the_rest() -> None:
    plan = read('title,notes\na,1\nb,2,3,4\n,,\n,"only notes"\n"never closed,5\nc,6\n', "t.csv")
    assert "a" in titles(plan)
    assert "only notes" in titles(plan)
    assert any("cells under 2 columns" in line for line in told(plan, "skipped"))
    assert "c,6" in " ".join(filter(None, (*titles(plan), *(arrival.notes for arrival in plan.arrivals))))


def test_a_table_without_titles_asks_for_them() -> None:
    plan = read("foo,bar\n1,2\n", "t.csv")
    assert (plan.arrivals, [column.field for column in plan.columns]) == ([], ["keep", "keep"])


def test_long_and_strange_texts_fit_or_go_to_the_notes() -> None:
    record = {
        "id": "x", "title": "long " * 200, "notes": "n" * 12_000, "due": "9999-12-31", "timezone": "Mars/Base", "recurrence": "FREQ=NEVER",
        "priority": "extreme", "tags": [f"tag {place}" for place in range(30)] + ["t" * 80, 5], "project": "p" * 150,
        "status": "stuck", "created_at": "yesterday", "reminders": [{"before": "never"}],
    }  # fmt: skip
    plan = read(
        json.dumps(
            {"format": "todo-chatbot", "version": 1, "tasks": [record, {"title": "\ud800\u0000ok\u0007"}, 7, None, []]}
        ),
        "t.json",
    )
    first, second = plan.arrivals
    assert (len(first.title), len(first.tags), first.due, first.recurrence) == (500, 20, None, None)
    assert (first.notes or "").startswith("long long")
    assert second.title == "ok"
    assert len(told(plan, "skipped")) == 3
    assert len(told(plan, "doubtful")) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"tasks":' * 50_000,
        '{"kind":"tasks#task","items":[{"items":"x"}]}',
        '[{"type":"to-do","title":{"a":1}}]',
    ],
)
def test_json_of_strange_shapes(text: str) -> None:
    try:
        plan = read(text, "x.json")
    except InvalidError:
        return
    assert plan.arrivals == []


def test_nesting_without_end() -> None:
    project: dict[str, object] = {"title": "p", "hex_color": "", "is_archived": False, "tasks": [{"title": "deep"}]}
    for _ in range(80):
        project = {"title": "p", "hex_color": "", "is_archived": False, "child_projects": [project], "tasks": []}
    assert titles(read(json.dumps([project]), "data.json")) in ([], ["deep"])
    assert one(read("- [ ] a\n", "a.md")).title == "a"
