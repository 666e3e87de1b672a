"""`./todo docs`: write the generated pages anew, or check that they are up to date."""

from typing import Annotated

import typer

from cli.documents.pages import all_pages
from cli.environment import ROOT
from cli.exits import Exit


def command(
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; 1 if a page is out of date.")] = False,
) -> None:
    """Write docs/cli.md, docs/openapi.json, docs/rules.md, docs/decisions/README.md and .env.example anew."""
    stale = {path: text for path, text in all_pages().items() if read(path) != text}
    for path, text in stale.items():
        if not check:
            (ROOT / path).parent.mkdir(exist_ok=True)
            (ROOT / path).write_text(text)
        print(f"{path}: {'out of date, run ./todo docs' if check else 'written'}")
    if check and stale:
        raise typer.Exit(int(Exit.FAILED))


def read(path: str) -> str | None:
    """What the page says now; None if there is none."""
    return (ROOT / path).read_text() if (ROOT / path).exists() else None
