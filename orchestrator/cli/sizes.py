"""`./todo deploy optimise` for a person: progress on standard error, the table on standard output."""

from collections.abc import Callable

from rich.console import Console
from rich.markup import escape

from orchestrator.commands.optimise import Optimised, optimise
from orchestrator.options import Options
from orchestrator.sizing.measuring.measure import Choices
from orchestrator.sizing.telling import table
from orchestrator.sizing.telling.progress import watching

_WIDE = 160  # columns where there is no terminal to ask


def run(options: Options, choices: Choices, say: Callable[[str], None]) -> Optimised:
    """Run it, with a live picture where standard error is a terminal."""
    with watching(say, Console(stderr=True)) as (tell, watch):
        return optimise(options, tell, choices=choices, watch=watch)


def show(found: Optimised) -> None:
    """The table, the load before and after, and what came of it."""
    console = Console(highlight=False)
    console = console if console.is_terminal else Console(highlight=False, width=_WIDE)
    table.show(found.advices, console)
    console.print(escape(table.load("before", found.before)))
    if found.after:
        console.print(escape(table.load("after", found.after)))
    if found.reading:
        console.print(escape(f"{found.reading} (an agent's reading decides nothing)"))
    console.print(escape(f"{found.verdict}: {found.why} ({found.seconds:.0f} s)"))
