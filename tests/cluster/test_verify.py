"""Faults put into a running release, one at a time, in a namespace of its own: `verify` names exactly the cause."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cluster.conftest import ROOT, Tree

pytestmark = pytest.mark.cluster
NAMESPACE = "todo-verify"
WHERE = ["--context", "minikube", "--namespace", NAMESPACE]
PASSWORD = "only-for-this-test"
VALUES = """
backend: {replicas: 1, readinessProbe: {initialDelaySeconds: 2, periodSeconds: 3},
          livenessProbe: {initialDelaySeconds: 60, periodSeconds: 10}}
frontend: {replicas: 1, nodePort: 30085, readinessProbe: {initialDelaySeconds: 2, periodSeconds: 3}}
postgres: {enabled: true, storage: ""}
"""
SECRETS = {
    "todo-postgres-secret": {"POSTGRES_PASSWORD": PASSWORD},
    "todo-backend-secret": {
        "DATABASE_URL": f"postgresql+psycopg://todo:{PASSWORD}@todo-postgres:5432/todo",
        "OPENAI_API_KEY": "",
        "BETTER_AUTH_SECRET": "a-secret-of-this-test-that-is-long-enough",
    },
}


def kubectl(*words: str, check: bool = True) -> str:
    argv = ["kubectl", *WHERE, *words]
    return subprocess.run(argv, check=check, capture_output=True, text=True, timeout=180).stdout


def make_secret(name: str) -> None:
    words = [f"--from-literal={key}={value}" for key, value in SECRETS[name].items()]
    kubectl("create", "secret", "generic", name, *words)


class Release:
    """The release under test and a tree whose audit log is the test's own."""

    def __init__(self, root: Path) -> None:
        self.root, self._values = root, root / "values.yaml"
        self._values.write_text(VALUES)

    def upgrade(self, *words: str) -> None:
        """Put the chart's values in place, with `words` over them; nothing is waited for."""
        argv = ["helm", "upgrade", "todo-app", str(ROOT / "charts" / "todo-app"), "--install", "--force-conflicts"]
        where = ["--kube-context", "minikube", "--namespace", NAMESPACE, "--values", str(self._values)]
        subprocess.run([*argv, *where, *words], check=True, capture_output=True, timeout=120)

    def verify(self, *, settle: float = 20) -> tuple[int, dict[str, Any]]:
        """The exit code and what `verify --json` told."""
        code = "from pathlib import Path; from orchestrator.cli import app, group; group.ROOT = Path.cwd(); app()"
        words = ["verify", "--json", "--namespace", NAMESPACE, "--settle", str(settle)]
        done = subprocess.run(  # noqa: PLW1510 - the caller judges the exit code
            [sys.executable, "-c", code, *words], cwd=self.root, capture_output=True, text=True, timeout=180,
            env=Tree(ROOT).environment(),
        )  # fmt: skip
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    def healthy(self) -> None:
        """Wait until nothing is found."""
        code, found = self.verify(settle=120)
        assert code == 0, found

    def cause(self, *, limit: float = 60) -> dict[str, Any]:
        """The one finding, as soon as there is one."""
        deadline = time.monotonic() + limit
        while (told := self.verify())[0] == 0:
            assert time.monotonic() < deadline, "nothing was found"
        code, found = told
        assert code == 25
        assert len(found["findings"]) == 1, found
        one: dict[str, Any] = found["findings"][0]
        return one


@pytest.fixture(scope="module")
def release(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found")  # an old Postgres would have another password
    kubectl("create", "namespace", NAMESPACE)
    for name in SECRETS:
        make_secret(name)
    one = Release(tmp_path_factory.mktemp("verify"))
    one.upgrade()
    one.healthy()
    yield one
    kubectl("delete", "namespace", NAMESPACE, "--wait=false")


def test_a_healthy_release_gives_no_finding_and_is_logged(release: Release) -> None:
    code, found = release.verify()
    assert (code, found["findings"], found["pods"]) == (0, [], {"ready": 3, "wanted": 3})
    assert "T029" in (release.root / "phase-iv-audit.jsonl").read_text()
    assert "[BUILTIN]" in (release.root / "phase-iv-audit.log").read_text()


def test_a_deleted_secret_is_one_finding_before_and_after_the_pod_is_gone(release: Release) -> None:
    kubectl("delete", "secret", "todo-backend-secret")
    try:
        assert release.cause()["subject"] == "secret/todo-backend-secret"
        kubectl("delete", "pod", "--selector", "app=todo-backend", "--wait=false")
        assert release.cause()["code"] == "SecretMissing"
    finally:
        make_secret("todo-backend-secret")
    release.healthy()


@pytest.mark.parametrize(
    ("setting", "code", "told"),
    [
        ("backend.tag=nope", "ErrImageNeverPull", "todo-backend:nope"),
        ("backend.resources.limits.memory=8Mi,backend.resources.requests.memory=8Mi", "OOMKilled", "8Mi"),
        ("backend.readinessProbe.path=/nope", "ReadinessProbe", "404"),
        ("backend.resources.requests.memory=512Gi,backend.resources.limits.memory=512Gi", "Unschedulable", "memory"),
    ],
)
def test_a_fault_in_the_values_is_exactly_its_cause(release: Release, setting: str, code: str, told: str) -> None:
    release.upgrade("--set", setting)
    try:
        found = release.cause()
        assert found["code"] == code, found
        assert told in found["message"]
        assert PASSWORD not in json.dumps(found)
    finally:
        release.upgrade()
    release.healthy()


def test_a_service_that_selects_nothing(release: Release) -> None:
    kubectl("patch", "service", "todo-backend", "--patch", '{"spec": {"selector": {"app": "other"}}}')
    assert release.cause()["code"] == "SelectorMatchesNothing"
    release.upgrade()
    release.healthy()


def test_postgres_gone_is_not_also_a_refused_database(release: Release) -> None:
    kubectl("scale", "statefulset", "todo-postgres", "--replicas", "0")
    assert (release.cause()["code"], release.cause()["part"]) == ("ScaledToZero", "postgres")
