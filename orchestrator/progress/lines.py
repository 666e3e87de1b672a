"""JSON lines, one an event: for programs."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from threading import Lock
from typing import TextIO

from orchestrator.progress.events import StepEvent


class JsonLines:
    """Writes {"event": "begin" | "step" | "note" | "end", "at", …} to standard error; nothing twice."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._lock = Lock()
        self._last: dict[str, tuple[str, str]] = {}

    def begin(self, steps: tuple[StepEvent, ...]) -> None:
        """The steps in their order."""
        self._write("begin", {"steps": [step.step for step in steps]})

    def tell(self, event: StepEvent) -> None:
        """One step's news."""
        with self._lock:
            if self._last.get(event.step) == (event.phase, event.text):
                return
            self._last[event.step] = (event.phase, event.text)
        self._write("step", {**asdict(event), "seconds": round(event.seconds, 3)})

    def note(self, text: str) -> None:
        """A line about the run."""
        self._write("note", {"text": text})

    def end(self) -> None:
        """The last line."""
        self._write("end", {})

    def _write(self, event: str, fields: dict[str, object]) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._lock:
            self._stream.write(json.dumps({"event": event, "at": at, **fields}, ensure_ascii=False) + "\n")
            self._stream.flush()
