"""Page cursors: the place of the last task shown, so that a page begins after it whatever was added or removed."""

import base64
import json
from datetime import datetime
from typing import Any

from backend.errors import NotFoundError

_TYPES: dict[str, type] = {"due": str, "title": str, "updated": str, "created": int, "priority": int, "order": float}
_LARGEST = 2**31 - 1


def write_cursor(sort: str, key: object, number: int) -> str:
    value = key.isoformat() if isinstance(key, datetime) else key
    return base64.urlsafe_b64encode(json.dumps([sort, value, number]).encode()).decode().rstrip("=")


def read_cursor(sort: str, cursor: str) -> tuple[Any, int]:
    """The order's key and the number of the last task shown. Raises NotFoundError for anything not written above."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        written, value, number = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if written != sort or type(value) is not _TYPES[sort.removeprefix("-")] or type(number) is not int:
            raise ValueError("of another order")
        if (
            not 0 < number <= _LARGEST
            or (type(value) is int and not 0 < value <= _LARGEST)
            or "\0" in str(value).encode().decode()
        ):
            raise ValueError("not text")
        return _aware(str(value)) if sort.endswith("updated") else value, number
    except (ValueError, TypeError, RecursionError) as error:
        message = "must be the next_cursor of a page in the same order"
        raise NotFoundError(f"cursor: {message}", errors=[{"field": "cursor", "message": message}]) from error


def _aware(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return moment
