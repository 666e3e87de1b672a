"""A copy of the tree that a test may change, and the cluster that it is deployed to."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMESPACE = "todo-check"
URL = "http://127.0.0.1:30080"
PARTS = (
    "orchestrator",
    "specs",
    "charts",
    "backend",
    "frontend",
    "Dockerfile.backend",
    "Dockerfile.frontend",
    ".dockerignore",
)
LEFT_OUT = shutil.ignore_patterns("node_modules", ".next", "__pycache__", ".git")


@dataclass(frozen=True)
class Tree:
    """A copy of the project. `deploy` runs `./todo deploy` of the copy, in its namespace."""

    root: Path

    def argv(self, *words: str) -> list[str]:
        """The command line of the copy's own code."""
        return [sys.executable, "-c", "from orchestrator.cli import app; app()", *words, "--namespace", NAMESPACE]

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


def kubectl(*words: str) -> str:
    """Standard output of kubectl in the test's namespace, over the test cluster's own context."""
    argv = ["kubectl", "--context", "minikube", "--namespace", NAMESPACE, *words]
    return subprocess.run(argv, check=True, capture_output=True, text=True, timeout=180).stdout


def pods(app: str) -> dict[str, dict[str, Any]]:
    """The app's pods that are not going away, by name."""
    items = json.loads(kubectl("get", "pods", "--selector", f"app={app}", "--output", "json"))["items"]
    return {item["metadata"]["name"]: item for item in items if "deletionTimestamp" not in item["metadata"]}


def is_ready(pod: dict[str, Any]) -> bool:
    """Whether its Ready condition is true."""
    return any(one["type"] == "Ready" and one["status"] == "True" for one in pod["status"].get("conditions", []))


@pytest.fixture(scope="session")
def cluster() -> None:
    """The test cluster, by the environment that the caller gave. Without one the tests fail: they were asked for."""
    for program in ("minikube", "kubectl", "helm", "docker"):
        assert shutil.which(program), f'{program} is not on the PATH: eval "$(../shared/cluster/env)"'
    subprocess.run(["minikube", "status"], check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="session")
def tree(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tree]:
    """A copy, taken down when all tests are through."""
    root = tmp_path_factory.mktemp("tree")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, root / part, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / part, root / part)
    one = Tree(root)
    yield one
    one.deploy("down", "--delete-data")


def wait_for(condition: Any, *, limit: float) -> None:
    """Look until `condition()` is true; fail after `limit` seconds."""
    deadline = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < deadline, f"{condition} never came true"
        time.sleep(0.5)
