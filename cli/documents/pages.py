"""The generated pages of the documentation, as text: commands, HTTP interface, settings."""

import json
from collections.abc import Iterator

from pydantic.fields import FieldInfo
from typer.testing import CliRunner

from backend.main import app as backend
from backend.settings import Settings
from cli.documents import decisions, rules
from cli.exits import Exit
from cli.lazy import load
from cli.main import ENTRIES, app

INTRODUCTION = """# The command line

`./todo` needs nothing but Python 3.11: on first use it makes `.venv` and installs the locked packages. Results go to
standard output and progress to standard error, so output can be piped; `--json` prints what a program can read.
This page is written by `./todo docs` from the commands' own help.
"""
SETTINGS = """# The backend's settings: copy this to .env, and set what should differ from its default.
# Written by `./todo docs` from backend/settings.py."""


def all_pages() -> dict[str, str]:
    """Every generated file by its path in the checkout."""
    return {
        "docs/cli.md": commands(),
        "docs/openapi.json": interface(),
        "docs/decisions/README.md": decisions.index(),
        "docs/rules.md": rules.page(),
        ".env.example": settings(),
    }


def commands() -> str:
    """`docs/cli.md`: the help of every command, and the exit codes."""
    sections = [section(words) for words in command_names()]
    return "\n".join([INTRODUCTION, *sections, exit_codes()])


def command_names() -> Iterator[tuple[str, ...]]:
    """The words that call each command: the program itself, then its commands and theirs."""
    yield ()
    for entry in ENTRIES:
        yield (entry.name,)
        yield from subcommands((entry.name,), load(entry.module, name=entry.name))


def subcommands(words: tuple[str, ...], command: object) -> Iterator[tuple[str, ...]]:
    nested: dict[str, object] = getattr(command, "commands", {})
    for name, inner in nested.items():
        if not getattr(inner, "hidden", False):
            yield (*words, name)
            yield from subcommands((*words, name), inner)


def section(words: tuple[str, ...]) -> str:
    title = " ".join(("./todo", *words))
    return f"## {title}\n\n```text\n{help_of(words)}\n```\n"


def help_of(words: tuple[str, ...]) -> str:
    """What `./todo WORDS --help` prints, 80 columns wide."""
    runner = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "80", "NO_COLOR": "1"})
    result = runner.invoke(app, [*words, "--help"], prog_name="./todo", catch_exceptions=False)
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


def exit_codes() -> str:
    rows = [f"| {int(code)} | {code.meaning} |" for code in Exit]
    return "\n".join(["## Exit codes", "", "| code | meaning |", "|---|---|", *rows, ""])


def interface() -> str:
    """`docs/openapi.json`: the backend's OpenAPI document."""
    return json.dumps(backend.openapi(), indent=2, ensure_ascii=False) + "\n"


def settings() -> str:
    """`.env.example`: every setting with its meaning and its default."""
    lines = [line for name, field in Settings.model_fields.items() for line in setting(name, field)]
    return "\n".join([SETTINGS, *lines, ""])


def setting(name: str, field: FieldInfo) -> list[str]:
    alias = field.validation_alias if isinstance(field.validation_alias, str) else name.upper()
    default = "" if field.default is None or alias == "TODO_DATA" else field.default
    return ["", f"# {field.description}", f"# {alias}={default}"]
