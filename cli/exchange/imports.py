"""`./todo import`: another program's list into this one."""

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from cli.exchange.connection import Account, DataOption, EmailOption, TokenOption, UrlOption, checked, connected
from cli.exits import CommandError, Exit

STREAM = Path("-")
SHOWN = 10
_SUFFIXES = {".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".ics", ".ical", ".txt", ".md", ".markdown"}


def command(
    path: Annotated[Path | None, typer.Argument(help="A file, an archive or a folder; - for standard input.")] = None,
    *,
    form: Annotated[
        str | None,
        typer.Option("--format", help="Its format, where it is not to be guessed: docs/import.md names them."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(help="Of a CSV the field of each column: title,notes,due,ignore,… (--preview shows it)."),
    ] = None,
    timezone: Annotated[str | None, typer.Option(help="The IANA zone of its times. Default: your setting.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only tell what would be made.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask first. Nobody is asked where there is no terminal.")
    ] = False,
    undo: Annotated[
        str | None, typer.Option(metavar="TOKEN", help="Take the import back that told this token.")
    ] = None,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole report as JSON.")] = False,
) -> None:
    """Bring a list in: Todoist, TickTick, Taskwarrior, todo.txt, Markdown, iCalendar, CSV and more.

    It is shown first, then made in one turn, which one undo takes back. What was imported before is not made again.
    """
    if (path is None) == (undo is None):
        raise CommandError("Name a file to import, or the token of an import with --undo.", code=Exit.USAGE)
    account = Account(url=url, email=email, token=token, data=data)
    query = {name: value for name, value in (("format", form), ("columns", columns)) if value}
    with connected(account, timezone=timezone) as client:
        if path is None:
            _undo(client, undo or "")
            return
        content, name = read_upload(path)
        _import(client, content, {**query, "name": name}, preview=preview, yes=yes, as_json=as_json)


def read_upload(path: Path) -> tuple[bytes, str]:
    """What is sent, and its name: a file as it is, a folder's lists as an archive. Raises CommandError."""
    try:
        if path == STREAM:
            return sys.stdin.buffer.read(), ""
        if path.is_dir():
            return _archive(path), f"{path.resolve().name}.zip"
        return path.read_bytes(), path.name
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror or error}.", code=Exit.USAGE) from error


def _archive(folder: Path) -> bytes:
    files = [file for file in sorted(folder.rglob("*")) if file.suffix.lower() in _SUFFIXES and file.is_file()]
    if not files:
        raise CommandError(f"{folder} holds no list: {', '.join(sorted(_SUFFIXES))}.", code=Exit.USAGE)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, str(file.relative_to(folder)))
    return out.getvalue()


def _import(
    client: httpx.Client, content: bytes, query: dict[str, str], *, preview: bool, yes: bool, as_json: bool
) -> None:
    asks = sys.stdin.isatty() and not yes
    if preview or asks:
        answer = client.post("/api/import/preview", params=query, content=content)
        report: dict[str, Any] = checked(answer, "Nothing was imported").json()
        if preview and as_json:
            print(json.dumps(report, ensure_ascii=False, indent=2))
            return
        _show(report, "would be made")
        if preview or not report["new"] or not typer.confirm("Import?", err=True):
            return
    report = _follow(client, content, query)
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _show(report, "made")


def _follow(client: httpx.Client, content: bytes, query: dict[str, str]) -> dict[str, Any]:
    """Import, and tell how far it is. Raises CommandError with the server's reason."""
    with client.stream("POST", "/api/import/stream", params=query, content=content) as answer:
        if not answer.is_success:
            answer.read()
        for line in checked(answer, "Nothing was imported").iter_lines():
            event: dict[str, Any] = json.loads(line)
            if event["event"] == "done":
                return event
            if event["event"] == "problem":
                raise CommandError(f"Nothing was imported: {event['detail']}", code=Exit.FAILED)
            sys.stderr.write(f"  {event['tasks']:,} {event['event']}\n")
    raise CommandError("The server broke off; nothing was imported.", code=Exit.SERVER_DIED)


def _show(report: dict[str, Any], verb: str) -> None:
    counts = ", ".join(f"{report[kind]:,} {kind}" for kind in ("duplicates", "doubtful", "skipped") if report[kind])
    print(
        f"{report['title']}: {report['new']:,} of {report['total']:,} tasks {verb}{f' ({counts})' if counts else ''}."
    )
    for item in report["items"][:SHOWN]:
        said = [item["title"], item["due"], item["recurrence"], item["project"] and f"+{item['project']}"]
        print("  " + ("✓ " if item["status"] == "done" else "· ") + "  ".join(filter(None, said)))
    if report["new"] > SHOWN:
        print(f"  … and {report['new'] - SHOWN:,} more")
    for remark in report["remarks"]:
        print(f"  {remark['kind']}  {remark['place']}: {remark['message']}")
    for place, column in enumerate(report["columns"], start=1):
        print(f"  column {place} “{column['header']}” is {column['field']}, such as “{column['sample']}”")
    if report.get("undo_token"):
        print(f"Take it back: ./todo import --undo {report['undo_token']}")


def _undo(client: httpx.Client, token: str) -> None:
    undone = checked(client.post("/api/undo", json={"undo_token": token}), "Nothing was undone").json()
    print(f"Undone: {undone['total']:,} changes. Do it again: ./todo import --undo {undone['undo_token']}")
