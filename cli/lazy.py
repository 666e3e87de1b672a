"""Groups of commands whose modules are imported only when one of them runs, so that help is quick."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A command's line in the help, and the module to import when it is called.

    The module exposes a Typer application `app` or one function `command`. Its aliases are what others call it.
    """

    name: str
    module: str
    summary: str
    aliases: tuple[str, ...] = ()


def lazy_app(entries: Sequence[Entry], **options: Any) -> typer.Typer:
    """A Typer application of the entries; `options` are Typer's own."""
    modules = {entry.name: entry.module for entry in entries}
    names = {alias: entry.name for entry in entries for alias in entry.aliases}

    class LazyGroup(TyperGroup):
        """Shows its commands by their summaries alone, and imports the one that is called."""

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            name, summary_only, rest = super().resolve_command(ctx, [names.get(args[0], args[0]), *args[1:]])
            return name, load(modules[name], name=name) if name in modules else summary_only, rest

    app = typer.Typer(
        cls=LazyGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, **options
    )
    for entry in entries:
        app.command(entry.name, help=entry.summary)(summary_only)
    return app


def load(module: str, *, name: str) -> Any:
    """The command that the module exposes, imported now."""
    imported = importlib.import_module(module)
    return get_command(imported.app if hasattr(imported, "app") else single(imported.command, name=name))


def single(function: Callable[..., object], *, name: str) -> typer.Typer:
    wrapper = typer.Typer(add_completion=False, rich_markup_mode=None)
    wrapper.command(name)(function)
    return wrapper


def summary_only() -> None:
    """Stands for a command in the help; `resolve_command` puts the real one in its place."""
