"""The project's own sentences: ``tests/language/data/said_*.txt``, and how right the engine reads them."""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backend.assistant.language import Request, interpret

DATA = Path(__file__).parents[3] / "tests" / "language" / "data"
NOW = datetime(2026, 3, 4, 9, 30)  # noqa: DTZ001 - a wall-clock time, as the engine takes it
ZONE = "America/New_York"
KNOWN_WRONG = "said_wrong"
Actions = tuple[tuple[str, dict[str, object]], ...]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A sentence of a group, the action lists that it may become, and the file that holds it."""

    group: str
    text: str
    options: tuple[Actions, ...]
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the engine made of a case: its actions, whether they are right, and the milliseconds it took."""

    case: Case
    actions: Actions
    right: bool
    milliseconds: float


def cases(folder: Path = DATA) -> list[Case]:
    """All sentences: a ``[group]``, then each sentence with its actions indented below, ``or`` between readings."""
    return [case for path in sorted(folder.glob("said_*.txt")) for case in _read_file(path)]


def _read_file(path: Path) -> Iterable[Case]:
    group, text = "", ""
    readings: list[list[tuple[str, dict[str, object]]]] = [[]]
    for line in [*path.read_text(encoding="utf-8").splitlines(), "[end]"]:
        if not line.strip() or line.startswith("//"):
            continue
        if line.startswith("    "):
            _read_action(line.strip(), readings)
            continue
        if text:
            options = tuple(tuple(reading) for reading in readings)
            yield Case(group=group, text=text.replace("\\n", "\n"), options=options, file=path.stem)
        text, readings = ("" if line.startswith("[") else line), [[]]
        group = line.strip("[]") if line.startswith("[") else group


def _read_action(line: str, readings: list[list[tuple[str, dict[str, object]]]]) -> None:
    if line == "or":
        readings.append([])
    elif line != "nothing":
        tool, _, arguments = line.partition(" ")
        readings[-1].append((tool, json.loads(arguments or "{}")))


def read_all(asked: Sequence[Case]) -> list[Reading]:
    """The engine's readings of the cases, each timed by the best of three runs."""
    return [_read(case) for case in asked]


def _read(case: Case) -> Reading:
    actions = said(case.text)
    elapsed = min(_milliseconds(case.text) for _ in range(3))
    return Reading(case=case, actions=actions, right=actions in case.options, milliseconds=elapsed)


def _milliseconds(text: str) -> float:
    """Of processor time: what else the machine does meanwhile says nothing about the engine."""
    before = time.thread_time()
    said(text)
    return (time.thread_time() - before) * 1000


def said(text: str) -> Actions:
    """The actions of a sentence, as tools and arguments."""
    meaning = interpret(Request(text=text, now=NOW, timezone=ZONE))
    return tuple((action.tool, action.arguments) for action in meaning.actions)


def first_tools(path: Path) -> list[tuple[str, str, str | None]]:
    """For a file of JSON lines ``{"text", "tool"}``: each text, its tool, and the first that the engine calls.

    A line that names no tool, or ``none``, is no command and is passed over.
    """
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    commands = [line for line in lines if line.get("tool", "none") != "none"]
    return [(line["text"], line["tool"], next((tool for tool, _ in said(line["text"])), None)) for line in commands]
