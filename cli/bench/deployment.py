"""`./todo bench deploy`: how long a deployment takes beside a bare `helm install --wait` of the same chart."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.exits import CommandError, Exit

ROOT = Path(__file__).resolve().parents[2]
NAMESPACE = "todo-bench"
PARTS = ("orchestrator", "specs", "charts", "backend", "frontend")
FILES = ("Dockerfile.backend", "Dockerfile.frontend", ".dockerignore", ".env.example")
_LEFT_OUT = shutil.ignore_patterns("node_modules", ".next", "__pycache__")


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Seconds that something took, and the aim (seconds, at most)."""

    name: str
    seconds: float
    aim: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it was fast enough; None without an aim."""
        return None if self.aim is None else self.seconds <= self.aim


def command(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Measure on Minikube, in a namespace of its own, with images built before the clock starts.

    Fresh: at most 1.25 times the bare install plus 10 s. Unchanged: 5 s. A broken release's cause: 20 s after its sign.
    """
    with tempfile.TemporaryDirectory(prefix="todo-bench-") as folder:
        timings = measure(copy(Path(folder)))
    print(json.dumps([{**asdict(one), "met": one.met} for one in timings], indent=2) if as_json else table(timings))
    if any(one.met is False for one in timings):
        raise typer.Exit(Exit.FAILED)


def copy(folder: Path) -> Path:
    """The project in a folder of its own, so that its audit log stays out of the measurement."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=_LEFT_OUT)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    return folder


def measure(root: Path) -> list[Timing]:
    """Deploy, install bare, deploy again, deploy unchanged, deploy broken; then take it down."""
    try:
        deploy(root)
        bare = bare_install(root)
        deploy(root, "down", "--delete-data")
        fresh, same = deploy(root), deploy(root)
        sign = broken(root)
    finally:
        deploy(root, "down", "--delete-data")
    return [
        Timing(name="bare helm install --wait", seconds=bare),
        Timing(name="deploy, images there", seconds=fresh, aim=1.25 * bare + 10),
        Timing(name="deploy, nothing changed", seconds=same, aim=5.0),
        Timing(name="cause of a broken release, from its sign", seconds=sign, aim=20.0),
    ]


def deploy(root: Path, *words: str) -> float:
    """Run `./todo deploy` of the copy; the seconds it took. Raises CommandError with what it said if it fails."""
    started = time.monotonic()
    done = _run(root, words)
    if done.returncode:
        raise CommandError(f"./todo deploy {' '.join(words)} failed: {done.stderr[-800:]}", code=Exit.FAILED)
    return time.monotonic() - started


def bare_install(root: Path) -> float:
    """The chart installed by helm alone, over the Secrets and values of a deployment that is taken away first."""
    context = ["--kube-context", "minikube", "--namespace", NAMESPACE]
    (values,) = (root / ".todo-deploy" / "values").iterdir()
    _helm(["uninstall", "todo-app", "--wait", *context], root)
    while _items("pods"):
        time.sleep(1)
    started = time.monotonic()
    install = ["install", "todo-app", "charts/todo-app", "--values", str(values), "--wait=watcher", "--timeout", "180s"]
    _helm([*install, *context], root)
    return time.monotonic() - started


def broken(root: Path) -> float:
    """Deploy with a readiness probe on a wrong path; the seconds from the first failed probe to the cause's print."""
    values = root / "broken.yaml"
    values.write_text("backend:\n  readinessProbe: {path: /nowhere, initialDelaySeconds: 10, periodSeconds: 15}\n")
    done = _run(root, ["--values", str(values), "--progress", "json"])
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    told = next(line for line in lines if "ReadinessProbe" in str(line.get("text")))
    signs = [item for item in _items("events") if item["reason"] == "Unhealthy" and "404" in item["message"]]
    first = min(datetime.fromisoformat(item["firstTimestamp"]) for item in signs)
    return (datetime.fromisoformat(told["at"]) - first.astimezone(UTC)).total_seconds()


def _run(root: Path, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-c", "from orchestrator.cli import app; app()", *words, "--namespace", NAMESPACE]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(argv, cwd=root, env=environment, capture_output=True, text=True, check=False)


def _helm(words: Sequence[str], root: Path) -> None:
    subprocess.run(["helm", *words], cwd=root, check=True, capture_output=True)


def _items(kind: str) -> list[dict[str, Any]]:
    argv = ["kubectl", "--context", "minikube", "--namespace", NAMESPACE, "get", kind, "--output", "json"]
    items: list[dict[str, Any]] = json.loads(subprocess.run(argv, check=True, capture_output=True).stdout)["items"]
    return items


def table(timings: Sequence[Timing]) -> str:
    """One line each, with the aim."""
    return "\n".join(_line(one) for one in timings)


def _line(one: Timing) -> str:
    verdict = {None: "", True: "met", False: "NOT met"}[one.met]
    aim = f"at most {one.aim:.1f} s: {verdict}" if one.aim is not None else ""
    return f"{one.name:<42} {one.seconds:>7.1f} s  {aim}".rstrip()
