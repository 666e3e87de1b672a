"""Tables of text (CSV): which delimiter they have, their header, and their rows by column."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 1024 * 1024
_DEFUSED = re.compile("^'+(?=[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")
csv.field_size_limit(_LONGEST_CELL)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table's header, and its rows, each with its place; a row that could not be parted has one cell with it all."""

    header: list[str]
    rows: list[tuple[str, list[str]]]


def read_table(text: str, *, start: int = 0) -> Table:
    """The table of a file, from the character ``start`` on; blank rows are passed over."""
    body = text[start:]
    rows = _rows(body, delimiter_of(body), first_line=text.count("\n", 0, start) + 1)
    _, header = next(rows, ("", []))
    return Table(header=[clean_cell(cell) for cell in header], rows=list(rows))


def delimiter_of(text: str) -> str:
    """The delimiter that parts the header into the most cells; a comma for a header of one."""
    head = text.lstrip("\r\n\ufeff").split("\n", 1)[0]
    unquoted = re.sub(r'"[^"]*"', "", head)
    return max(DELIMITERS, key=unquoted.count)


def clean_cell(cell: str) -> str:
    """Trimmed, and without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return whole_cell(cell).strip()


def whole_cell(cell: str) -> str:
    """The same with the white space around it."""
    return _DEFUSED.sub(lambda mark: mark[0][1:], cell, count=1) if cell.startswith("'") else cell


def by_column(header: list[str], cells: list[str], clean: Callable[[str], str] = clean_cell) -> dict[str, str]:
    """A row's cells by the header's names in lower case. Raises ValueError for a row with more cells than columns."""
    if len([cell for cell in cells[len(header) :] if cell.strip()]) > 0:
        raise ValueError(f"has {len(cells)} cells under {len(header)} columns")
    names = [name.casefold() for name in header]
    return {name: clean(cell) for name, cell in zip(names, cells, strict=False)}


def _rows(text: str, delimiter: str, *, first_line: int) -> Iterator[tuple[str, list[str]]]:
    """Rows with their lines. A quotation that never ends would swallow the rest: then its lines are read one by one."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    while True:
        line = first_line + reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield from _line_by_line(text, delimiter, reader.line_num, first_line=first_line)
            return
        if any(cell.strip() for cell in cells):
            yield f"line {line}", cells


def _line_by_line(text: str, delimiter: str, passed: int, *, first_line: int) -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text)[passed:], start=passed):
        if line.strip():
            yield f"line {first_line + number}", [cell.strip('"') for cell in line[:_LONGEST_CELL].split(delimiter)]
