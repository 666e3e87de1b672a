"""The addresses under `/dav`, read and written. Pure."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

PREFIX = "/dav"
_LONGEST = 255


@dataclass(frozen=True, kw_only=True)
class Address:
    """What a path names: the root, a ``user_id``'s principal or home, a list by its ``segment``, or a task in it."""

    kind: str
    user_id: str | None = None
    segment: str | None = None
    name: str | None = None


def read_address(path: str) -> Address | None:
    """The address of a path as it was sent, percent-encoded; None for one that names nothing here."""
    parts = [_decoded(part) for part in path.removeprefix(PREFIX).strip("/").split("/") if part]
    if not parts:
        return Address(kind="root")
    if None in parts or len(parts) < 2 or len(parts) > 4:
        return None
    place, user_id, *rest = parts
    if place == "people" and not rest:
        return Address(kind="principal", user_id=user_id)
    if place != "lists":
        return None
    kind = ("home", "list", "task")[len(rest)]
    segment, name = [*rest, None, None][:2]
    return Address(kind=kind, user_id=user_id, segment=segment, name=name)


def read_destination(url: str) -> Address | None:
    """The address that a ``Destination`` header names: an absolute one, or a path."""
    try:
        return read_address(urlsplit(url.strip()).path)
    except ValueError:
        return None


def _decoded(part: str) -> str | None:
    text = unquote(part, errors="surrogateescape")
    is_plain = text.isprintable() and text not in {".", ".."} and "/" not in text and len(text) <= _LONGEST
    return text if is_plain else None  # what was no UTF-8 is not printable


def principal_path(user_id: str) -> str:
    return f"{PREFIX}/people/{user_id}/"


def home_path(user_id: str) -> str:
    return f"{PREFIX}/lists/{user_id}/"


@lru_cache(maxsize=256)
def list_path(user_id: str, segment: str) -> str:
    return f"{home_path(user_id)}{quote(segment, safe=_SAFE)}/"


def task_path(user_id: str, segment: str, name: str) -> str:
    return f"{list_path(user_id, segment)}{quote(name, safe=_SAFE)}"


_SAFE = "@!$'()*+,;=:-._~"
