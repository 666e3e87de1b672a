"""The interface of an agent: a brief in, a typed outcome out. An agent writes no file and applies nothing."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from orchestrator.contracts import Contract
from orchestrator.gates.findings import Finding


class Kind(StrEnum):
    """How a call to an agent ended."""

    PROPOSAL = "proposal"
    EMPTY = "empty"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    TIMEOUT = "timeout"
    NEEDS_PERMISSION = "needs permission"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Brief:
    """What an agent is asked. On a repair, `findings` are what the gates said of `previous`, its last proposal."""

    prompt: str
    contract: Contract
    findings: tuple[Finding, ...] = ()
    previous: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of it: `text` is the proposed file (or the reading) iff `kind` is a proposal; `detail` says why not.

    `answer` is the whole answer as it came, for its digest only. `findings`, on an outcome that is no proposal, say
    what to answer instead: with them the agent may be asked again.
    """

    kind: Kind
    text: str = ""
    detail: str = ""
    seconds: float = 0.0
    answer: str = field(default="", repr=False)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Presence:
    """Whether an agent can be used now: its version, or None and why not, in a few words."""

    version: str | None
    why: str = ""


class Agent(Protocol):
    """Something that proposes artefacts. `tag` is what the audit log calls it."""

    @property
    def name(self) -> str: ...

    @property
    def tag(self) -> str: ...

    def probe(self) -> str | None:
        """Its version if it can be used now, else None. Quick, and changes nothing."""
        ...

    def propose(self, brief: Brief) -> Outcome:
        """Ask for the artefact of `brief.contract`."""
        ...


@runtime_checkable
class Reader(Protocol):
    """An agent that also answers a question in prose: its reading, which decides nothing."""

    @property
    def presence(self) -> Presence:
        """Looked for once."""
        ...

    def read(self, question: str) -> Outcome:
        """The answer as text of a proposal, masked; else what came of it."""
        ...
