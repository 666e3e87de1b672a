"""The date part of `./todo bench language`: the engine beside four libraries on the project's own phrases.

Right is: the date that the phrase says, and its time where it says one (a library that adds a time to a date alone is
not marked down). A title of ``plain.txt`` is right when nothing is read in it. Recurrences are left out: the libraries
do not claim them.
"""

import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from backend.assistant.language.when import combine, find_when
from cli.bench.language.phrases import CARRIER, NOW, phrases, plain_titles

ROOT = Path(__file__).parents[3]
RIVALS = Path(__file__).parent / "rivals"
PYTHON = ROOT / ".venv-bench" / "bin" / "python"
LIBRARIES = ("dateparser", "parsedatetime", "timefhuman", "chrono-node")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A text, and the due date that is right for it (None: it holds no date)."""

    text: str
    due: str | None


@dataclass(frozen=True, kw_only=True)
class Answer:
    due: str | None
    microseconds: float


@dataclass(frozen=True, kw_only=True)
class Score:
    """How a library did: phrases read right, titles left whole, the median time of a text, and what it got wrong."""

    library: str
    phrases_right: int
    phrases: int
    titles_right: int
    titles: int
    microseconds: float
    wrong: tuple[tuple[Case, str | None], ...]


def cases() -> tuple[list[Case], list[Case]]:
    """The phrases after their carrier, and the titles that hold no date."""
    dated = [Case(text=CARRIER + p.text, due=p.due) for p in phrases() if (p.due or p.problem) and not p.recurrence]
    return dated, [Case(text=title, due=None) for title in plain_titles()]


def compare() -> tuple[list[Score], dict[str, str]]:
    """The scores, the engine's first; and for each library that could not run, why and how to install it."""
    scores = [_score("built-in engine", _engine)]
    missing = {}
    for library in LIBRARIES:
        reason = _missing(library)
        if reason:
            missing[library] = reason
        else:
            scores.append(_score(library, _program(library)))
    return scores, missing


def _score(library: str, read: Callable[[list[Case]], list[Answer]]) -> Score:
    dated, plain = cases()
    answers = read([*dated, *plain])
    judged = list(zip([*dated, *plain], answers, strict=True))
    return Score(
        library=library,
        phrases_right=sum(_is_right(case, answer) for case, answer in judged[: len(dated)]),
        phrases=len(dated),
        titles_right=sum(_is_right(case, answer) for case, answer in judged[len(dated) :]),
        titles=len(plain),
        microseconds=median(answer.microseconds for answer in answers),
        wrong=tuple((case, answer.due) for case, answer in judged if not _is_right(case, answer)),
    )


def _is_right(case: Case, answer: Answer) -> bool:
    if case.due is None or answer.due is None:
        return case.due == answer.due
    return answer.due == case.due if "T" in case.due else answer.due[:10] == case.due


def _engine(asked: list[Case]) -> list[Answer]:
    return [_timed(case.text) for case in asked]


def _timed(text: str) -> Answer:
    before = time.perf_counter()
    whens = tuple(when for when in find_when(text, NOW) if when.strength != "weak")
    due = combine(whens, NOW).due if whens else None
    return Answer(due=due, microseconds=(time.perf_counter() - before) * 1e6)


def _program(library: str) -> Callable[[list[Case]], list[Answer]]:
    node = ("node", str(RIVALS / "dates.mjs"))
    argv = node if library == "chrono-node" else (str(PYTHON), str(RIVALS / "dates.py"), library)

    def read(asked: list[Case]) -> list[Answer]:
        lines = "".join(json.dumps({"text": case.text, "now": NOW.isoformat()}) + "\n" for case in asked)
        environment = {**os.environ, "TZ": "UTC"}
        run = subprocess.run(
            argv, input=lines, capture_output=True, text=True, check=True, timeout=900, env=environment
        )
        return [Answer(**json.loads(line)) for line in run.stdout.splitlines()]

    return read


def _missing(library: str) -> str | None:
    """Why the library cannot run here; None where it can."""
    if library == "chrono-node":
        installed = (RIVALS / "node_modules" / "chrono-node").is_dir()
        return None if installed else f"npm ci --prefix {RIVALS.relative_to(ROOT)}"
    found = list(PYTHON.parents[1].glob(f"lib/python*/site-packages/{library}"))
    return None if found else "python3 -m venv .venv-bench && .venv-bench/bin/pip install -r requirements/bench.txt"
