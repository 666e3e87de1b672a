"""A checkout of its own for every test: the real command line, and servers that build and start in no time."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.servers.ports import any_free

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = {"name": "page", "version": "1.0.0", "scripts": {"build": "node build.js"}}
LOCK = {
    "name": "page",
    "version": "1.0.0",
    "lockfileVersion": 3,
    "packages": {"": {"name": "page", "version": "1.0.0"}},
}
BUILD = """
const fs = require("fs");
fs.mkdirSync(".next/standalone/.next", { recursive: true });
fs.mkdirSync(".next/static", { recursive: true });
fs.writeFileSync(".next/static/style.css", "");
fs.copyFileSync("server.js", ".next/standalone/server.js");
fs.appendFileSync(".next/builds.count", "x");
"""
SERVER = """
const api = process.env.NEXT_PUBLIC_API_URL;
require("http").createServer((_, answer) => answer.end(api)).listen(process.env.PORT, process.env.HOSTNAME);
"""


BACKEND = """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
    elif scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b'{"status":"ok"}'})
"""


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """A copy of the project in `folder`, with an empty data folder beside it."""

    folder: Path
    data: Path
    port: int
    api_port: int

    @property
    def frontend(self) -> Path:
        return self.folder / "frontend"

    @property
    def up(self) -> list[str]:
        """The arguments that start both servers on this checkout's own ports and data."""
        return ["up", "--port", str(self.port), "--api-port", str(self.api_port), "--data", str(self.data)]

    def run(self, *arguments: str, path: str | None = None, seconds: float = 180) -> subprocess.CompletedProcess[str]:
        """Run `./todo` with the arguments to its end; `path` replaces PATH."""
        return subprocess.run(
            self.command(arguments),
            env=self.environment(path),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `./todo` with the arguments, and return at once."""
        return subprocess.Popen(
            self.command(arguments),
            env=self.environment(None),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def command(self, arguments: Sequence[str]) -> list[str]:
        return [str(self.folder / ".venv" / "bin" / "python"), str(self.folder / "todo"), *arguments]

    def environment(self, path: str | None) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "TODO_DATA"}}
        return kept if path is None else kept | {"PATH": path}

    def status(self) -> list[dict[str, str]]:
        answer = self.run("status", "--json", "--data", str(self.data))
        servers: list[dict[str, str]] = json.loads(answer.stdout)["servers"]
        return servers


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    """A checkout with a backend that starts in no time; what is tested is who starts and stops it."""
    made = new_checkout(tmp_path)
    (made.folder / "backend").mkdir()
    (made.folder / "backend" / "__init__.py").touch()
    (made.folder / "backend" / "main.py").write_text(BACKEND)
    yield made
    made.run("down", "--data", str(made.data))


@pytest.fixture
def checkout_with_backend(tmp_path: Path) -> Iterator[Checkout]:
    """A checkout with the real backend."""
    made = new_checkout(tmp_path)
    shutil.copytree(ROOT / "backend", made.folder / "backend", ignore=shutil.ignore_patterns("__pycache__"))
    yield made
    made.run("down", "--data", str(made.data))


def new_checkout(folder: Path) -> Checkout:
    """The command line, the wrapper and a small page, in a folder of their own."""
    root = folder / "checkout"
    root.mkdir()
    for name in ("cli", "requirements"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "todo", root / "todo")
    (root / ".venv").symlink_to(ROOT / ".venv")
    write_page(root / "frontend")
    return Checkout(folder=root, data=folder / "data", port=any_free(), api_port=any_free())


def write_page(frontend: Path) -> None:
    frontend.mkdir()
    (frontend / "package.json").write_text(json.dumps(PACKAGE))
    (frontend / "package-lock.json").write_text(json.dumps(LOCK))
    (frontend / "build.js").write_text(BUILD)
    (frontend / "server.js").write_text(SERVER)
