"""Backup and restore of a release: the program in the pod is the real one, over SQLite; kubectl stands in between."""

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from orchestrator.audit import TWIN
from orchestrator.commands import backup
from orchestrator.errors import BackupFailedError, CommandFailedError, DeployError
from orchestrator.options import Options
from tests.backup.conftest import empty_database
from tests.orchestrator.standins import ROOT, bare_tree, cluster_stands, stand_in

DEPLOYMENT: dict[str, Any] = {
    "metadata": {"name": "todo-backend"},
    "spec": {
        "replicas": 2,
        "template": {
            "spec": {
                "securityContext": {"runAsNonRoot": True},
                "containers": [
                    {
                        "name": "backend",
                        "image": "todo-backend:abc",
                        "imagePullPolicy": "Never",
                        "envFrom": [{"secretRef": {"name": "todo-backend-secret"}}],
                        "securityContext": {"readOnlyRootFilesystem": True},
                        "volumeMounts": [{"name": "elsewhere", "mountPath": "/x"}],
                    }
                ],
            }
        },
    },
}


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """A tree whose cluster has a release; its database is an SQLite file with one user."""
    tree = tmp_path / "tree"
    tree.mkdir()
    bare_tree(tree)
    cluster_stands(tree)
    (tree / "backend").rmdir()
    (tree / "backend").symlink_to(ROOT / "backend")
    empty_database(tmp_path / "cluster")
    (tmp_path / "calls").touch()
    kubectl(tmp_path)
    history = json.dumps([{"revision": 1, "status": "deployed", "chart": "todo-app-0.1.0"}])
    values = '{"backend": {"replicas": 3}}'
    stand_in(
        tree / "bin", "helm", f"""case "$1 $2" in "history "*) echo '{history}';; "get "*) echo '{values}';; esac"""
    )
    monkeypatch.setenv("PATH", f"{tree / 'bin'}:/usr/bin:/bin")
    for name in ("DATABASE_URL", "TODO_DATA"):
        monkeypatch.delenv(name, raising=False)
    return Options(tree, namespace="todo", wait=10)


def kubectl(tmp_path: Path, *, replicas: int = 2, exec_: str = "") -> None:
    """kubectl that notes its calls; `exec` runs what is asked for over the database of `tmp_path`/cluster."""
    told = json.dumps({**DEPLOYMENT, "spec": {**DEPLOYMENT["spec"], "replicas": replicas}})
    (tmp_path / "deployment.json").write_text(told)
    run = exec_ or f'cd "{ROOT}"; TODO_DATA={tmp_path}/cluster exec "{sys.executable}" -m backend.backup "$@"'
    stand_in(
        tmp_path / "tree" / "bin", "kubectl",
        f"""echo "$*" | sed 's/.*--namespace todo //' >> {tmp_path}/calls
        case "$*" in
          *"get deployment"*) cat {tmp_path}/deployment.json;;
          *" exec "*) while [ "$1" != backend.backup ]; do shift; done; shift; {run};;
          *" create "*) cat > {tmp_path}/pod.json;;
          *version*) echo "{{}}";;
          *" json"*) echo '{{"items": []}}';;
        esac""",
    )  # fmt: skip


def calls(tmp_path: Path) -> list[str]:
    """What kubectl was told to change, or to run in the pod."""
    lines = (tmp_path / "calls").read_text().splitlines()
    return [line for line in lines if line.split()[0] in ("exec", "scale", "create", "delete", "rollout")]


def records(options: Options) -> list[dict[str, Any]]:
    twin = options.root / TWIN
    return [json.loads(line) for line in twin.read_text().splitlines()] if twin.exists() else []


def users(tmp_path: Path) -> list[str]:
    with sqlite3.connect(tmp_path / "cluster" / "todo.db") as connection:
        return [name for (name,) in connection.execute("SELECT name FROM user")]


def quiet(_text: str) -> None:
    """Tell nobody."""


def test_a_backup_is_fetched_checked_and_logged(options: Options, tmp_path: Path) -> None:
    made = backup.backup(options, quiet, tmp_path / "made.jsonl.gz")
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert str(made).startswith("0 tasks of 1 users, as of 2")
    assert calls(tmp_path) == [
        "delete pod todo-backup-by-hand --ignore-not-found --grace-period=1 --wait=true",
        "create --filename -",
        "exec --stdin todo-backup-by-hand -- python -m backend.backup create -",
        "delete pod todo-backup-by-hand --ignore-not-found --grace-period=1 --wait=false",
    ]
    pod = json.loads((tmp_path / "pod.json").read_text())["spec"]
    assert pod["containers"][0]["image"] == "todo-backend:abc"
    assert pod["containers"][0]["envFrom"] == DEPLOYMENT["spec"]["template"]["spec"]["containers"][0]["envFrom"]
    assert pod["securityContext"] == {"runAsNonRoot": True} and not pod["automountServiceAccountToken"]
    (record,) = records(options)
    assert (record["agent"], record["prompt"]) == ("KUBECTL", "./todo deploy backup made.jsonl.gz")
    assert "0 tasks of 1 users" in record["result"]


