"""Reads an SQLite write-ahead log for damage that SQLite itself passes over: it takes a bad frame for the log's end.

What follows a bad frame is lost without a word. A torn end is no damage: it is what a crash leaves of a write that was
never acknowledged. The format is section 4 of https://www.sqlite.org/fileformat2.html.
"""

import struct
import time
from pathlib import Path
from typing import BinaryIO

_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}  # the byte order of the checksums
_HEADER, _FRAME_HEADER = 32, 24
_MASK = 0xFFFFFFFF
_Sums = tuple[int, int]


def damage_in(path: Path, *, ends: float) -> str:
    """What is wrong with the log at ``path``; nothing if nothing is. Stops looking at the monotonic time ``ends``."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
        if len(header) < _HEADER or not header.strip(b"\0"):
            return ""
        magic, _format, page_size = struct.unpack(">III", header[:12])
        order = _MAGIC.get(magic)
        if order is None or checksum(header[:24], order) != struct.unpack(">II", header[24:]):
            return "the header of its write-ahead log is damaged"
        return _frames(file, order, page_size, salts=header[16:24], sums=checksum(header[:24], order), ends=ends)


def _frames(file: BinaryIO, order: str, page_size: int, *, salts: bytes, sums: _Sums, ends: float) -> str:
    number, broken = 0, 0
    while len(frame := file.read(_FRAME_HEADER + page_size)) == _FRAME_HEADER + page_size:
        number += 1
        if frame[8:16] != salts or time.monotonic() > ends:
            break  # of an earlier round of the log, which this one has not written over yet
        if broken:
            if frame[4:8] != b"\0\0\0\0":
                return f"frame {broken} of its write-ahead log is damaged, and a commit follows it"
            continue
        sums = checksum(frame[_FRAME_HEADER:], order, checksum(frame[:8], order, sums))
        broken = 0 if sums == struct.unpack(">II", frame[16:24]) else number
    return ""


def checksum(data: bytes, order: str, sums: _Sums = (0, 0)) -> _Sums:
    """SQLite's running checksum over words of four bytes, two at a time."""
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & _MASK
        second = (second + odd + first) & _MASK
    return first, second
