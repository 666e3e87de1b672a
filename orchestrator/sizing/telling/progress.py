"""How far a measurement is: a live picture on a terminal, a line every ten seconds elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from orchestrator.sizing.measuring.measure import Frame, Watch
from orchestrator.sizing.model import shown
from orchestrator.sizing.quantities import MIB
from orchestrator.sizing.telling.plot import columns, cpu_of, memory_of, parts_in, plot

Say = Callable[[str], None]
_EVERY = 10.0  # seconds between lines
_WIDTH, _HEIGHT = 30, 3  # of one plot, in characters


@contextmanager
def watching(say: Say, console: Console) -> Iterator[tuple[Say, Watch]]:
    """(say, watch) that fit: both draw over the live picture on a terminal, and write lines elsewhere."""
    if not console.is_terminal:
        yield say, lines(say)
        return
    with Live(console=console, refresh_per_second=4, transient=True) as live:
        yield (
            lambda text: console.print(text, highlight=False, markup=False),
            lambda frame: live.update(picture(frame)),
        )


def lines(say: Say) -> Watch:
    """One line every ten seconds, and at each phase's end."""
    told: dict[str, float] = {}

    def watch(frame: Frame) -> None:
        now = time.monotonic()
        if now - told.get(frame.phase, 0.0) >= _EVERY:
            told[frame.phase] = now
            say(line(frame))

    return watch


def line(frame: Frame) -> str:
    """The frame in a line."""
    use = ", ".join(
        f"{part} {shown('cpu', cpu[-1][1])} {memory_of(part, frame.readings)[-1][1] / MIB:.0f}Mi"
        for part in parts_in(frame.readings)
        if (cpu := cpu_of(part, frame.readings))
    )
    return "; ".join(
        word for word in (f"{frame.phase} {frame.gone:.0f} of {frame.whole:.0f} s", _load(frame), use) if word
    )


def picture(frame: Frame) -> RenderableType:
    """The frame as a bar with a CPU and a memory plot for each part."""
    head = Table.grid(padding=(0, 2))
    bar = ProgressBar(total=frame.whole or 1, completed=min(frame.gone, frame.whole), width=30)
    head.add_row(Text(frame.phase, style="bold"), bar, f"{frame.gone:.0f} of {frame.whole:.0f} s", _load(frame))
    return Group(head, plots(frame)) if frame.readings else head


def plots(frame: Frame) -> Table:
    """CPU left and memory right, each from zero to the most seen."""
    table = Table(box=None, padding=(0, 2), show_header=True)
    for name in ("", "CPU", "", "memory", ""):
        table.add_column(name, no_wrap=True)
    for part in parts_in(frame.readings):
        cpu = columns(cpu_of(part, frame.readings), _WIDTH)
        memory = columns(memory_of(part, frame.readings), _WIDTH)
        table.add_row(
            part,
            Text("\n".join(plot(cpu, height=_HEIGHT)), style="cyan"),
            f"{shown('cpu', max(cpu))} most\n\n{shown('cpu', cpu[-1])} now" if cpu else "reading",
            Text("\n".join(plot(memory, height=_HEIGHT)), style="magenta"),
            f"{max(memory) / MIB:.0f}Mi most\n\n{memory[-1] / MIB:.0f}Mi now",
        )
    return table


def _load(frame: Frame) -> str:
    if not frame.requests:
        return ""
    slow = "" if frame.p95 is None else f", p95 {frame.p95 * 1000:.0f} ms"
    return f"{frame.requests} requests, {frame.errors} failed{slow}"