def test_what_stands_in_the_place_is_not_written_over(options: Options, tmp_path: Path) -> None:
    (tmp_path / "made.jsonl.gz").write_text("mine")
    with pytest.raises(BackupFailedError, match="exists already") as caught:
        backup.backup(options, quiet, tmp_path / "made.jsonl.gz")
    assert caught.value.exit_code == 31
    assert (tmp_path / "made.jsonl.gz").read_text() == "mine"


def test_a_stream_that_was_cut_leaves_no_file(options: Options, tmp_path: Path) -> None:
    kubectl(
        tmp_path,
        exec_=f'cd "{ROOT}"; TODO_DATA={tmp_path}/cluster "{sys.executable}" -m backend.backup create - | head -c 900',
    )
    with pytest.raises(BackupFailedError, match="cut") as caught:
        backup.backup(options, quiet, tmp_path / "out" / "made.jsonl.gz")
    assert caught.value.exit_code == 30
    assert list((tmp_path / "out").iterdir()) == []
    assert calls(tmp_path)[-1].startswith("delete pod")


def test_an_image_without_backups_says_so(options: Options, tmp_path: Path) -> None:
    kubectl(tmp_path, exec_="echo 'No module named backend.backup' >&2; exit 1")
    with pytest.raises(CommandFailedError, match=r"No module named backend\.backup"):
        backup.backup(options, quiet, tmp_path / "made.jsonl.gz")


def test_a_restore_stops_the_backend_and_starts_it_again(options: Options, tmp_path: Path) -> None:
    made = backup.backup(options, quiet, tmp_path / "made.jsonl.gz")
    with sqlite3.connect(tmp_path / "cluster" / "todo.db") as connection:
        connection.execute("UPDATE user SET name = 'Eve'")
    (tmp_path / "calls").unlink()
    done = backup.restore(options, quiet, made.path, replace=True)
    assert users(tmp_path) == ["Ann"]
    assert [line for line in calls(tmp_path) if not line.startswith(("create", "delete"))] == [
        "exec --stdin todo-backup-by-hand -- python -m backend.backup create -",
        "scale deployment/todo-backend --replicas=0",
        "exec --stdin todo-backup-by-hand -- python -m backend.backup restore - --replace --discard",
        "scale deployment/todo-backend --replicas=2",
        "rollout status deployment/todo-backend --timeout=10s",
    ]
    assert done.kept is not None
    assert [record["prompt"].split()[2] for record in records(options)] == ["backup", "backup", "restore"]
    backup.restore(options, quiet, done.kept.path, replace=True)
    assert users(tmp_path) == ["Eve"]


def test_rows_that_are_there_are_not_replaced_without_a_word(options: Options, tmp_path: Path) -> None:
    made = backup.backup(options, quiet, tmp_path / "made.jsonl.gz")
    with pytest.raises(BackupFailedError, match="holds 0 tasks of 1 users") as caught:
        backup.restore(options, quiet, made.path, replace=False)
    assert caught.value.exit_code == 31
    assert not any(line.startswith("scale") for line in calls(tmp_path))
    assert list((options.root / ".todo" / "backups").iterdir()) == []


def test_a_bad_file_is_refused_before_anything_is_asked_of_the_cluster(options: Options, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl.gz").write_bytes(b"PK\x03\x04")
    with pytest.raises(BackupFailedError, match="zip archive") as caught:
        backup.restore(options, quiet, tmp_path / "bad.jsonl.gz", replace=True)
    assert caught.value.exit_code == 30
    assert calls(tmp_path) == []


def test_a_restore_that_fails_starts_the_backend_again(options: Options, tmp_path: Path) -> None:
    made = backup.backup(options, quiet, tmp_path / "made.jsonl.gz")
    real = f'cd "{ROOT}"; TODO_DATA={tmp_path}/cluster exec "{sys.executable}" -m backend.backup "$@"'
    kubectl(tmp_path, exec_=f'[ "$1" = restore ] && {{ echo "The disk is full." >&2; exit 34; }}; {real}')
    with pytest.raises(BackupFailedError, match="disk is full") as caught:
        backup.restore(options, quiet, made.path, replace=True)
    assert caught.value.exit_code == 34
    assert [line for line in calls(tmp_path) if line.startswith("scale")][-1].endswith("--replicas=2")
    assert users(tmp_path) == ["Ann"]


def test_a_backend_that_a_killed_restore_left_stopped_gets_the_charts_number(options: Options, tmp_path: Path) -> None:
    made = backup.backup(options, quiet, tmp_path / "made.jsonl.gz")
    kubectl(tmp_path, replicas=0)
    backup.restore(options, quiet, made.path, replace=True)
    assert [line for line in calls(tmp_path) if line.startswith("scale")][-1].endswith("--replicas=3")


def test_pods_that_do_not_end_are_not_restored_under(options: Options, tmp_path: Path) -> None:
    made = backup.backup(options, quiet, tmp_path / "made.jsonl.gz")
    script = (options.root / "bin" / "kubectl").read_text()
    refusing = script.replace(
        "case ", 'case "$*" in *for=delete*) echo "timed out" >&2; exit 1;; esac\n        case ', 1
    )
    stand_in(options.root / "bin", "kubectl", refusing.removeprefix("#!/bin/bash\n"))
    with pytest.raises(DeployError, match="did not end"):
        backup.restore(options, quiet, made.path, replace=True)
    scaled = [line for line in calls(tmp_path) if line.startswith("scale")]
    assert [line[-1] for line in scaled] == ["0", "2"]
