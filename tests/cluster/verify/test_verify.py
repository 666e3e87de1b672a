"""`./todo deploy verify` on a real release: a handful of `./todo bench faults`, its log, and a narrow role."""

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.bench.deployment import copy
from cli.bench.faults.catalogue import choose
from cli.bench.faults.release import NAMESPACE, Release
from cli.bench.faults.restoration import Saved
from cli.bench.faults.rounds import Round

pytestmark = pytest.mark.cluster
FAULTS = (("secret-deleted", False), ("image-tag", False), ("memory-limit", True), ("readiness-path", True))
TOKEN = {"kubernetes.io/service-account.name": "narrow"}


@pytest.fixture(scope="module")
def release(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    one = Release(copy(tmp_path_factory.mktemp("verify")))
    one.remove(wait=True)  # an old Postgres would have another password
    try:
        one.deploy()
        yield one
    finally:
        one.remove()


def test_a_healthy_release_gives_no_finding_and_is_logged(release: Release) -> None:
    found = release.verify()
    assert (found["exit"], found["findings"], found["pods"]) == (0, [], {"ready": 3, "wanted": 3})
    assert "T029" in (release.root / "phase-iv-audit.jsonl").read_text()
    assert "[BUILTIN]" in (release.root / "phase-iv-audit.log").read_text()


@pytest.mark.parametrize(("name", "mending"), FAULTS)
def test_a_fault_is_exactly_its_cause_and_the_offered_command_heals(release: Release, name: str, mending: bool) -> None:
    (fault,) = choose([name])
    outcome = Round(release, Saved(release), mending=mending).put_in(fault)
    assert outcome.found == ((fault.code, fault.subject),)
    assert outcome.mended is (True if mending else None)


def test_what_may_not_be_read_is_named_with_the_way_to_grant_it(release: Release, tmp_path: Path) -> None:
    release.kubectl("create", "serviceaccount", "narrow")
    release.kubectl("create", "role", "narrow", "--verb=get,list", "--resource=pods,deployments,replicasets")
    release.kubectl("create", "rolebinding", "narrow", "--role=narrow", f"--serviceaccount={NAMESPACE}:narrow")
    meta = {"name": "narrow", "annotations": TOKEN}
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": meta, "type": "kubernetes.io/service-account-token"}
    release.kubectl("create", "--filename", "-", text=json.dumps(secret))
    done = verify_as(release, token_of(release), tmp_path / "kubeconfig")
    assert done.returncode == 26, done.stdout + done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["code"] == "CannotRead"
    assert {"secrets", "services", "nodes", "events"} <= set(finding["subject"].split(", "))
    assert not {"pods", "deployments.apps"} & set(finding["subject"].split(", "))
    assert f"--serviceaccount {NAMESPACE}:narrow" in finding["fix"]


def token_of(release: Release) -> str:
    """The service account's token, which the cluster writes into the Secret."""
    deadline = time.monotonic() + 20
    while not (found := release.kubectl("get", "secret", "narrow", "--output", "jsonpath={.data.token}")):
        assert time.monotonic() < deadline
    return base64.b64decode(found).decode()


def verify_as(release: Release, token: str, config: Path) -> subprocess.CompletedProcess[str]:
    """`./todo deploy verify --json` over a kubeconfig of the token's user alone."""
    config.write_bytes(Path(os.environ["KUBECONFIG"]).read_bytes())
    environment = {**os.environ, "KUBECONFIG": str(config), "PYTHONPATH": str(release.root)}
    for words in (
        ("set-credentials", "narrow", f"--token={token}"),
        ("set-context", "narrow", "--cluster=minikube", "--user=narrow"),
    ):
        subprocess.run(["kubectl", "config", *words], env=environment, check=True, capture_output=True)
    asked = ("verify", "--json", "--target", "context", "--context", "narrow", "--namespace", NAMESPACE)
    return subprocess.run(  # noqa: PLW1510 - the caller judges the exit code
        [sys.executable, "-c", "from orchestrator.cli import app; app()", *asked],
        cwd=release.root, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
