"""A live table on a terminal: a row a step, its time, what it does or waits for."""

import time
from threading import Lock

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from orchestrator.progress.events import StepEvent

_LOOKS = {
    "waiting": ("·", "dim"),
    "running": ("▸", "bold cyan"),
    "done": ("✓", "green"),
    "unchanged": ("=", "dim green"),
    "failed": ("✗", "bold red"),
    "skipped": ("-", "dim"),
    "cancelled": ("-", "yellow"),
}


class LiveTable:
    """Redraws four times a second; what it drew last stays on the screen."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._rows: dict[str, StepEvent] = {}
        self._since: dict[str, float] = {}
        self._lock = Lock()
        self._live = Live(get_renderable=self._table, console=self._console, refresh_per_second=4)

    def begin(self, steps: tuple[StepEvent, ...]) -> None:
        """Draw all rows."""
        self._rows = {step.step: step for step in steps}
        self._live.start()

    def tell(self, event: StepEvent) -> None:
        """Change one row."""
        with self._lock:
            self._rows[event.step] = event
            if event.phase == "running":
                self._since.setdefault(event.step, time.monotonic())

    def note(self, text: str) -> None:
        """A line above the table."""
        self._console.print(text, highlight=False, markup=False)

    def end(self) -> None:
        """Leave the last picture."""
        if self._live.is_started:
            self._live.stop()

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, expand=True)
        for name, width in (("", 1), ("step", 24), ("tasks", 14), ("time", 7)):
            table.add_column(name, width=width, justify="right" if name == "time" else "left", no_wrap=True)
        table.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
        with self._lock:
            rows = list(self._rows.values())
        for row in rows:
            mark, style = _LOOKS[row.phase]
            cells = (
                mark,
                row.title,
                " ".join(row.tasks),
                self._time(row),
                row.text.splitlines()[0] if row.text else "",
            )
            table.add_row(*(Text(cell, style=style) for cell in cells))
        return table

    def _time(self, row: StepEvent) -> str:
        if row.phase == "waiting":
            return ""
        running = time.monotonic() - self._since.get(row.step, time.monotonic())
        return f"{running if row.phase == 'running' else row.seconds:.1f} s"
