"""What was measured and what is recommended, as a table for a person."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orchestrator.sizing.deciding.worse import p95
from orchestrator.sizing.model import Advice, Line, Measurement, Used, shown
from orchestrator.sizing.quantities import MIB

_WORDS = {
    "cpu_request": "CPU request", "memory_request": "memory request",
    "cpu_limit": "CPU limit", "memory_limit": "memory limit",
}  # fmt: skip


def show(advices: Sequence[Advice], console: Console) -> None:
    """A row a size: current, used (P50, P95, most), recommended, why; then what else to know of each part."""
    table = Table("", "size", "current", "P50", "P95", "most", "recommended", "why", expand=False)
    for one in advices:
        for number, line in enumerate(one.lines):
            table.add_row(one.part if number == 0 else "", *_cells(one, line), end_section=number == 3)
    console.print(table)
    for one in advices:
        told = [f"confidence {one.confidence} ({one.readings} CPU readings of {one.pods} pods)", *one.notes]
        console.print(escape(f"{one.part}: {'; '.join(told)}"))


def load(name: str, found: Measurement) -> str:
    """One measurement's load in a line."""
    slow = p95(found)
    told = f"{len(found.visits)} requests in {found.ended - found.began:.0f} s, {found.errors} failed"
    return f"{name}: {told}, p95 {'-' if slow is None else f'{slow * 1000:.0f} ms'}, {found.restarts} restarts"


def _cells(one: Advice, line: Line) -> tuple[str, ...]:
    used = one.cpu if line.name.startswith("cpu") else one.memory
    recommended = shown(line.name, line.recommended)
    return (
        _WORDS[line.name],
        shown(line.name, line.current),
        *_seen(line, used),
        f"[bold green]{recommended}[/bold green]" if line.changed else recommended,
        escape(f"{line.reason}; not applied: {line.unsure}" if line.unsure else line.reason),
    )


def _seen(line: Line, used: Used | None) -> tuple[str, str, str]:
    if used is None:
        return "-", "-", "-"
    if line.name.startswith("cpu"):
        return shown("cpu", used.p50), shown("cpu", used.p95), shown("cpu", used.most)
    return f"{used.p50 / MIB:.0f}Mi", f"{used.p95 / MIB:.0f}Mi", f"{used.most / MIB:.0f}Mi"
