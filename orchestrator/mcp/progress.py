"""A run's events as the protocol's progress: how many steps are over, and what is being done."""

import time
from collections.abc import Callable
from threading import Lock

from orchestrator.progress.events import StepEvent

Tell = Callable[[float, float | None, str], None]
"""Takes progress, which only grows, its total if it is known, and a message; called from several threads."""
_ENDS = ("done", "unchanged", "failed", "skipped", "cancelled")
_APART = 1.0  # seconds between two messages of one step that runs


class Progress:
    """A reporter, and a `Say` for commands that have no steps."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._lock = Lock()
        self._total: int | None = None
        self._ended: set[str] = set()
        self._since = 0
        self._last: dict[str, tuple[float, str]] = {}

    def begin(self, steps: tuple[StepEvent, ...]) -> None:
        """The steps are known."""
        self._total = len(steps)

    def tell(self, event: StepEvent) -> None:
        """A step's end always; what it is doing, at most once a second."""
        if event.phase in _ENDS:
            with self._lock:
                self._ended.add(event.step)
                self._since = 0
            self._send(f"{event.title}: {event.text or event.phase}")
        elif event.phase == "running" and event.text and self._is_news(event.step, event.text):
            self._send(f"{event.title}: {event.text}")

    def note(self, text: str) -> None:
        """A line about the run."""
        self._send(text)

    def end(self) -> None:
        """Nothing to close."""

    def say(self, text: str) -> None:
        """What a command is doing."""
        if self._is_news("", text):
            self._send(text)

    def _is_news(self, step: str, text: str) -> bool:
        with self._lock:
            at, said = self._last.get(step, (0.0, ""))
            if text == said or time.monotonic() - at < _APART:
                return False
            self._last[step] = (time.monotonic(), text)
            return True

    def _send(self, text: str) -> None:
        """The steps that are over, and a growing part of the next one: the protocol wants each number greater."""
        with self._lock:
            self._since += 1
            reached = len(self._ended) + (1 - 1 / self._since)
            self._tell(reached, self._total, text)
