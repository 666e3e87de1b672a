"""Plain lines on a stream, one when a step starts and one when it ends: for logs and pipes."""

import sys
from threading import Lock
from typing import TextIO

from orchestrator.progress.events import NOTABLE, StepEvent

MARKS = {"done": "✓", "unchanged": "=", "failed": "✗", "skipped": "-", "cancelled": "-"}


class Plain:
    """Writes to standard error, so that results on standard output stay clean."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._lock = Lock()
        self._told: set[str] = set()

    def begin(self, steps: tuple[StepEvent, ...]) -> None:
        """Say how many steps there are."""
        self._write(f"{len(steps)} steps")

    def tell(self, event: StepEvent) -> None:
        """A line at a step's end, one at the start of real work, and one for each thing that must not be missed."""
        said = event.text if event.text.startswith(NOTABLE) else event.step
        if event.phase == "running" and event.text and said not in self._told:
            self._told.add(said)
            self._write(f"  {event.title}: {event.text}")
        if event.phase in MARKS:
            tasks = " ".join(event.tasks)
            self._write(
                f"{MARKS[event.phase]} {event.title} [{tasks}] {event.seconds:.1f} s: {event.text or event.phase}"
            )

    def note(self, text: str) -> None:
        """A line about the run."""
        self._write(text)

    def end(self) -> None:
        """Nothing to close."""

    def _write(self, line: str) -> None:
        with self._lock:
            self._stream.write(line + "\n")
            self._stream.flush()
