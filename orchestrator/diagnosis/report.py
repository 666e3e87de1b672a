"""A diagnosis as a table for a person."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orchestrator.diagnosis.facts import Sign

_LOG_LINES = 6


def show(signs: Sequence[Sign], summary: str, seconds: float, console: Console, *, reading: str = "") -> None:
    """The findings with evidence, then fixes in whole lines to be pasted; then what an agent made of it, so marked."""
    console.print(_table(signs) if signs else escape(summary))
    for sign in signs:
        if sign.rival:
            console.print(f"not sure: [bold]{sign.code}[/bold], {escape(sign.rival)}", soft_wrap=True)
        console.print(f"to mend [bold]{sign.code}[/bold] {escape(sign.subject)}:", soft_wrap=True)
        console.print("\n".join(f"  {escape(line)}" for line in sign.remedy.splitlines()), soft_wrap=True)
        if sign.log:
            console.print(f"[dim]last log of {escape(sign.subject)}:[/dim]")
            console.print("\n".join(f"  {escape(line)}" for line in sign.log.splitlines()[-_LOG_LINES:]))
    if reading:
        console.print(escape(f"{reading} (an agent's reading decides nothing)"))
    count = len(signs)
    verdict = "healthy" if not signs else f"{count} finding{'s' if count > 1 else ''}"
    console.print(f"{verdict}, {seconds:.1f} s")


def _table(signs: Sequence[Sign]) -> Table:
    table = Table("", "finding", "evidence", show_lines=True, expand=False)
    for sign in signs:
        style = "red" if sign.weight == "error" else "yellow"
        mark = "✗" if sign.weight == "error" else "!"
        where = f" in {sign.namespace}" if sign.namespace else ""
        sure = "" if sign.certainty == "certain" else f" ({sign.certainty})"
        head = f"[bold]{sign.code}[/bold] {escape(sign.subject + where + sure)}\n{escape(sign.message)}"
        table.add_row(f"[{style}]{mark}[/{style}]", head, escape(_evidence(sign)))
    return table


def _evidence(sign: Sign) -> str:
    return "\n".join(f"{one.path} = {one.value}" for one in sign.evidence)
