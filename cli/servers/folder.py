"""The data folder: the database, the logs, and the record of the servers that run on it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cli.environment import ROOT
from cli.servers import private
from cli.servers.processes import Process

DEFAULT = ROOT / ".todo"


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server that was started: its process, its port on 127.0.0.1 and its log file."""

    name: str
    process: Process
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True, kw_only=True)
class Watcher:
    """The process that starts ended servers again: a supervisor with a log or, without one, `./todo up` at a terminal.

    `restarts` counts what it has started again; `gave_up` is why it no longer does.
    """

    process: Process
    log: Path | None = None
    restarts: int = 0
    gave_up: str = ""


@dataclass(frozen=True, kw_only=True)
class DataFolder:
    """Everything that a running Todo Chatbot keeps; `path` is absolute."""

    path: Path

    @property
    def record(self) -> Path:
        return self.path / "servers.json"

    def log(self, name: str) -> Path:
        return self.path / "logs" / f"{name}.log"


def open_folder(path: Path | None) -> DataFolder:
    """The folder at `path`, from where the command was called; by default `.todo` in the checkout."""
    return DataFolder(path=(path or DEFAULT).expanduser().resolve())


def read_servers(folder: DataFolder) -> list[Server]:
    """What the record names, whether or not it still runs; the page last. Empty without a record."""
    if not folder.record.exists():
        return []
    return [_server(entry) for entry in json.loads(folder.record.read_text())["servers"]]


def read_watcher(folder: DataFolder) -> Watcher | None:
    """Who watches the servers, whether or not it still runs; None without a record or a watcher."""
    entry = json.loads(folder.record.read_text()).get("watcher") if folder.record.exists() else None
    if entry is None:
        return None
    log = Path(entry["log"]) if entry["log"] else None
    return Watcher(process=Process(**entry["process"]), log=log, restarts=entry["restarts"], gave_up=entry["gave_up"])


def write_servers(folder: DataFolder, servers: list[Server], *, watcher: Watcher | None = None) -> None:
    """Record the servers and who watches them; whole or not at all."""
    fresh = folder.record.with_suffix(".new")
    entries = [asdict(server) | {"log": str(server.log)} for server in servers]
    watching = watcher and asdict(watcher) | {"log": str(watcher.log) if watcher.log else None}
    with private.open_file(fresh) as file:
        file.write(json.dumps({"servers": entries, "watcher": watching}, indent=2).encode() + b"\n")
    fresh.replace(folder.record)


def forget_servers(folder: DataFolder) -> None:
    folder.record.unlink(missing_ok=True)


def _server(entry: dict[str, object]) -> Server:
    process = entry["process"]
    assert isinstance(process, dict)  # noqa: S101  (we wrote it)
    return Server(
        name=str(entry["name"]),
        process=Process(**process),
        port=int(str(entry["port"])),
        log=Path(str(entry["log"])),
    )
