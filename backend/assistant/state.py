"""What one turn knows and gathers while it runs. It lives as long as the turn; nothing of it is kept in the process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backend.assistant.language.types import Choice
from backend.assistant.progress.claims import Claim
from backend.journal.values import Actor, Change
from backend.session import Database


@dataclass(frozen=True, kw_only=True)
class Target:
    """A task that a call may touch: of the version that the user was shown."""

    id: str
    version: int
    number: int
    title: str


@dataclass(frozen=True, kw_only=True)
class Restoring:
    """Where the list is to be put back to: after the revision ``to``, at ``at`` (a UTC instant), from ``newest``."""

    to: int
    at: str
    newest: int


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What the user has said yes to: the only tasks that a call may touch, the turn that it may undo, or where to."""

    targets: tuple[Target, ...] = ()
    undoes: str | None = None
    restores: Restoring | None = None


@dataclass(frozen=True, kw_only=True)
class Call:
    """A tool that ran, with the ``changes`` it made; without ``done`` it could not do what was asked of it.

    ``step`` counts the model's answers of the turn: calls of one step came together. ``of_settings``: it changed the
    reminder settings, which have no rows of the list's journal.
    """

    id: str
    tool: str
    arguments: dict[str, object]
    summary: str = ""
    changes: tuple[Change, ...] = ()
    done: bool = True
    step: int = 0
    of_settings: bool = False

    @property
    def has_acted(self) -> bool:
        return bool(self.changes) or self.of_settings

    @property
    def targets(self) -> tuple[int, ...]:
        """The numbers of the tasks it changed."""
        return tuple((change.after or change.before or {})["number"] for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class PlannedCall:
    """A call that the built-in engine has read from the words; ``targets`` are task numbers, if it resolved any."""

    id: str
    tool: str
    arguments: dict[str, object]
    targets: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that the built-in engine means to do in a turn, and what it asks beside that."""

    calls: tuple[PlannedCall, ...]
    choices: tuple[Choice, ...] = ()
    question: str = ""


@dataclass(kw_only=True)
class TurnState:
    """A turn as its tools see it. ``now`` is naive wall-clock time in ``timezone``.

    ``typed`` is true where the calls were read from the user's own words by rule; a model's calls are trusted less.
    ``heard`` is what the user typed lately, to judge a model's calls by. By tool call, ``planned`` are the numbers of
    the tasks that the built-in engine resolved, ``approved`` the calls that the user has said yes to. ``question``
    is what the built-in engine asks beside what it does, with ``choices`` as its answers. ``tokens`` and
    ``cost`` (millionths of a US dollar) are what a hosted model has used.

    ``claim`` is the right to act for the turn, ``plan`` what the built-in engine means to do, and ``committed`` the
    calls, by id, that an earlier run of this turn has done: they are told again and not done again.
    """

    database: Database
    actor: Actor
    timezone: str
    now: datetime
    text: str
    typed: bool = True
    heard: str = ""
    planned: dict[str, tuple[int, ...]] = field(default_factory=dict)
    approved: dict[str, Agreed] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    choices: tuple[Choice, ...] = ()
    question: str = ""
    tokens: int = 0
    cost: int = 0
    claim: Claim | None = None
    plan: Plan | None = None
    committed: Mapping[str, Call] = field(default_factory=dict)

    @property
    def has_acted(self) -> bool:
        """Whether anything was changed, of tasks or of settings."""
        return bool(self.changes) or any(call.of_settings for call in self.calls)
