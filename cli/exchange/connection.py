"""A server, and a session on it, as `./todo chat` has them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import httpx
import typer

from cli.exits import CommandError, Exit
from cli.servers.folder import open_folder
from cli.talk.chat import ADDRESS, running, signed_in
from cli.talk.session import bearer, reason

SECONDS = 300.0
UrlOption = Annotated[str | None, typer.Option(help=f"The server. Default: the one that runs here, or {ADDRESS}.")]
EmailOption = Annotated[str | None, typer.Option(help="Sign in as this address; the password is asked for.")]
TokenOption = Annotated[
    str | None, typer.Option(envvar="TODO_TOKEN", help="A session's or a personal token, instead of signing in.")
]
DataOption = Annotated[Path | None, typer.Option(help="The data folder. Default: .todo in the checkout.")]


@dataclass(frozen=True, kw_only=True)
class Account:
    """Whose list, on which server."""

    url: str | None
    email: str | None
    token: str | None
    data: Path | None


@contextmanager
def connected(account: Account, *, timezone: str | None = None) -> Iterator[httpx.Client]:
    """A client of the server that shows the session. Raises CommandError where nothing answers."""
    folder = open_folder(account.data)
    address = (account.url or running(folder) or ADDRESS).rstrip("/")
    with httpx.Client(base_url=address, timeout=SECONDS, trust_env=False) as client:
        try:
            session = account.token or signed_in(client, folder, address=address, email=account.email, name=None)
            client.headers.update(bearer(session) | ({"X-Timezone": timezone} if timezone else {}))
            yield client
        except httpx.TransportError as error:
            message = f"Nothing answers at {address}: start it with ./todo up."
            raise CommandError(message, code=Exit.NOT_RUNNING) from error


def checked(answer: httpx.Response, sentence: str) -> httpx.Response:
    """The answer itself. Raises CommandError with the server's reason for one that is no success."""
    if not answer.is_success:
        raise CommandError(f"{sentence}: {reason(answer)}", code=Exit.FAILED)
    return answer
