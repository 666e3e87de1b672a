"""Find the tasks that some words name: by number, by name in any inflection and order, with typing errors."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from ..types import TaskView
from .stems import stems

_NUMBER = re.compile(r"(?:(?:task|todo|item|reminder|number|no\.?|nr\.?|#)\s*)*(\d{1,6})")
_SURE, _NEAR, _CLOSE_CALL = 0.78, 0.34, 0.08


@dataclass(frozen=True)
class Found:
    """``tasks`` fit the words equally well, the best first; ``near`` are the nearest by name where none fits."""

    tasks: tuple[TaskView, ...] = ()
    near: tuple[TaskView, ...] = ()


def find(words: str, tasks: Sequence[TaskView]) -> Found:
    """The tasks that ``words`` name."""
    numbered = _NUMBER.fullmatch(words.strip().lower())
    if numbered:
        exact = tuple(task for task in tasks if task.number == int(numbered[1]))
        if exact:
            return Found(tasks=exact)
    wanted = stems(words)
    if not wanted:
        return Found()
    scored = [(score(wanted, stems(task.title)), task) for task in tasks]
    return _choose(scored)


def _choose(scored: list[tuple[float, TaskView]]) -> Found:
    best = max((value for value, _ in scored), default=0.0)
    ordered = sorted(
        (pair for pair in scored if pair[0] >= _NEAR), key=lambda pair: (-pair[0], pair[1].done, pair[1].number)
    )
    if best < _SURE:
        return Found(near=tuple(task for _, task in ordered[:3]))
    if best == 1.0:
        return Found(tasks=tuple(task for value, task in ordered if value == 1.0))
    fitting = [task for value, task in ordered if value >= _SURE and value >= best - _CLOSE_CALL]
    return Found(tasks=tuple(fitting))


def score(wanted: Sequence[str], title: Sequence[str]) -> float:
    """How well a title fits, 0 to 1: mostly how much of what was said is in it, then how much of it was said."""
    if not title:
        return 0.0
    if tuple(wanted) == tuple(title):
        return 1.0
    said = [max(alike(word, other) for other in title) for word in wanted]
    if min(said) < 0.5 and sum(said) / len(said) < 0.7:
        return 0.7 * sum(said) / len(said)
    covered = sum(1 for other in title if max(alike(word, other) for word in wanted) > 0.7) / len(title)
    return 0.85 * (sum(said) / len(said)) + 0.13 * covered


def alike(word: str, other: str) -> float:
    """How alike two stems are: 1 for the same, less for a beginning or a typing error, 0 for different words."""
    if word == other:
        return 1.0
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < 3 or word.isdigit() or other.isdigit():
        return 0.0
    if len(shorter) >= 4 and longer.startswith(shorter):
        return 0.92
    if len(longer) < 5:
        return 0.9 if sorted(word) == sorted(other) and OSA.distance(word, other) == 1 else 0.0
    allowed = 1 if len(longer) < 8 else 2
    return 0.92 if OSA.distance(word, other, score_cutoff=allowed) <= allowed else 0.0
