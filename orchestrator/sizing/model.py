"""What is measured and what is decided, as plain data. CPU is in millicores, memory in bytes, times in seconds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from orchestrator.sizing.quantities import cpu_text, memory_text

Name = Literal["cpu_request", "memory_request", "cpu_limit", "memory_limit"]
NAMES: tuple[Name, ...] = ("cpu_request", "memory_request", "cpu_limit", "memory_limit")
Confidence = Literal["high", "medium", "low", "none"]
PARTS = ("backend", "frontend", "postgres")


def shown(name: str, value: float | None) -> str:
    """A size as the chart writes it; a dash for none."""
    if value is None:
        return "-"
    return cpu_text(round(value)) if name.startswith("cpu") else memory_text(int(value))


@dataclass(frozen=True)
class Sizes:
    """A container's requests and limits; None where none is set."""

    cpu_request: int | None = None
    memory_request: int | None = None
    cpu_limit: int | None = None
    memory_limit: int | None = None

    def of(self, name: Name) -> int | None:
        """One of the four."""
        value: int | None = getattr(self, name)
        return value

    def items(self) -> Iterator[tuple[Name, int | None]]:
        """All four by name."""
        return ((name, self.of(name)) for name in NAMES)


@dataclass(frozen=True)
class Container:
    """A pod's own container, as its status tells: `born` is when it started (epoch seconds), `killed` an OOM kill."""

    part: str
    pod: str
    node: str
    sizes: Sizes
    restarts: int
    killed: bool
    ready: bool
    born: float


@dataclass(frozen=True)
class Point:
    """What a source says of one container at `at` (epoch seconds): core-seconds since its start, or a mean CPU."""

    pod: str
    container: str
    at: float
    memory: int
    core_seconds: float | None = None
    cpu: float | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Reading:
    """One container's use: mean CPU over the `seconds` that end at `at` (None if not known yet), memory at `at`."""

    part: str
    pod: str
    at: float
    seconds: float
    cpu: float | None
    memory: int


@dataclass(frozen=True)
class Kernel:
    """What the kernel counted of one container: most memory ever, and CPU periods with those that were throttled."""

    peak: int | None = None
    periods: int = 0
    throttled: int = 0


@dataclass(frozen=True)
class Visit:
    """One request of the load: its kind, when it began, how long it took, and its HTTP status (0: no answer)."""

    kind: str
    at: float
    seconds: float
    status: int

    @property
    def ok(self) -> bool:
        """Whether it was answered as a user needs it."""
        return 200 <= self.status < 400


@dataclass(frozen=True)
class Measurement:
    """One phase of load: the readings from `began` (load on) to `ended`, the visits, and what the pods' status says.

    `restarts` and `killed` count what happened while it lasted. `doubts` are reasons to trust it less, in words.
    """

    began: float
    ended: float
    readings: tuple[Reading, ...]
    visits: tuple[Visit, ...]
    before: tuple[Container, ...]
    after: tuple[Container, ...]
    kernel: Mapping[str, Kernel] = field(default_factory=dict)
    source: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """Visits that went wrong."""
        return sum(not visit.ok for visit in self.visits)

    @property
    def restarts(self) -> int:
        """Containers that were started anew while it lasted, those in new pods included."""
        known = {one.pod: one.restarts for one in self.before}
        return sum(max(0, one.restarts - known.get(one.pod, 0)) for one in self.after)

    @property
    def killed(self) -> frozenset[str]:
        """Parts with a container whose last end was an OOM kill."""
        return frozenset(one.part for one in (*self.before, *self.after) if one.killed)


@dataclass(frozen=True)
class Used:
    """P50, P95 and the most that was seen; for memory the kernel's own peak counts as seen."""

    p50: float
    p95: float
    most: float


@dataclass(frozen=True)
class Line:
    """One size: what stands, what is recommended (the same where nothing changes), and why.

    `unsure` says why a recommendation is only told and not applied; empty where it is sure.
    """

    name: Name
    current: int | None
    recommended: int | None
    reason: str
    unsure: str = ""

    @property
    def differs(self) -> bool:
        """Whether another size is recommended than stands."""
        return self.recommended != self.current

    @property
    def changed(self) -> bool:
        """Whether it is to be written."""
        return self.differs and not self.unsure


@dataclass(frozen=True)
class Advice:
    """The four sizes of one part, on how many readings of how many pods, how sure, and what else to know."""

    part: str
    lines: tuple[Line, ...]
    cpu: Used | None
    memory: Used | None
    readings: int
    pods: int
    confidence: Confidence
    notes: tuple[str, ...] = ()

    @property
    def untaken(self) -> tuple[Line, ...]:
        """Those that are recommended, and not sure enough to be written."""
        return tuple(line for line in self.lines if line.differs and line.unsure)

    @property
    def changes(self) -> tuple[Line, ...]:
        """Those to be written."""
        return tuple(line for line in self.lines if line.changed)

    def as_dict(self) -> dict[str, Any]:
        """For --json: CPU in millicores, memory in bytes, and each size as the chart writes it."""
        return {
            "part": self.part,
            "confidence": self.confidence,
            "readings": self.readings,
            "pods": self.pods,
            "used": {"cpu": _used(self.cpu), "memory": _used(self.memory)},
            "sizes": {
                line.name: {
                    "current": None if line.current is None else shown(line.name, line.current),
                    "recommended": None if line.recommended is None else shown(line.name, line.recommended),
                    "changed": line.changed,
                    "reason": line.reason,
                    "unsure": line.unsure,
                }
                for line in self.lines
            },
            "notes": list(self.notes),
        }


def _used(used: Used | None) -> dict[str, float] | None:
    return None if used is None else {one.name: round(getattr(used, one.name), 1) for one in fields(used)}
