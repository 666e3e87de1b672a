"""A release's list in a file and back, by hand and by the CronJob; a laptop's list moved to the cluster."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy.engine import URL

from backend.backup.creation import create_file
from tests.backup.conftest import empty_database
from tests.cluster.seen import CONTEXT, NODE_IS_HERE
from tests.cluster.tree import Tree, wait_for

pytestmark = pytest.mark.cluster
CLAIM = "todo-backups-claim"


@pytest.fixture
def person(tree: Tree) -> Iterator[httpx.Client]:
    """Somebody with an account, through the page."""
    with httpx.Client(base_url=tree.url, headers={"Origin": tree.url}, timeout=20, trust_env=False) as client:
        who = {"name": "Ann", "email": f"{uuid4().hex}@example.com", "password": "correct horse battery"}
        assert client.post("/api/auth/sign-up/email", json=who).status_code == 200
        yield client


def titles(person: httpx.Client) -> list[str]:
    answer = person.get("/api/tasks")
    assert answer.status_code == 200, answer.text
    return [task["title"] for task in answer.json()["items"]]


def test_what_was_backed_up_comes_back_and_sessions_go_on(tree: Tree, person: httpx.Client, tmp_path: Path) -> None:
    assert person.post("/api/tasks", json={"title": "kept"}).status_code == 201
    path = tmp_path / "release.jsonl.gz"
    made = json.loads(tree.deployed("backup", str(path), "--json"))
    assert made["manifest"]["database"] == "postgres"
    assert person.post("/api/tasks", json={"title": "after the backup"}).status_code == 201

    refused = tree.deploy("restore", str(path))
    assert refused.returncode == 31, refused.stderr
    assert sorted(titles(person)) == ["after the backup", "kept"]

    told = json.loads(tree.deployed("restore", str(path), "--replace", "--json"))
    assert titles(person) == ["kept"]
    assert len(tree.pods("todo-backend")) == 2
    assert not tree.pods("todo-backup")
    tree.deployed("restore", told["kept"], "--replace")
    assert sorted(titles(person)) == ["after the backup", "kept"]
    assert json.loads(tree.deployed("status", "--json"))["healthy"] is True
    assert "complete and unbroken" in tree.deployed("audit")


def test_a_laptops_list_moves_to_the_cluster(tree: Tree, tmp_path: Path) -> None:
    url: URL = empty_database(tmp_path / "laptop")
    create_file(url, tmp_path / "laptop.jsonl.gz")
    before = json.loads(tree.deployed("backup", str(tmp_path / "before.jsonl.gz"), "--json"))
    tree.deployed("restore", str(tmp_path / "laptop.jsonl.gz"), "--replace")
    moved = json.loads(tree.deployed("backup", str(tmp_path / "moved.jsonl.gz"), "--json"))
    assert next(table["rows"] for table in moved["manifest"]["tables"] if table["name"] == "user") == 1
    tree.deployed("restore", str(tmp_path / "before.jsonl.gz"), "--replace")
    again = json.loads(tree.deployed("backup", str(tmp_path / "again.jsonl.gz"), "--json"))
    assert again["seal"]["parts"] == before["seal"]["parts"]


def test_a_file_that_is_no_backup_leaves_the_release_alone(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl.gz").write_bytes(b"-----BEGIN PGP MESSAGE-----\n")
    before = tree.uids("todo-backend")
    done = tree.deploy("restore", str(tmp_path / "bad.jsonl.gz"), "--replace")
    assert (done.returncode, "gpg" in done.stderr) == (30, True)
    assert tree.uids("todo-backend") == before


@pytest.fixture
def claim(tree: Tree, tmp_path: Path) -> Iterator[Path]:
    """A claim over a folder of this machine, which is the node: the test cluster makes no volumes."""
    tmp_path.chmod(0o777)
    for parent in list(tmp_path.parents)[:2]:
        parent.chmod(0o755)
    size = {"storage": "100Mi"}
    spec = {"accessModes": ["ReadWriteOnce"], "storageClassName": CLAIM}
    volume = {
        "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": CLAIM},
        "spec": {**spec, "capacity": size, "hostPath": {"path": str(tmp_path)}},
    }  # fmt: skip
    wanted = {
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": CLAIM},
        "spec": {**spec, "resources": {"requests": size}},
    }  # fmt: skip
    tree.kubectl("delete", "pv", CLAIM, "--ignore-not-found")  # of a run that was cut off
    try:
        for item in (volume, wanted):
            create(tree, item)
        yield tmp_path
    finally:
        tree.kubectl("delete", "pvc", CLAIM, "--ignore-not-found", "--wait=false")
        tree.kubectl("delete", "pv", CLAIM, "--ignore-not-found", "--wait=false")


def create(tree: Tree, item: dict[str, object]) -> None:
    argv = ["kubectl", "--context", CONTEXT, "--namespace", tree.namespace, "create", "--filename", "-"]
    subprocess.run(argv, check=True, input=json.dumps(item), text=True, capture_output=True, timeout=60)


def has_ended(tree: Tree, job: str) -> bool:
    """Whether the job is over, well or badly."""
    conditions = json.loads(tree.kubectl("get", "job", job, "--output", "json"))["status"].get("conditions", [])
    return any(one["status"] == "True" and one["type"] in ("Complete", "Failed") for one in conditions)


@pytest.mark.skipif(not NODE_IS_HERE, reason="the node cannot see a folder of this machine")
def test_the_cron_job_makes_backups_that_can_be_restored(tree: Tree, claim: Path) -> None:
    values = tree.root / "backup.yaml"
    values.write_text(json.dumps({"backup": {"enabled": True, "existingClaim": CLAIM}}))
    tree.deployed("--values", str(values))
    job = json.loads(tree.kubectl("get", "cronjob", "todo-backup", "--output", "json"))["spec"]["jobTemplate"]
    create(tree, {"apiVersion": "batch/v1", "kind": "Job", **job, "metadata": {**job["metadata"], "name": "now"}})
    wait_for(lambda: has_ended(tree, "now"), limit=300)
    logs = tree.kubectl("logs", "--selector", "job-name=now", "--prefix", "--ignore-errors")
    assert '"made": true' in logs, logs + tree.kubectl("describe", "pods", "--selector", "job-name=now")
    (made,) = claim.glob("daily-*.jsonl.gz")
    tree.deployed("restore", str(made), "--replace")
    tree.kubectl("delete", "job", "now")
    tree.deployed()
