"""The command line `./todo`. Each command's module is imported only when that command runs, so help is quick.

A command's module exposes a Typer application `app` or one function `command`.
"""

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from cli.exits import CommandError, Exit


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A command's place in the help, and the module to import when it is called."""

    name: str
    module: str
    summary: str
    panel: str


ENTRIES = (
    Entry(name="up", module="cli.servers.up", summary="Start Todo Chatbot on this machine.", panel="Run"),
    Entry(name="down", module="cli.servers.down", summary="Stop what `up --detach` started.", panel="Run"),
    Entry(name="status", module="cli.servers.status", summary="Tell what runs, and where.", panel="Run"),
    Entry(name="interpret", module="cli.talk.interpret", summary="Print what a sentence means, as JSON.", panel="Talk"),
    Entry(name="chat", module="cli.talk.chat", summary="Talk to the list in the terminal.", panel="Talk"),
    Entry(name="deploy", module="orchestrator.cli", summary="From source to a healthy release.", panel="Deploy"),
    Entry(name="test", module="cli.checks.test", summary="Run every check that needs no cluster.", panel="Develop"),
    Entry(name="bench", module="cli.bench", summary="Measure speed and understanding.", panel="Develop"),
    Entry(name="lock", module="cli.lock", summary="Lock the Python packages anew.", panel="Develop"),
    Entry(name="docs", module="cli.docs", summary="Write the generated pages of docs/ anew.", panel="Develop"),
    Entry(name="screenshots", module="cli.screenshots", summary="Take the pictures in docs/.", panel="Develop"),
)
MODULES = {entry.name: entry.module for entry in ENTRIES}


class LazyGroup(TyperGroup):
    """A group whose commands stand in the help by their summaries alone, and are imported when one is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, placeholder, rest = super().resolve_command(ctx, args)
        return name, load(name) if name in MODULES else placeholder, rest


def load(name: str) -> Any:
    """The command called `name`, its module imported."""
    module = importlib.import_module(MODULES[name])
    return get_command(module.app if hasattr(module, "app") else single(module.command, name=name))


def single(function: Callable[..., object], *, name: str) -> typer.Typer:
    wrapper = typer.Typer(add_completion=False, rich_markup_mode=None)
    wrapper.command(name)(function)
    return wrapper


def placeholder() -> None:
    """Stands for a command in the help."""


app = typer.Typer(
    cls=LazyGroup,
    name="todo",
    help="A todo list that you run by talking to it.",
    epilog="Every command has --help. Exit codes: docs/cli.md.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for entry in ENTRIES:
    app.command(entry.name, help=entry.summary, rich_help_panel=entry.panel)(placeholder)


def main() -> None:
    """Run the command that `sys.argv` names; errors become one sentence and an exit code here and nowhere else."""
    try:
        app(prog_name="./todo")
    except CommandError as error:
        sys.stderr.write(f"{error.message}\n")
        sys.exit(int(error.code))
    except KeyboardInterrupt:
        sys.exit(int(Exit.INTERRUPTED))
