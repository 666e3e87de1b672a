"""Reads a backup from an open file, as often as need be, and refuses whatever is not exactly what its seal vouches for.

Nothing is unpacked to a path that the file names, lines have a longest length, and memory does not grow with the file:
a bomb or a trick has nothing to work with.
"""

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from pydantic_core import from_json

from backend.backup.errors import NotRestorableError
from backend.backup.layout import Kind, Table
from backend.backup.manifest import Manifest, Seal, read_manifest, seal
from backend.backup.recognition import refuse_unless_gzip
from backend.backup.values import is_portable
from backend.backup.writer import Chunk

LONGEST_LINE = 64 * 1024 * 1024  # bytes: many times the largest body that a request may have
CHUNK_ROWS = 500
_BUFFER = 1 << 20
CUT = "This backup is cut: its end is missing. Take another one, or copy it again from where it was made."
CHANGED = "This backup was changed or damaged after it was made: {}. Take another one."
Part = tuple[Table, Iterator[Chunk]]


class Backup:
    """A backup in a seekable file. Its manifest is read at once; the rest by `check` and `parts`."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        refuse_unless_gzip(file.read(512))
        self._first_line = _lines(file)()
        self.manifest: Manifest = read_manifest(self._first_line)

    def check(self, tell: Callable[[int], None] = lambda _rows: None) -> Seal:
        """Read all of it and compare with its seal, which is returned; ``tell`` hears how many rows are read so far.

        Raises NotRestorableError.
        """
        rows = 0
        sealed: list[Seal] = []
        for _table, chunks in self.parts(sealed.append):
            for chunk in chunks:
                rows += len(chunk)
                tell(rows)
        return sealed[0]

    def parts(self, on_seal: Callable[[Seal], None] = lambda _seal: None) -> Iterator[Part]:
        """Each table with its rows, which must be read to their end before the next; then the seal is compared.

        Raises NotRestorableError at the first thing that is not as it was written.
        """
        line = _lines(self._file)
        if line() != self._first_line:
            raise NotRestorableError(CHANGED.format("its first line is another one than before"))
        digests: dict[str, str] = {}
        for table in self.manifest.tables:
            if _object(line()) != {"table": table.name}:
                raise NotRestorableError(CHANGED.format(f"its table {table.name} is not where it should be"))
            reader = _Part(table, self.manifest.rows[table.name], line)
            yield table, reader.chunks()
            digests[table.name] = reader.digest()
        on_seal(self._compare(_object(line()), digests))
        if line(last=True):
            raise NotRestorableError(CHANGED.format("something follows its end"))

    def _compare(self, told: Any, digests: dict[str, str]) -> Seal:
        expected = seal(self._first_line, digests)
        if not isinstance(told, dict) or not isinstance(told.get("seal"), dict):
            raise NotRestorableError(CHANGED.format("it holds more rows than its manifest says"))
        if told != expected.as_dict():
            found = told["seal"].get("parts")
            wrong = [
                name for name, digest in digests.items() if not isinstance(found, dict) or found.get(name) != digest
            ]
            what = f"the checksum of {', '.join(wrong)}" if wrong else "its checksum"
            raise NotRestorableError(CHANGED.format(f"{what} is wrong"))
        return expected


class _Part:
    """The rows of one table, counted, hashed and looked at as they pass."""

    def __init__(self, table: Table, rows: int, line: Callable[[], bytes]) -> None:
        self._table, self._left, self._line = table, rows, line
        self._total = hashlib.sha256()
        self._checks = tuple(kind for _name, kind in table.columns)

    def chunks(self) -> Iterator[Chunk]:
        while self._left:
            block = [self._line() for _ in range(min(self._left, CHUNK_ROWS))]
            self._left -= len(block)
            self._total.update(b"".join(block))
            yield [self._row(line) for line in block]

    def digest(self) -> str:
        if self._left:
            raise RuntimeError("a part must be read to its end before the next")
        return self._total.hexdigest()

    def _row(self, line: bytes) -> list[Any]:
        row = _json(line)
        if not isinstance(row, list) or len(row) != len(self._checks):
            raise NotRestorableError(CHANGED.format(f"it holds fewer rows of {self._table.name} than it says"))
        for value, kind in zip(row, self._checks, strict=True):
            if type(value) is not str or kind != "text":
                self._require(value, kind)
        return row

    def _require(self, value: Any, kind: Kind) -> None:
        if not is_portable(value, kind):
            raise NotRestorableError(CHANGED.format(f"a row of {self._table.name} holds what is no {kind}"))


def _lines(file: BinaryIO) -> Callable[..., bytes]:
    """A function that gives the next line of the file from its start."""
    file.seek(0)
    stream = io.BufferedReader(gzip.GzipFile(fileobj=file, mode="rb"), _BUFFER)

    def line(*, last: bool = False) -> bytes:
        try:
            found = stream.readline(LONGEST_LINE + 1)
        except EOFError as error:
            raise NotRestorableError(CUT) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise NotRestorableError(CHANGED.format("it cannot be unpacked")) from error
        if last:
            return found
        if len(found) > LONGEST_LINE:
            raise NotRestorableError(CHANGED.format("a line is longer than any that is ever written"))
        if not found.endswith(b"\n"):
            raise NotRestorableError(CUT)
        return found

    return line


def _object(line: bytes) -> Any:
    if not line.startswith(b"{"):
        return None
    return _json(line)


def _json(line: bytes) -> Any:
    try:
        return from_json(line)
    except ValueError as error:
        raise NotRestorableError(CHANGED.format("a line is no JSON")) from error
