"""Right-sizing on a real release: measured under load through its front door, and nothing left behind."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cluster.tree import ROOT, Tree, fresh

pytestmark = pytest.mark.cluster
HERE = Tree(root=ROOT, namespace="todo-size", port=30086)
VALUES = """
backend: {replicas: 1, readinessProbe: {initialDelaySeconds: 2, periodSeconds: 3}}
frontend: {replicas: 1, nodePort: 30086, readinessProbe: {initialDelaySeconds: 2, periodSeconds: 3}}
postgres: {enabled: true, storage: ""}
"""
PASSWORD = "only-for-this-test"
SECRETS = {
    "todo-postgres-secret": {"POSTGRES_PASSWORD": PASSWORD},
    "todo-backend-secret": {
        "DATABASE_URL": f"postgresql+psycopg://todo:{PASSWORD}@todo-postgres:5432/todo",
        "OPENAI_API_KEY": "",
        "BETTER_AUTH_SECRET": "a-secret-of-this-test-that-is-long-enough",
    },
}
COUNT = 'select count(*) from "user"'


def optimise(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`./todo deploy optimise` whose audit log and state are in `root`; the code is the project's."""
    code = "from pathlib import Path; from orchestrator.cli import app, group; group.ROOT = Path.cwd(); app()"
    return subprocess.run(  # noqa: PLW1510 - callers judge the exit code
        [sys.executable, "-c", code, "optimise", "--namespace", HERE.namespace, *words],
        cwd=root, capture_output=True, text=True, timeout=300, env=HERE.environment(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def root(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the chart and its contracts, deployed as it is."""
    folder = tmp_path_factory.mktemp("optimise")
    for part in ("charts", "specs"):
        (folder / part).symlink_to(ROOT / part)
    (folder / "values.yaml").write_text(VALUES)
    with fresh(HERE):
        HERE.kubectl("create", "namespace", HERE.namespace)
        for name, values in SECRETS.items():
            pairs = (f"--from-literal={key}={one}" for key, one in values.items())
            HERE.kubectl("create", "secret", "generic", name, *pairs)
        words = ("--install", "--values", str(folder / "values.yaml"), "--wait=watcher")
        HERE.helm("upgrade", "todo-app", str(ROOT / "charts/todo-app"), *words)
        yield folder


def accounts() -> int:
    """How many there are in the release's database."""
    words = ("psql", "--username=todo", "--dbname=todo", "--tuples-only", "--command", COUNT)
    environment = ("env", f"PGPASSWORD={PASSWORD}")
    return int(HERE.kubectl("exec", "todo-postgres-0", "--", *environment, *words))


def test_a_dry_run_measures_recommends_and_leaves_nothing_behind(root: Path) -> None:
    done = optimise(root, "--dry-run", "--json", "--duration", "25", "--rate", "3", "--settle", "15")
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    parts = {one["part"]: one for one in told["parts"]}
    assert set(parts) == {"backend", "frontend", "postgres"}
    assert told["before"]["errors"] == 0
    assert told["before"]["requests"] >= 60
    assert parts["backend"]["used"]["memory"]["most"] > 50 * 2**20
    assert parts["backend"]["sizes"]["cpu_limit"]["current"] == "500m"
    assert not any(one["changed"] for one in parts["postgres"]["sizes"].values())  # its data is in an emptyDir
    assert accounts() == 0
    assert "cpu: 100m" in (root / "charts/todo-app/values.yaml").read_text()
    (entry,) = (root / "phase-iv-audit.log").read_text().splitlines()[1:]
    assert '[BUILTIN] prompt="Analyze CPU and memory utilization' in entry


def test_an_unhealthy_release_is_not_measured(root: Path) -> None:
    assert httpx.get(HERE.url, timeout=20, trust_env=False).status_code == 200
    HERE.kubectl("patch", "service", "todo-backend", "--patch", '{"spec": {"selector": {"app": "other"}}}')
    done = optimise(root)
    assert done.returncode == 22, done.stderr
    assert "SelectorMatchesNothing" in done.stderr
    assert "./todo deploy verify" in done.stderr
