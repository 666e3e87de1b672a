"""`./todo chat`: the conversation in a terminal, over the HTTP interface of a running server."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.text import Text

from cli.exits import CommandError, Exit
from cli.servers.folder import DataFolder, open_folder, read_servers
from cli.talk.session import bearer, is_valid, reason, save_token, saved_token, sign_in

ADDRESS = "http://127.0.0.1:8000"
SECONDS = 120.0  # a turn of a hosted model may take a while
LEAVING = frozenset(("exit", "quit", "/exit", "/quit", ":q"))


def command(
    *,
    url: Annotated[str | None, typer.Option(help=f"The server. Default: the one that runs here, or {ADDRESS}.")] = None,
    email: Annotated[str | None, typer.Option(help="Sign in as this address; the password is asked for.")] = None,
    sign_up: Annotated[str | None, typer.Option("--sign-up", metavar="NAME", help="Make a new account.")] = None,
    token: Annotated[
        str | None, typer.Option(envvar="TODO_TOKEN", help="A session token, instead of signing in.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="The data folder. Default: .todo in the checkout.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each answer as JSON.")] = False,
) -> None:
    """Talk to your list. Ends with "exit" or Ctrl-D; lines piped in are said one by one."""
    folder = open_folder(data)
    address = (url or running(folder) or ADDRESS).rstrip("/")
    with httpx.Client(base_url=address, timeout=SECONDS, trust_env=False) as client:
        try:
            session = token or signed_in(client, folder, address=address, email=email, name=sign_up)
            converse(client, session, as_json=as_json)
        except httpx.TransportError as error:
            raise CommandError(
                f"Nothing answers at {address}: start it with ./todo up.", code=Exit.NOT_RUNNING
            ) from error


def running(folder: DataFolder) -> str | None:
    """The address of the backend that the data folder's record names."""
    return next((server.address for server in read_servers(folder) if server.name == "backend"), None)


def signed_in(client: httpx.Client, folder: DataFolder, *, address: str, email: str | None, name: str | None) -> str:
    """A session's token: the kept one, or a new one for an address and a password that are asked for."""
    kept = saved_token(folder.path, address)
    if kept and not email and not name and is_valid(client, kept):
        return kept
    said_email = email or asked("Email", instead="--email or TODO_TOKEN")
    password = os.environ.get("TODO_PASSWORD") or asked("Password", instead="TODO_PASSWORD", hidden=True)
    token = sign_in(client, email=said_email, password=password, name=name)
    save_token(folder.path, address, token)
    return token


def asked(question: str, *, instead: str, hidden: bool = False) -> str:
    """What the person answers. Raises CommandError where nobody types: the lines of a pipe are no answers."""
    if not sys.stdin.isatty():
        message = f"Nobody is signed in, and nobody is at a terminal to ask: run ./todo chat once, or set {instead}."
        raise CommandError(message, code=Exit.SIGNED_OUT)
    return str(typer.prompt(question, hide_input=hidden, err=True))


def converse(client: httpx.Client, token: str, *, as_json: bool) -> None:
    """Say each line to the assistant, in one conversation, and print its answers."""
    console = Console(highlight=False)
    conversation: str | None = None
    for line in said():
        answer = say(client, token, line, conversation=conversation)
        conversation = str(answer["conversation_id"])
        if as_json:
            print(json.dumps(answer, ensure_ascii=False))
        else:
            show(console, answer)


def said() -> Iterator[str]:
    """What the person says, until they leave; a prompt only where somebody types."""
    prompt = "> " if sys.stdin.isatty() else ""
    while True:
        try:
            line = input(prompt).strip()
        except EOFError:
            return
        if line.lower() in LEAVING:
            return
        if line:
            yield line


def say(client: httpx.Client, token: str, line: str, *, conversation: str | None) -> dict[str, Any]:
    """One turn. Raises CommandError with the server's reason where it refuses."""
    body = {"message": line} | ({"conversation_id": conversation} if conversation else {})
    answer = client.post("/api/chat", json=body, headers=bearer(token))
    if not answer.is_success:
        raise CommandError(f"The assistant did not answer: {reason(answer)}", code=Exit.FAILED)
    return dict(answer.json())


def show(console: Console, answer: dict[str, Any]) -> None:
    """The reply, the numbered choices, and that it can be undone. Text from the server is never read as markup."""
    console.print(Text(str(answer["response"])))
    for choice in answer.get("choices") or []:
        console.print(Text(f"  {choice['number']}. {choice['label']}", style="cyan"))
    if answer.get("undo_token"):
        console.print(Text('  Say "undo" to take this back.', style="dim"))
