"""CSV: a row a task, every field a column. Cells that a spreadsheet would take for a formula are defused."""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

from backend.exchange.readers.own import COLUMNS

# OWASP, "CSV Injection"; an apostrophe that is there already is told apart by one more.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")  # the wide signs are formulas too
_LISTS = ("tags", "reminders")


def write(documents: Sequence[dict[str, Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for document in documents:
        writer.writerow([_cell(name, document[name]) for name in COLUMNS])
    return out.getvalue()


def defused(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would reckon with it."""
    return f"'{text}" if _FORMULA.match(text) else text


def _cell(name: str, value: Any) -> str:
    if name in _LISTS:
        return "" if value is None or (name == "tags" and not value) else json.dumps(value, ensure_ascii=False)
    return "" if value is None else defused(str(value))
