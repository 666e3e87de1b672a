"""A file's text, whatever its size and encoding: the end of a large log, UTF-8, UTF-16, or an older code page."""

import gzip
import zlib
from pathlib import Path

_LARGEST = 64 * 2**20  # bytes of a file that may hold objects
_TAIL = 2**20  # bytes of a larger one that are read: its end
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb": "utf-8-sig"}
_STARTS = (b"{", b"[", b"---", b"apiVersion", b"kind")


class Unreadable(Exception):  # noqa: N818 - says what the file is
    """Why a file is left out."""


def text_of(path: Path) -> str:
    """The file's text; of a log of more than a megabyte, its last megabyte. Raises Unreadable for what is no text."""
    try:
        data = _bytes(path)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"cannot be read: {error}") from error
    if not data.strip():
        return ""
    if data[:2] in _MARKS:
        return data.decode(_MARKS[data[:2]], errors="replace")
    if data[1:40:2].strip(b"\0") == b"" and len(data) > 3 and data[:1] != b"\0":
        return data.decode("utf-16-le", errors="replace")
    if b"\0" in data[:4096]:
        raise Unreadable("it is no text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.decode("utf-8" if error.start > len(data) - 4 else "cp1252", errors="replace")


def _bytes(path: Path) -> bytes:
    if path.name.endswith(".gz"):
        with gzip.open(path) as packed:
            return packed.read(_LARGEST)
    size = path.stat().st_size
    with path.open("rb") as opened:
        start = opened.read(4096)
        if size <= _TAIL or (size <= _LARGEST and start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_STARTS)):
            return start + opened.read()
        if size > _LARGEST and start.lstrip().startswith(_STARTS) and b'"items"' in start:
            raise Unreadable(f"it has {size // 2**20} MB, and at most {_LARGEST // 2**20} are read of objects")
        opened.seek(-_TAIL, 2)
        return opened.read().partition(b"\n")[2]
