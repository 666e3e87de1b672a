"""A diagnosis as a table for a person."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orchestrator.diagnosis.diagnose import Diagnosis
from orchestrator.diagnosis.facts import Sign

_LOG_LINES = 6


def show(found: Diagnosis, reading: str, console: Console) -> None:
    """The findings with evidence, then fixes in whole lines to be pasted; then what an agent made of it, so marked."""
    console.print(escape(found.summary) if found.healthy else _table(found))
    for sign in found.signs:
        console.print(f"to mend [bold]{sign.code}[/bold] {escape(sign.subject)}:", soft_wrap=True)
        console.print("\n".join(f"  {escape(line)}" for line in sign.remedy.splitlines()), soft_wrap=True)
        if sign.log:
            console.print(f"[dim]last log of {escape(sign.subject)}:[/dim]")
            console.print("\n".join(f"  {escape(line)}" for line in sign.log.splitlines()[-_LOG_LINES:]))
    if reading:
        console.print(escape(f"{reading} (an agent's reading decides nothing)"))
    count = len(found.signs)
    verdict = "healthy" if found.healthy else f"{count} finding{'s' if count > 1 else ''}"
    console.print(f"{verdict}, {found.seconds:.1f} s")


def _table(found: Diagnosis) -> Table:
    table = Table("", "finding", "evidence", show_lines=True, expand=False)
    for sign in found.signs:
        style = "red" if sign.weight == "error" else "yellow"
        mark = "✗" if sign.weight == "error" else "!"
        head = f"[bold]{sign.code}[/bold] {escape(sign.subject)}\n{escape(sign.message)}"
        table.add_row(f"[{style}]{mark}[/{style}]", head, escape(_evidence(sign)))
    return table


def _evidence(sign: Sign) -> str:
    return "\n".join(f"{one.path} = {one.value}" for one in sign.evidence)
