"""The lists that were last told, without their tasks' texts, kept in memory while they are true."""

import zlib
from collections import OrderedDict

MOST_BYTES = 8_000_000  # of all users in a process, as kept: a list of 10,000 tasks takes about 250 KB
_QUICKEST = 1
Key = tuple[str, str, tuple[str, ...]]


class Listings:
    """Each list with the sync token of the state that it was read in.

    The token moves on with whatever changes a task or a text, on whichever replica: what was kept under the newest
    is as the database would give it. It must have been read before the list was.
    """

    def __init__(self, *, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[Key, tuple[str, bytes]] = OrderedDict()
        self._most, self._bytes = most_bytes, 0

    def find(self, key: Key, token: str) -> str | None:
        """The list as XML, if it is still so. ``key``: whose, which one, and the properties that are told."""
        kept = self._kept.get(key)
        if kept is None or kept[0] != token:
            return None
        self._kept.move_to_end(key)
        return zlib.decompress(kept[1]).decode()

    def keep(self, key: Key, token: str, xml: str) -> None:
        """Those that were asked for longest ago make room."""
        packed = zlib.compress(xml.encode(), _QUICKEST)
        self._drop(key)
        if len(packed) > self._most:
            return
        self._kept[key] = token, packed
        self._bytes += len(packed)
        while self._bytes > self._most:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        if key in self._kept:
            self._bytes -= len(self._kept.pop(key)[1])
