"""Whatever is no whole backup of this program is refused in one sentence, before anything changes."""

import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from backend.backup import reader
from backend.backup.creation import create_file
from backend.backup.errors import BackupError, NotRestorableError
from backend.backup.manifest import read_manifest, seal
from backend.backup.reader import Backup
from tests.backup.conftest import empty_database, put_back


def refused(path: Path, folder: Path) -> str:
    """What a restore says; the database that was there, and its folder, must be as they were."""
    url = empty_database(folder / "there")
    before = (folder / "there" / "todo.db").read_bytes()
    with pytest.raises(NotRestorableError) as caught:
        put_back(url, path, replace=True, keep=folder / "kept")
    assert (folder / "there" / "todo.db").read_bytes() == before
    assert [entry.name for entry in (folder / "there").iterdir()] == ["todo.db"]
    assert not (folder / "kept").exists()
    assert "\n" not in caught.value.message and len(caught.value.message) < 300
    return caught.value.message


def lines_of(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def rewritten(path: Path, change: Callable[[list[bytes]], list[bytes]], *, resealed: bool = False) -> Path:
    """The backup with other lines; resealed as whoever knows the format could."""
    lines = change(lines_of(path))
    if resealed:
        parts = _digests(lines)
        lines[-1] = json.dumps(seal(lines[0], parts).as_dict(), separators=(",", ":")).encode() + b"\n"
    path.write_bytes(gzip.compress(b"".join(lines)))
    return path


def _digests(lines: list[bytes]) -> dict[str, str]:
    import hashlib

    names = [json.loads(line)["table"] for line in lines[1:-1] if line.startswith(b"{")]
    parts = {name: hashlib.sha256() for name in names}
    current = ""
    for line in lines[1:-1]:
        if line.startswith(b"{"):
            current = json.loads(line)["table"]
        else:
            parts[current].update(line)
    return {name: digest.hexdigest() for name, digest in parts.items()}


def a_zip(*, password: bool) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../todo.db", "x")
    data = bytearray(made.getvalue())
    data[6] |= int(password)
    return bytes(data)


def a_tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../etc/passwd"), io.BytesIO())
    return made.getvalue()


FILES = {
    "empty": (b"", "empty"),
    "zeros": (b"\0" * 5000, "zeros"),
    "text": (b"buy milk\n", "another program"),
    "sqlite": (b"SQLite format 3\x00" + b"\0" * 200, "SQLite database itself"),
    "pg_dump": (b"PGDMP\x01\x0e", "pg_dump"),
    "pg_dump as text": (b"--\n-- PostgreSQL database dump\n--\n", "pg_dump"),
    "age": (b"age-encryption.org/v1\n-> X25519", "encrypted (age"),
    "armoured age": (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "encrypted (age"),
    "gpg": (b"\x8c\x0d\x04\x09\x03\x02", "encrypted (gpg"),
    "armoured gpg": (b"-----BEGIN PGP MESSAGE-----\n", "encrypted (gpg"),
    "openssl": (b"Salted__12345678", "encrypted (openssl"),
    "zip": (a_zip(password=False), "zip archive of another program"),
    "zip with a password": (a_zip(password=True), "zip archive with a password"),
    "tar": (a_tar(), "tar archive"),
    "zstd": (b"\x28\xb5\x2f\xfd\x00", "zstd"),
    "xz": (b"\xfd7zXZ\x00", "xz"),
    "gzip of nothing": (gzip.compress(b""), "cut"),
    "gzip of text": (gzip.compress(b"hello\n"), "another program"),
    "gzip of a tar": (gzip.compress(a_tar()), ""),
    "gzip of other JSON": (gzip.compress(b'{"format":"other"}\n'), "another program"),
    "gzip of a list": (gzip.compress(b"[1,2]\n"), "another program"),
    "gzip of half a character": (gzip.compress(b'{"format":"\xff"}\n'), "another program"),
    "gzip's first bytes": (b"\x1f\x8b", "cut"),
    "gzip with an unknown method": (b"\x1f\x8b\x07" + b"\0" * 30, "unpacked"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_of_other_programs_are_named(name: str, tmp_path: Path) -> None:
    data, word = FILES[name]
    path = tmp_path / "file"
    path.write_bytes(data)
    assert word in refused(path, tmp_path)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.99])
def test_a_cut_file_is_refused(share: float, small: Path, tmp_path: Path) -> None:
    data = small.read_bytes()
    small.write_bytes(data[: int(len(data) * share)])
    assert "cut" in refused(small, tmp_path)


@pytest.mark.parametrize("missing", [1, 4, 8, 9, 20])
def test_a_file_that_lacks_its_last_bytes_is_refused(missing: int, small: Path, tmp_path: Path) -> None:
    small.write_bytes(small.read_bytes()[:-missing])
    refused(small, tmp_path)


def test_one_flipped_bit_anywhere_is_refused(small: Path, tmp_path: Path) -> None:
    data = small.read_bytes()
    for place in random.Random(1).sample(range(10, len(data)), 60):  # noqa: S311  (before 10 stands gzip's own header)
        small.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        with pytest.raises(NotRestorableError), small.open("rb") as file:
            Backup(file).check()


def test_what_was_changed_by_hand_is_refused(small: Path, tmp_path: Path) -> None:
    rewritten(small, lambda lines: [line.replace(b"Ann", b"Eve") for line in lines])
    assert "checksum of user is wrong" in refused(small, tmp_path)


def without_last(lines: list[bytes]) -> list[bytes]:
    return lines[:-1]


def with_another_row(lines: list[bytes]) -> list[bytes]:
    row = next(index for index, line in enumerate(lines) if line.startswith(b"["))
    return [*lines[:row], lines[row], *lines[row:]]


def with_less_rows(lines: list[bytes]) -> list[bytes]:
    return [line for line in lines if not line.startswith(b"[")]


def with_more_after_the_end(lines: list[bytes]) -> list[bytes]:
    return [*lines, b'{"table":"user"}\n']


def twice(lines: list[bytes]) -> list[bytes]:
    return [*lines, *lines]


@pytest.mark.parametrize("change", [without_last, with_another_row, with_less_rows, with_more_after_the_end, twice])
def test_lines_too_many_or_too_few_are_refused(
    change: Callable[[list[bytes]], list[bytes]], small: Path, tmp_path: Path
) -> None:
    refused(rewritten(small, change), tmp_path)


def manifest_with(**values: object) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: [json.dumps({**json.loads(lines[0]), **values}).encode() + b"\n", *lines[1:]]


def test_a_newer_format_is_refused_with_the_version_that_made_it(small: Path, tmp_path: Path) -> None:
    rewritten(small, manifest_with(format_version=2, app_version="9.1.0"), resealed=True)
    assert "9.1.0" in refused(small, tmp_path)


def test_a_newer_schema_is_refused_with_the_version_that_made_it(small: Path, tmp_path: Path) -> None:
    rewritten(small, manifest_with(revision="9999", app_version="9.1.0"), resealed=True)
    said = refused(small, tmp_path)
    assert "newer schema (9999" in said and "9.1.0" in said


def user_row(**values: object) -> Callable[[list[bytes]], list[bytes]]:
    """The user's row with other values, by position."""

    def change(lines: list[bytes]) -> list[bytes]:
        row = next(index for index, line in enumerate(lines) if line.startswith(b"["))
        told = json.loads(lines[row])
        for name, value in values.items():
            told[int(name[1:])] = value
        return [*lines[:row], json.dumps(told).encode() + b"\n", *lines[row + 1 :]]

    return change


@pytest.mark.parametrize(
    "change",
    [
        user_row(_3="yes"),
        user_row(_3=1),
        user_row(_0=5),
        user_row(_1=["a", "list"]),
        user_row(_1={"an": "object"}),
        user_row(_5="yesterday"),
        user_row(_5="2026-02-30T00:00:00.000000Z"),
        user_row(_5="2026-01-01T00:00:00+02:00"),
        lambda lines: [b"[1]\n" if line.startswith(b"[") else line for line in lines],
        lambda lines: [b"[1,\n" if line.startswith(b"[") else line for line in lines],
        manifest_with(tables=[]),
        manifest_with(tables="all"),
        manifest_with(tables=[{"name": "user"}]),
        manifest_with(tables=[{"name": "user", "columns": [["id", "blob"]], "rows": 1}]),
        manifest_with(tables=[{"name": "user", "columns": [["id", "text"]], "rows": -1}]),
        manifest_with(tables=[{"name": "user", "columns": [["id", "text"]], "rows": 10**12}]),
    ],
)
def test_a_forged_backup_is_refused(change: Callable[[list[bytes]], list[bytes]], small: Path, tmp_path: Path) -> None:
    rewritten(small, change)
    refused(small, tmp_path)


@pytest.mark.parametrize(
    "name", ['task"; DROP TABLE "user', "../../etc/passwd", "sqlite_schema", "alembic_version", ""]
)
def test_names_that_are_not_the_schemas_are_refused(name: str, small: Path, tmp_path: Path) -> None:
    def change(lines: list[bytes]) -> list[bytes]:
        told = json.loads(lines[0])
        told["tables"][0]["name"] = name
        return [json.dumps(told).encode() + b"\n", json.dumps({"table": name}).encode() + b"\n", *lines[2:]]

    rewritten(small, change, resealed=True)
    assert "not that revision's" in refused(small, tmp_path)


def test_a_row_that_refers_to_none_is_refused(small: Path, tmp_path: Path) -> None:
    def change(lines: list[bytes]) -> list[bytes]:
        told = json.loads(lines[0])
        position = next(index for index, table in enumerate(told["tables"]) if table["name"] == "profile")
        told["tables"][position]["rows"] = 1
        row = {"user_id": "nobody", "settings": "{}", "revision": 0, "next_number": 1, "timezone": None, "webhooks": 0}
        line = json.dumps([row[name] for name, _kind in told["tables"][position]["columns"]]).encode() + b"\n"
        place = lines.index(b'{"table":"profile"}\n') + 1
        return [json.dumps(told).encode() + b"\n", *lines[1:place], line, *lines[place:]]

    rewritten(small, change, resealed=True)
    url = empty_database(tmp_path / "there")
    with pytest.raises(BackupError, match="profile"):
        put_back(url, small, replace=True, keep=tmp_path / "kept")


def test_a_bomb_goes_off_nowhere(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LONGEST_LINE", 100_000)
    small.write_bytes(gzip.compress(lines_of(small)[0] + b" " * 50_000_000))
    assert "longer than any" in refused(small, tmp_path)


def test_another_file_put_under_it_between_check_and_restore_is_noticed(small: Path, tmp_path: Path) -> None:
    data = small.read_bytes()
    other = create_other(tmp_path)
    with small.open("r+b") as file:
        backup = Backup(file)
        backup.check()
        file.seek(0)
        file.truncate()
        file.write(other)
        file.flush()
        with pytest.raises(NotRestorableError, match="changed"):
            for _table, chunks in backup.parts():
                list(chunks)
    assert data != other


def create_other(folder: Path) -> bytes:
    path = folder / "other.jsonl.gz"
    url = URL.create("sqlite", database=str(folder / "small" / "todo.db"))
    create_file(url, path)
    return path.read_bytes()


def test_a_manifest_reads_back(small: Path) -> None:
    first = lines_of(small)[0]
    assert read_manifest(first).as_dict() == json.loads(first)
