"""todo.txt: a task a line (github.com/todotxt/todo.txt), with the keys that its programs use, as ``due``."""

import re
from collections.abc import Iterator

from backend.exchange.draft import Context, Draft, Item, convert_each
from backend.exchange.files import TextFile
from backend.exchange.values.marks import SPACE, decode_text, read_word
from backend.exchange.values.moments import read_instant, read_when
from backend.exchange.values.repeats import read_rule, read_span

PRIORITIES = {"A": "high", "B": "medium", "C": "low"}
_DONE = re.compile(r"x ", re.IGNORECASE)
_PRIORITY = re.compile(r"\(([A-Za-z])\) ")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2}) ")
_KEY = re.compile(r"([A-Za-z][\w-]*):(\S.*)", re.DOTALL)
# Topydo's: ``id:3`` on a task, ``p:3`` on what is part of it
_ID = re.compile(r"(?:^|[ \t])(?:id|uid|uuid):(\S+)")
_OWN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TASK_LINE = re.compile(r"(?:x |\([A-Z]\) |\d{4}-\d{2}-\d{2} )|(?:^| )[+@]\w|(?:^| )(?:due|rec|t|pri):\S")


def is_todotxt(file: TextFile) -> bool:
    """The name ``todo.txt`` or ``done.txt``, or most lines with a sign of its tasks."""
    if file.suffix not in {".txt", ""}:
        return False
    lines = [line for line in file.text[:20_000].splitlines() if line.strip()][:200]
    marked = sum(bool(_TASK_LINE.search(line)) for line in lines)
    return file.name.casefold() in {"todo.txt", "done.txt"} or bool(lines and marked * 3 >= len(lines))


def read(file: TextFile, context: Context) -> Iterator[Item]:
    lines = enumerate(re.split(r"\r\n|\r|\n", file.text.lstrip("\ufeff")), start=1)
    records = [(f"line {number}", line.strip(" \t")) for number, line in lines if line.strip()]
    ids = {match[1] for _, line in records for match in _ID.finditer(line)}
    return convert_each(records, lambda place, line: _task(place, line, ids, context))


def _task(place: str, line: str, ids: set[str], context: Context) -> Draft:
    draft = Draft(place=place)
    rest = _read_head(draft, line, context)
    words: list[str] = []
    projects: list[str] = []
    for word in filter(None, re.split(r"[ \t]+", rest)):
        if len(word) > 1 and word[0] == "+":
            projects.append(word[1:].replace(SPACE, " "))
        elif len(word) > 1 and word[0] == "@":
            draft.tags.append(word[1:].replace(SPACE, " "))
        elif word.startswith("p:") and word[2:] in ids:
            draft.stand_under(_key(word[2:]), "")
        elif not _read_key(draft, word, context):
            words.append(read_word(word))
    draft.title = " ".join(words) or line
    draft.project = projects[0] if projects else None
    draft.keep("More projects", ", ".join(projects[1:]))
    return draft


def _read_head(draft: Draft, line: str, context: Context) -> str:
    """The mark of done tasks, the priority and the dates at the line's beginning; what follows them."""
    if match := _DONE.match(line):
        draft.done, line = True, line[match.end() :].lstrip()
    if match := _PRIORITY.match(line):
        _read_priority(draft, match[1])
        line = line[match.end() :].lstrip()
    dates: list[str] = []
    while len(dates) < (2 if draft.done else 1) and (match := _DATE.match(line + " ")):
        dates.append(match[1])
        line = line[match.end() :].lstrip()
    if draft.done and dates:
        draft.completed_at = read_instant(dates.pop(0), context.zone)
    if dates:
        draft.created_at = read_instant(dates[0], context.zone)
    return line


def _read_priority(draft: Draft, letter: str) -> None:
    draft.priority = PRIORITIES.get(letter.upper())
    if draft.priority is None:
        draft.keep("Priority", letter.upper())


def _read_key(draft: Draft, word: str, context: Context) -> bool:
    """Take a ``key:value`` into its field; False for a word that is none of those that are known here."""
    match = _KEY.fullmatch(word)
    if match is None:
        return False
    key, value = match[1].lower(), match[2]
    if key == "due":
        _read_due(draft, value, context)
    elif key == "tz":
        draft.timezone = value
    elif key in {"rec", "rrule"}:
        _read_recurrence(draft, key, value)
    elif key in {"completed", "created"}:
        setattr(draft, f"{key}_at", read_instant(value, context.zone))
    else:
        return _read_word(draft, key, value)
    return True


def _read_word(draft: Draft, key: str, value: str) -> bool:
    """The same for a key whose value is no time."""
    if key == "from" and value.lower() == "completion":
        draft.from_completion = True
    elif key == "pri" and len(value) == 1:
        _read_priority(draft, value)
    elif key == "note":
        draft.notes = decode_text(value)
    elif key == "t":
        draft.keep("Starts", value)
    elif key in {"id", "uuid", "uid"}:
        draft.key = _key(value)
    else:
        return False
    return True


def _key(value: str) -> str:
    """This program's own ids are known by themselves; others count from 1 in each file."""
    return f"uid:{value}" if _OWN_ID.fullmatch(value) else f"todotxt:{value}"


def _read_due(draft: Draft, value: str, context: Context) -> None:
    when = read_when(value, context)
    draft.due, draft.words = when.due, value
    if when.doubt:
        draft.remark("doubtful", when.doubt)
    if when.due is None:
        draft.keep("Due", value)


def _read_recurrence(draft: Draft, key: str, value: str) -> None:
    """``rec:+1w`` counts from the due date, ``rec:1w`` from completion."""
    try:
        draft.recurrence = read_rule(value)[0] if key == "rrule" else read_span(value)
    except ValueError as error:
        draft.remark("doubtful", f"the repetition was not taken over: {error}")
    if draft.recurrence is None:
        draft.keep("Repeats", value)
    elif key == "rec":
        draft.from_completion = not value.startswith("+")
