"""What happens in a run, as values; a reporter shows them."""

from dataclasses import dataclass
from typing import Literal, Protocol

NOTABLE = "! "
"""Begins the text of a running step that a person must not miss: a cause that was seen, not mere progress."""

Phase = Literal["waiting", "running", "done", "unchanged", "failed", "skipped", "cancelled"]


@dataclass(frozen=True)
class StepEvent:
    """A step came into a phase, or says what it is doing. `seconds` is how long it ran (0 before)."""

    step: str
    title: str
    tasks: tuple[str, ...]
    phase: Phase
    text: str = ""
    seconds: float = 0.0


class Reporter(Protocol):
    """Shows events; called from several threads."""

    def begin(self, steps: tuple[StepEvent, ...]) -> None:
        """The run starts; every step, waiting."""
        ...

    def tell(self, event: StepEvent) -> None:
        """Something happened."""
        ...

    def note(self, text: str) -> None:
        """A line about the run as a whole."""
        ...

    def end(self) -> None:
        """The run is over, however it ended."""
        ...
