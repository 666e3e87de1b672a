"""A copy of the project that a test may change, deployed by the copy's own code."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cluster.seen import TARGET, Place

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "orchestrator",
    "specs",
    "charts",
    "backend",
    "frontend",
    "Dockerfile.backend",
    "Dockerfile.frontend",
    ".dockerignore",
    ".env.example",
)
LEFT_OUT = shutil.ignore_patterns("node_modules", ".next", "__pycache__", ".git")


@dataclass(frozen=True, kw_only=True)
class Tree(Place):
    """A copy in `root`. `deploy` runs `./todo deploy` of the copy, in its namespace; `values` stand in each release."""

    root: Path
    values: Path | None = None

    def argv(self, *words: str) -> list[str]:
        """The command line of the copy's own code."""
        named = bool(words) and not words[0].startswith("-")  # a command's name: it takes no values
        given = [] if named or self.values is None else ["--values", str(self.values)]
        code = "from orchestrator.cli import app; app()"
        return [sys.executable, "-c", code, *TARGET, *words, *given, "--namespace", self.namespace]

    def environment(self) -> dict[str, str]:
        """The caller's environment without secrets, and the copy's packages first."""
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "OPENAI_API_KEY")}
        return {**kept, "PYTHONPATH": str(self.root)}

    def deploy(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run to the end."""
        environment = {**self.environment(), **more}
        return subprocess.run(  # noqa: PLW1510 - callers judge the exit code
            self.argv(*words), cwd=self.root, env=environment, capture_output=True, text=True, timeout=900
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start, with progress as JSON lines on standard error."""
        return subprocess.Popen(
            self.argv(*words, "--progress", "json"),
            cwd=self.root, env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def deployed(self, *words: str, **more: str) -> str:
        """Run, and demand that it went well; its standard output."""
        done = self.deploy(*words, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def copied(root: Path) -> Path:
    """The project in `root`."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, root / part, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / part, root / part)
    return root


def quick(root: Path, *, namespace: str, port: int) -> Tree:
    """A copy of the project in `root`, deployed at a port of its own; its pods are soon known to be ready."""
    probe = "{readinessProbe: {initialDelaySeconds: 2, periodSeconds: 3}}"
    values = copied(root) / "quick.yaml"
    values.write_text(f"backend: {probe}\nfrontend: {probe[:-1]}, nodePort: {port}}}\n")
    return Tree(root=root, namespace=namespace, port=port, values=values)


@contextmanager
def fresh(place: Place) -> Iterator[None]:
    """Nothing of an earlier run in the namespace; afterwards it is left to go, which takes pods a while to drain."""
    remove = ("delete", "namespace", place.namespace, "--ignore-not-found")
    place.kubectl(*remove)
    try:
        yield
    finally:
        place.kubectl(*remove, "--wait=false")


def wait_for(condition: Callable[[], object], *, limit: float) -> None:
    """Look until `condition()` is true; fail after `limit` seconds."""
    deadline = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < deadline, f"{condition} never came true"
        time.sleep(0.5)
