"""`./todo undo`: take changes back."""

import json
from typing import Annotated

import typer

from cli.tasks.account import DataOption, EmailOption, JsonOption, TokenOption, UrlOption, opened
from cli.tasks.changes import told


def command(
    token_of: Annotated[
        str | None, typer.Argument(metavar="[TOKEN]", help="The undo token of a change. Default: the latest change.")
    ] = None,
    *,
    steps: Annotated[int, typer.Option("--steps", "-n", min=1, max=100, help="So many changes, the latest first.")] = 1,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take the latest change back, wherever it was made: here, on the page, in the chat. ./todo redo does it again."""
    with opened(url=url, email=email, token=token, data=data) as client:
        body = {"undo_token": token_of} if token_of else {}
        answers = []
        for _ in range(1 if token_of else steps):
            answers.append(client.send("POST", "/api/undo", json=body).json())
            if not as_json:
                print(told("Undone", answers[-1]), flush=True)
    if as_json:
        print(json.dumps(answers, ensure_ascii=False, indent=2))
