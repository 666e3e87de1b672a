"""The options by which every command of the list finds its server, and the client that they open."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from cli.completion.names import keep_names
from cli.exchange.connection import Account, DataOption, EmailOption, TokenOption, UrlOption, connected
from cli.exits import CommandError, Exit
from cli.servers.folder import open_folder
from cli.talk.session import reason

__all__ = ["DataOption", "EmailOption", "JsonOption", "TokenOption", "UrlOption", "ZoneOption", "opened"]

LOCALTIME = Path("/etc/localtime")
ZONES = "/zoneinfo/"
UNAUTHORISED = 401
NOT_FOUND = 404
UNPROCESSABLE = 422
CODES = {UNAUTHORISED: Exit.SIGNED_OUT, NOT_FOUND: Exit.NO_SUCH_TASK, UNPROCESSABLE: Exit.USAGE}
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, as the HTTP interface has it.")]
ZoneOption = Annotated[
    str | None, typer.Option(help="The IANA zone that times are meant in. Default: TZ, your setting, the machine's.")
]


@dataclass(frozen=True, kw_only=True)
class TaskClient:
    """The HTTP interface for the commands: JSON in, JSON out, and errors as CommandError."""

    http: httpx.Client
    data: Path | None

    def get(self, path: str, **query: Any) -> Any:
        """The answer's JSON. Raises CommandError with the server's reason."""
        given = {name: value for name, value in query.items() if value is not None and value is not False}
        return self.send("GET", path, params={name: _text(value) for name, value in given.items()}).json()

    def send(self, method: str, path: str, **rest: Any) -> httpx.Response:
        """The answer to a request that succeeded. Raises CommandError with the server's reason."""
        answer = self.http.request(method, path, **rest)
        if not answer.is_success:
            raise CommandError(reason(answer), code=CODES.get(answer.status_code, Exit.FAILED))
        return answer

    def keep_names_of(self, tasks: Sequence[dict[str, Any]]) -> None:
        """Read the names anew where tasks that were made or changed have a project or tags."""
        for kind, field in (("projects", "project"), ("tags", "tags")):
            if any(task[field] for task in tasks):
                self.keep_names(kind)

    def keep_names(self, kind: str) -> list[dict[str, Any]]:
        """The user's `projects` or `tags`; their names are kept for the completion of the shell."""
        groups: list[dict[str, Any]] = self.get(f"/api/{kind}")
        try:
            keep_names(open_folder(self.data).path, kind, [group["name"] for group in groups])
        except OSError as error:
            sys.stderr.write(f"The {kind} are not kept for completion: {error}.\n")
        return groups


@contextmanager
def opened(
    *, url: str | None, email: str | None, token: str | None, data: Path | None, timezone: str | None = None
) -> Iterator[TaskClient]:
    """A client of the signed-in user's, whose times are meant in their zone."""
    with connected(Account(url=url, email=email, token=token, data=data)) as http:
        client = TaskClient(http=http, data=data)
        chosen = client.get("/api/me")["timezone"]
        zone = timezone or os.environ.get("TZ", "").removeprefix(":") or chosen or machine_zone(LOCALTIME)
        if zone:
            http.headers["X-Timezone"] = zone
        yield client


def machine_zone(localtime: Path) -> str | None:
    """The IANA zone that the machine's `/etc/localtime` is a link to; None where it is none."""
    target = str(localtime.resolve())
    return target.rpartition(ZONES)[2] if ZONES in target else None


def _text(value: Any) -> str:
    return "true" if value is True else str(value)
