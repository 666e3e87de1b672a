"""vdirsyncer with todoman: a person's files, synchronised both ways."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cli.strangers.results import Check, Result, check
from cli.strangers.target import Target
from cli.strangers.tools import python_packages, python_version, run

_CONFIG = """
[general]
status_path = "{folder}/status/"
[pair todo]
a = "files"
b = "server"
collections = ["from b"]
metadata = ["displayname"]
conflict_resolution = "b wins"
[storage files]
type = "filesystem"
path = "{folder}/lists/"
fileext = ".ics"
[storage server]
type = "caldav"
url = "{address}/dav/"
username = "{email}"
password = "{token}"
item_types = ["VTODO"]
"""
_TODOMAN = """
path = "{folder}/lists/*"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
default_list = "{default}"
cache_path = "{folder}/cache.sqlite3"
"""


@dataclass
class Desk:
    """A folder with a person's configuration, and what was found so far."""

    target: Target
    bin: Path
    folder: Path
    checks: list[Check] = field(default_factory=list)

    def sync(self, *words: str) -> subprocess.CompletedProcess[str]:
        """vdirsyncer, which is asked to say yes to everything."""
        argv = [str(self.bin / "vdirsyncer"), "-c", str(self.folder / "vdirsyncer"), *(words or ("sync",))]
        return run(argv, said="y\n" * 50)

    def todo(self, *words: str) -> subprocess.CompletedProcess[str]:
        return run([str(self.bin / "todo"), "--config", str(self.folder / "todoman.py"), *words], said="")

    def server(self) -> dict[str, dict[str, Any]]:
        """The server's tasks by their titles."""
        with self.target.client() as client:
            items = client.get("/api/tasks", params={"status": "all", "limit": 200}).json()["items"]
        return {task["title"]: task for task in items}

    def check(self, name: str, act: Callable[[], bool], *ran: subprocess.CompletedProcess[str]) -> None:
        """That the programs ended well, and that what they did is there."""
        wrong = [done for done in ran if done.returncode]
        passed = not wrong and act()
        self.checks.append(check(name, passed=passed, detail=wrong[0].stderr[-200:] if wrong else ""))


def vdirsyncer(target: Target) -> Result:
    """Adding, completing, moving and deleting, from either side; and that nothing is done where nothing changed."""
    bin_ = python_packages("vdirsyncer", ["vdirsyncer", "todoman"])
    with TemporaryDirectory(prefix="todo-desk-") as folder:
        desk = Desk(target=target, bin=bin_, folder=Path(folder))
        _go(desk)
    versions = [f"{name} {python_version(bin_, name)}" for name in ("vdirsyncer", "todoman")]
    return Result(suite="vdirsyncer-todoman", version=", ".join(versions), checks=tuple(desk.checks))


@contextmanager
def _listed(desk: Desk) -> Iterator[str]:
    """What todoman lists, also what is done."""
    yield desk.todo("list", "--status", "ANY").stdout


def _go(desk: Desk) -> None:
    with desk.target.client() as client:
        for title, project in (("from the page", None), ("stays", None), ("weed", "Garden")):
            client.post("/api/tasks", json={"title": title, "project": project, "due": "2027-03-05"})
    config = _CONFIG.format(
        folder=desk.folder, address=desk.target.address, email=desk.target.email, token=desk.target.token
    )
    (desk.folder / "vdirsyncer").write_text(config)
    desk.check("finds the lists", lambda: len(list((desk.folder / "lists").iterdir())) == 2, desk.sync("discover"))
    desk.check(
        "fetches the tasks",
        lambda: len(list(desk.folder.glob("lists/*/*.ics"))) == 3,
        desk.sync(),
        desk.sync("metasync"),
    )
    (desk.folder / "todoman.py").write_text(_TODOMAN.format(folder=desk.folder, default="Garden"))
    with _listed(desk) as text:
        desk.check("todoman lists them", lambda: "from the page" in text and "weed" in text)
    made = desk.todo("new", "--list", "Garden", "--due", "2027-04-01", "dig deep")
    desk.check("todoman adds one", lambda: desk.server()["dig deep"]["project"] == "Garden", made, desk.sync())
    desk.check("with its due date", lambda: desk.server()["dig deep"]["due"] == "2027-04-01")
    done = desk.todo("done", _number(desk, "dig deep"))
    desk.check("todoman completes it", lambda: desk.server()["dig deep"]["status"] == "done", done, desk.sync())
    edited = desk.todo("edit", _number(desk, "weed"), "--due", "2027-05-01")
    desk.check("todoman changes one", lambda: desk.server()["weed"]["due"] == "2027-05-01", edited, desk.sync())
    moved = desk.todo("move", "--list", "Garden", _number(desk, "from the page"))
    desk.check("todoman moves one", lambda: desk.server()["from the page"]["project"] == "Garden", moved, desk.sync())
    _from_the_server(desk)


def _from_the_server(desk: Desk) -> None:
    tasks = desk.server()
    with desk.target.client() as client:
        client.patch(f"/api/tasks/{tasks['weed']['id']}", json={"title": "weed all", "priority": "high"})
        client.post("/api/tasks", json={"title": "rake", "project": "Garden"})
        client.delete(f"/api/tasks/{tasks['dig deep']['id']}")
    synced = desk.sync()
    with _listed(desk) as text:
        desk.check("takes a change", lambda: "weed all" in text, synced)
        desk.check("takes a new task", lambda: "rake" in text)
        desk.check("takes a deletion", lambda: "dig deep" not in text)
    gone = desk.todo("delete", "--yes", _number(desk, "rake"))
    desk.check("todoman deletes one", lambda: "rake" not in desk.server(), gone, desk.sync())
    before = desk.server()
    again = desk.sync()
    desk.check("does nothing where nothing changed", lambda: "Copying" not in again.stderr + again.stdout, again)
    desk.check("and the server has no new version", lambda: desk.server() == before)


def _number(desk: Desk, title: str) -> str:
    """todoman's number of a task."""
    lines = desk.todo("list", "--status", "ANY").stdout.splitlines()
    found = next((line for line in lines if title in line), "")
    return next((word for word in found.replace("[", " ").replace("]", " ").split() if word.isdigit()), "0")
