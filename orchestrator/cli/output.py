"""How commands tell results, progress and failures."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from orchestrator.errors import DeployError

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@contextmanager
def told() -> Iterator[None]:
    """Turn failures into one message on standard error and the exit code that fits."""
    try:
        yield
    except DeployError as error:
        print(f"error: {error.message}", file=sys.stderr)
        if error.remedy:
            print(f"  to mend it: {error.remedy}", file=sys.stderr)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        print("interrupted", file=sys.stderr)
        raise typer.Exit(130) from error


def as_text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def line(text: str) -> None:
    print(text, flush=True)


def progress() -> Callable[[str], None]:
    last: list[str] = []

    def say(text: str) -> None:
        if text not in last[-1:]:
            last.append(text)
            print(text, file=sys.stderr, flush=True)

    return say
