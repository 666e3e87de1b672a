"""Tasks as lines for people: columns that fit the terminal, colour where there is one."""

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from rich.cells import cell_len, set_cell_size

Document = dict[str, Any]
GAP = "  "
LEAST_TITLE = 12  # cells that a title keeps, however narrow the terminal
JOINERS = "\u200c\u200d"  # they make one sign of several, in emoji and in Indic and Persian words
RESET = "\x1b[0m"
STYLES = {"number": "\x1b[2m", "late": "\x1b[31m", "high": "\x1b[1;31m", "done": "\x1b[2m", "group": "\x1b[36m"}
SIGNS = {"high": "!", "medium": "·", "low": "↓", None: " "}


def terminal_width() -> int | None:
    """Cells of a line of the terminal; None where the output goes elsewhere, and nothing is cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def is_styled() -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR says no (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def shown(text: str) -> str:
    """The text on one line, without characters that steer a terminal or turn the direction of what follows."""
    return "".join(character if character.isprintable() or character in JOINERS else " " for character in text)


def rows(tasks: Sequence[Document], *, width: int | None, styled: bool) -> list[str]:
    """A line a task: number, whether it is done, priority, title, due, recurrence, project and tags.

    ``width`` is that of the terminal in cells; the title is cut to it, and the rest only where that is not enough.
    """
    cells = [_cells(task) for task in tasks]
    if not cells:
        return []
    widths = [max(cell_len(row[place]) for row in cells) for place in range(len(cells[0]))]
    if width is not None:
        rest = sum(widths) - widths[TITLE] + len(GAP) * sum(map(bool, widths[1:]))
        widths[TITLE] = min(widths[TITLE], max(width - rest, LEAST_TITLE))
    return [
        _line(row, widths, width=width, styles=_styles(task) if styled else {})
        for task, row in zip(tasks, cells, strict=True)
    ]


TITLE = 2


def _cells(task: Document) -> list[str]:
    groups = [part for part in (progress(task), task["project"] and f"+{task['project']}") if part]
    return [
        str(task["number"]),
        ("✓" if task["status"] == "done" else " ") + SIGNS[task["priority"]],
        shown(task["title"]),
        day_of(task["due"]),
        "↻" if task["recurrence"] else "",
        shown(GAP.join([*groups, *(f"#{tag}" for tag in task["tags"])])),
    ]


def _styles(task: Document) -> dict[int, str]:
    done = task["status"] == "done"
    found = {0: STYLES["number"], 5: STYLES["group"]}
    if task["priority"] == "high":
        found[1] = STYLES["high"]
    if is_late(task):
        found[3] = STYLES["late"]
    return dict.fromkeys(range(6), STYLES["done"]) if done else found


def is_late(task: Document) -> bool:
    """Whether an open task's time has passed."""
    due_at = task["due_at"]
    return bool(due_at) and task["status"] == "open" and datetime.fromisoformat(due_at) <= datetime.now().astimezone()


def _line(row: Sequence[str], widths: Sequence[int], *, width: int | None, styles: dict[int, str]) -> str:
    padded = [_cell(text, size, right=not place) for place, (text, size) in enumerate(zip(row, widths, strict=True))]
    plain = GAP.join(part for part, size in zip(padded, widths, strict=True) if size)
    if width is not None and cell_len(plain.rstrip()) > width:
        return _cut(plain, width)
    coloured = [f"{styles[place]}{part}{RESET}" if place in styles else part for place, part in enumerate(padded)]
    return GAP.join(part for part, size in zip(coloured, widths, strict=True) if size).rstrip()


def _cell(text: str, size: int, *, right: bool) -> str:
    if cell_len(text) > size:
        return _cut(text, size)
    space = " " * (size - cell_len(text))
    return space + text if right else text + space


def _cut(text: str, size: int) -> str:
    return set_cell_size(set_cell_size(text, max(size - 1, 0)).rstrip() + "…", size)


def day_of(due: str | None) -> str:
    """A due time as people read it: its day of the week, its date, and its time of day."""
    if not due:
        return ""
    moment = datetime.fromisoformat(due)
    return f"{moment:%a} {due.replace('T', ' ')}"


def progress(task: Document) -> str:
    """How many of a task's subtasks are done: "2 of 5 done"; empty where it has none."""
    counts = task.get("subtasks") or {"open": 0, "done": 0}
    total = counts["open"] + counts["done"]
    return f"{counts['done']} of {total} done" if total else ""


def counted(groups: Iterable[Document], sign: str) -> list[str]:
    """A line a project or tag: its open tasks, its done ones, its name."""
    listed = list(groups)
    size = max((len(str(group["open"])) for group in listed), default=1)
    return [f"{group['open']:>{size}} open  {group['done']} done  {sign}{shown(group['name'])}" for group in listed]
