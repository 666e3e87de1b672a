"""`./todo completion`: a script that completes words in a shell."""

from pathlib import Path
from typing import Annotated

import typer

from cli.completion.scripts import SHELLS
from cli.completion.tree import all_commands
from cli.exits import CommandError, Exit
from cli.servers.folder import open_folder


def command(
    shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
    *,
    data: Annotated[
        Path | None,
        typer.Option(help="The folder whose projects and tags are offered. Default: .todo in the checkout."),
    ] = None,
) -> None:
    """Print a script that completes commands, options, projects and tags.

    The names are those that ./todo saw last; nothing is asked of a server. docs/terminal.md says where to put it.
    """
    write = SHELLS.get(shell)
    if write is None:
        raise CommandError(f"{shell} is not known: {', '.join(SHELLS)}.", code=Exit.USAGE)
    print(write(list(all_commands()), open_folder(data).path), end="")
