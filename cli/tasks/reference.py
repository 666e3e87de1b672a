"""Which tasks the words of a command mean: numbers as `./todo list` shows them, ids, or words of a title."""

import re
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from cli.exits import CommandError, Exit
from cli.tasks.account import TaskClient
from cli.tasks.table import rows

Document = dict[str, Any]
STREAM = "-"
MOST = 1000
SHOWN = 20
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NUMBERS = re.compile(r"#?([0-9]{1,9})(?:(?:-|\.\.)([0-9]{1,9}))?")
TasksArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="TASK...", help="Numbers (3, 5-8, 2,4), ids, or words of one task's title; - reads them from lines."
    ),
]


def find_tasks(client: TaskClient, given: Sequence[str], *, status: str) -> list[Document]:
    """The tasks that are meant, each once, all of them read before anything is changed.

    Words look among the tasks of the status (open, done, all). Raises CommandError: NO_SUCH_TASK for one that is not
    there, AMBIGUOUS with the candidates where words fit several.
    """
    found = [task for said in _said(given) for task in _meant(client, said, status=status)]
    if not found:
        raise CommandError("No task was named: give a number, an id, or words of its title.", code=Exit.USAGE)
    return list({task["id"]: task for task in found}.values())


def names_of(words: Sequence[str]) -> list[str] | None:
    """The numbers and ids that all the words are, ranges written out; None where one of them is neither.

    Raises CommandError (USAGE) for a range of more than a thousand.
    """
    parts = [part for word in words for part in re.split(r"[,\s]+", word) if part]
    names: list[str] = []
    for part in parts:
        if _ID.fullmatch(part):
            names.append(part.lower())
        elif numbers := _NUMBERS.fullmatch(part):
            names += _range(int(numbers[1]), int(numbers[2] or numbers[1]), part)
        else:
            return None
    return names


def _range(first: int, last: int, part: str) -> list[str]:
    if last < first or last - first >= MOST:
        raise CommandError(f"{part} is no range of at most {MOST:,} numbers, such as 5-8.", code=Exit.USAGE)
    return [str(number) for number in range(first, last + 1)]


def _said(given: Sequence[str]) -> list[list[str]]:
    """What stands on the command line, or the words of each line of standard input."""
    if list(given) != [STREAM]:
        return [list(given)]
    return [line.split() for line in sys.stdin if line.strip()]


def _meant(client: TaskClient, words: Sequence[str], *, status: str) -> list[Document]:
    names = names_of(words)
    if names is not None:
        return [client.get(f"/api/tasks/{name}") for name in names]
    return [_named(client, " ".join(words), status=status)]


def _named(client: TaskClient, words: str, *, status: str) -> Document:
    page = client.get("/api/tasks", search=words, status=status, limit=200, sort="created")
    task, candidates = choose(words, page["items"])
    if task:
        return task
    missing = f"No {'' if status == 'all' else status + ' '}task fits “{words}”."
    if not candidates:
        raise CommandError(missing, code=Exit.NO_SUCH_TASK)
    if "similar" in page:
        alike = "\n".join(rows(candidates[:SHOWN], width=None, styled=False))
        raise CommandError(f"{missing} Is one of these meant? Name it by its number.\n{alike}", code=Exit.NO_SUCH_TASK)
    more = "\n  and more" if page["next_cursor"] or len(candidates) > SHOWN else ""
    raise CommandError(
        f"“{words}” fits {'one' if len(candidates) == 1 else 'several'}: name the task by its number.\n"
        + "\n".join(rows(candidates[:SHOWN], width=None, styled=False))
        + more,
        code=Exit.AMBIGUOUS,
    )


def choose(words: str, found: Sequence[Document]) -> tuple[Document | None, list[Document]]:
    """The one task that the words name, or the candidates.

    A whole title beats a part of one. A task that holds the words elsewhere, in its notes or tags, is only a candidate.
    """
    sought = words.casefold().split()
    whole = [task for task in found if task["title"].casefold().split() == sought]
    titled = [task for task in found if all(word in task["title"].casefold() for word in sought)]
    for fitting in (whole, titled):
        if len(fitting) == 1:
            return fitting[0], []
    return None, whole or titled or list(found)
