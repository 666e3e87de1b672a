"""From the bytes that were sent to texts with names: archives opened, encodings found. Pure.

An archive may be hostile: its own word on sizes is not believed, and nothing within it is opened twice.
"""

import codecs
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from backend.errors import InvalidError
from backend.exchange.draft import Remark, skipped
from backend.exchange.limits import MOST_BYTES, MOST_FILES, UNPACKS_TOO_LARGE, require_size

READ_SUFFIXES = frozenset({".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".ics", ".ical", ".txt", ".md", ".markdown"})
_ARCHIVES = frozenset({".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz"})
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_CHUNK = 64 * 1024
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, EOFError, OSError, ValueError,
)  # fmt: skip
EMPTY = "The file is empty; nothing was changed. Export it anew, and choose the new file."


@dataclass(frozen=True, kw_only=True)
class TextFile:
    """A file's name, without folders, and its text; line ends are as they came."""

    name: str
    text: str

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def open_files(content: bytes, name: str) -> tuple[list[TextFile], list[Remark]]:
    """The texts within what was sent, and what was left aside.

    Raises TooLargeError (413) beyond the limits, InvalidError (422) for what is empty or no text.
    """
    require_size(len(content))
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf\xfe\xff"):
        raise InvalidError(EMPTY)
    if not _is_zip(content):
        return [TextFile(name=_base(name) or "file", text=decode(content))], []
    files, remarks = _unpacked(content)
    if not files:
        kinds = ", ".join(sorted(READ_SUFFIXES))
        raise InvalidError(f"The archive holds no list that can be read (it would be one of {kinds}).")
    return files, remarks


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or UTF-32, with or without a mark; else in Windows-1252.

    Raises InvalidError for what is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    if guessed := _unmarked_utf16(content):
        return _decoded(content, guessed)
    if b"\0" in content:
        raise InvalidError(_NO_TEXT)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


_NO_TEXT = (
    "This file is neither text nor a zip of it; nothing was changed. "
    "Choose a CSV, JSON, iCalendar, todo.txt or Markdown file."
)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidError(_NO_TEXT) from error


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Latin text is NUL."""
    head = content[:400]
    if len(head) < 4 or head.count(0) * 3 < len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _is_zip(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _unpacked(content: bytes) -> tuple[list[TextFile], list[Remark]]:
    files: list[TextFile] = []
    remarks: list[Remark] = []
    size = 0
    for item in _read_members(content):
        if isinstance(item, Remark):
            remarks.append(item)
            continue
        name, text = item
        size += len(text)
        require_size(size, UNPACKS_TOO_LARGE)
        try:
            files.append(TextFile(name=name, text=decode(text)))
        except InvalidError as error:
            remarks.append(skipped(name, error.detail))
    return files, remarks


def _read_members(content: bytes) -> Iterator[tuple[str, bytes] | Remark]:
    """Each text of the archive; what is no text is passed over, what could not be read is told."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InvalidError(f"The archive is damaged ({error}); nothing was changed. Export it anew.") from error
    for member in members[:MOST_FILES]:
        suffix = PurePosixPath(member.filename).suffix.lower()
        if suffix in _ARCHIVES:
            yield skipped(
                _base(member.filename), "is an archive within the archive, which is not opened: import it by itself"
            )
        elif suffix in READ_SUFFIXES and not member.is_dir() and not _is_hidden(member.filename):
            yield _read_member(archive, member)
    if len(members) > MOST_FILES:
        yield skipped("the archive", f"holds {len(members)} files; those after the first {MOST_FILES} were left out")


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[str, bytes] | Remark:
    """Read a piece at a time, and no further than the limit: the size that an archive states can be a lie."""
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as file:
            while piece := file.read(_CHUNK):
                size += len(piece)
                require_size(size, UNPACKS_TOO_LARGE)
                pieces.append(piece)
    except _BROKEN as error:
        return skipped(_base(member.filename), f"could not be unpacked: {error}")
    return _base(member.filename), b"".join(pieces)


def _is_hidden(path: str) -> bool:
    """What a Macintosh puts beside the files of an archive."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(path).parts)


def _base(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name[:200]


__all__ = ["EMPTY", "MOST_BYTES", "READ_SUFFIXES", "TextFile", "decode", "open_files"]
