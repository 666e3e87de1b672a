"""The commands, their options and what may stand after each: what the scripts of all shells are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from cli.lazy import load
from cli.main import ENTRIES

NAMED = {"--project": "projects", "--tag": "tags", "--untag": "tags"}
CHOICES = {
    "--status": ("open", "done", "all"),
    "--priority": ("high", "medium", "low"),
    "--sort": ("due", "created", "updated", "priority", "title", "order"),
}


@dataclass(frozen=True, kw_only=True)
class Option:
    """An option: its spellings, its help, and what follows it.

    ``values`` is "none" after a flag, "projects", "tags", "files", "any", or the words to choose from, blanks between.
    """

    names: tuple[str, ...]
    summary: str
    values: str


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command by its words, with what may follow: commands by name and summary, options, files."""

    words: tuple[str, ...]
    commands: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    takes_files: bool

    @property
    def place(self) -> str:
        """Its words, each with a blank before it; nothing for the program itself."""
        return "".join(f" {word}" for word in self.words)


def all_commands() -> Iterator[Command]:
    """The program itself first, then each command with those beneath it."""
    top = tuple((entry.name, entry.summary) for entry in ENTRIES)
    yield Command(words=(), commands=top, options=(_HELP,), takes_files=False)
    for entry in ENTRIES:
        yield from _beneath((entry.name,), load(entry.module, name=entry.name))


_HELP = Option(names=("--help",), summary="Show this message and exit.", values="none")


def _beneath(words: tuple[str, ...], command: Any) -> Iterator[Command]:
    nested = {name: inner for name, inner in getattr(command, "commands", {}).items() if not inner.hidden}
    yield Command(
        words=words,
        commands=tuple((name, _sentence(inner.help)) for name, inner in nested.items()),
        options=(*map(_option, _options(command)), _HELP),
        takes_files=any(_is_path(parameter) for parameter in command.params if not _is_option(parameter)),
    )
    for name, inner in nested.items():
        yield from _beneath((*words, name), inner)


def _options(command: Any) -> list[Any]:
    return [parameter for parameter in command.params if _is_option(parameter) and not parameter.hidden]


def _is_option(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "option")


def _is_path(parameter: Any) -> bool:
    return Path in {_annotation(parameter), *get_args(_annotation(parameter))}


def _annotation(parameter: Any) -> Any:
    return parameter.type_descriptor.annotation


def _option(parameter: Any) -> Option:
    names = (*parameter.opts, *parameter.secondary_opts)
    return Option(names=names, summary=_sentence(parameter.help), values=_values(parameter, names[0]))


def _values(parameter: Any, name: str) -> str:
    if parameter.is_flag or parameter.count:
        return "none"
    if name in NAMED:
        return NAMED[name]
    if _is_path(parameter):
        return "files"
    return " ".join(_choices(_annotation(parameter)) or CHOICES.get(name, ())) or "any"


def _choices(annotation: Any) -> list[str]:
    """The values of an enumeration; none of any other type."""
    is_enumeration = isinstance(annotation, type) and issubclass(annotation, Enum)
    return [str(member.value) for member in annotation] if is_enumeration else []


def _sentence(text: str | None) -> str:
    """The first sentence of a help, on one line."""
    return " ".join((text or "").split()).split(". ")[0]
