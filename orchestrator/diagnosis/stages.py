"""The causal order in which a pod comes up, and what a rule of the diagnosis is."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

Severity = Literal["error", "warning"]


class Stage(IntEnum):
    """Where in a pod's way to its user something breaks; an earlier stage explains a later one."""

    CLUSTER = 0
    CREATED = 1
    STORAGE = 2
    PLACED = 3
    CONFIGURED = 4
    IMAGE = 5
    MEMORY = 6
    STARTED = 7
    ALIVE = 8
    RUNNING = 9
    READY = 10
    ROLLED_OUT = 11
    WIRED = 12
    REACHED = 13
    SERVING = 14
    RELEASED = 15
    APART = 16


@dataclass(frozen=True)
class Rule:
    """One state. `where` is the API field that shows it; `explains` narrows what it explains (None: all that is later).

    A state of `Stage.APART` neither explains anything nor is explained.
    """

    code: str
    stage: Stage
    where: str
    meaning: str
    fix: str
    severity: Severity = "error"
    explains: tuple[Stage, ...] | None = None
