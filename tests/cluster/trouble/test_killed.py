"""Runs that are interrupted, killed or started twice, on a real cluster. In order."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from orchestrator.steps.plan import steps
from tests.cluster.tree import ROOT, Tree, wait_for

pytestmark = pytest.mark.cluster
STEPS = [step.name for step in steps(ROOT)]


def test_a_first_run_that_is_killed_while_pods_start_is_resumed(tree: Tree) -> None:
    _kill_while_rolling(tree)
    assert "pending-install" in tree.helm("list", "--output", "json")
    tree.deployed()


def test_a_second_run_at_once_is_told_who_holds_the_lock(tree: Tree) -> None:
    first = tree.start("--force")
    try:
        wait_for((tree.root / ".todo-deploy" / "lock").read_text, limit=20)
        _until(first, "environment")
        done = tree.deploy()
        assert done.returncode == 23
        assert f"process {first.pid}" in done.stderr
    finally:
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=60)
    assert first.returncode == 130


@pytest.mark.parametrize("name", STEPS)
def test_a_run_that_is_killed_in_any_step_is_resumed(tree: Tree, name: str) -> None:
    killed = tree.start("--force")
    _until(killed, name)
    killed.kill()
    killed.communicate(timeout=60)
    tree.deployed()  # ends in the audit's check


def test_a_run_that_is_killed_while_pods_roll_is_resumed(tree: Tree) -> None:
    path = tree.root / "backend" / "health.py"
    path.write_text(path.read_text() + "\n# another change\n")
    before = tree.uids("todo-backend")
    _kill_while_rolling(tree)
    assert "pending-upgrade" in tree.helm("list", "--output", "json")
    tree.deployed()
    assert not tree.uids("todo-backend") & before


def _kill_while_rolling(tree: Tree) -> None:
    killed = tree.start()
    _until(killed, "release", saying="pods ready")
    killed.kill()
    killed.communicate(timeout=60)


def test_after_all_that_nothing_is_left_to_do(tree: Tree) -> None:
    assert "nothing changed" in tree.deployed()
    assert "complete and unbroken" in tree.deployed("audit")
    assert json.loads(tree.deployed("status", "--json"))["healthy"] is True


def _until(process: "subprocess.Popen[str]", name: str, *, saying: str = "") -> None:
    """Read progress until the step runs (and says that); then give it a moment to do it."""
    for event in _events(process):
        if event.get("step") == name and event.get("phase") == "running" and saying in event.get("text", ""):
            time.sleep(0.2)
            return
    raise AssertionError(f"{name} never ran")


def _events(process: "subprocess.Popen[str]") -> Iterator[dict[str, str]]:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("{"):
            yield json.loads(line)


def test_a_torn_state_file_costs_nothing_but_time(tree: Tree) -> None:
    path = tree.root / ".todo-deploy" / "state.json"
    path.write_text(path.read_text()[:200])
    before = tree.uids("todo-backend")
    done = tree.deploy()
    assert done.returncode == 0, done.stderr
    assert "could not be read" in done.stderr
    assert tree.uids("todo-backend") == before
