"""A diagnosis as a person sees it."""

import io
from pathlib import Path
from typing import Any

from rich.console import Console

from orchestrator.diagnosis.decide import decide
from orchestrator.diagnosis.diagnose import Diagnosis
from orchestrator.diagnosis.fixes import offered
from orchestrator.diagnosis.report import show
from orchestrator.options import Options
from orchestrator.targets.base import Cluster
from tests.orchestrator.diagnosis.breaks import Break, crash_loop, no_selector, probe, recovered_kill, waits
from tests.orchestrator.diagnosis.builders import World, meta

CLUSTER = Cluster("minikube", "todo")
WHERE = "kubectl --context minikube --namespace todo"


def seen(world: World, *, width: int = 80) -> str:
    """What is printed for the world, in a terminal that wide."""
    facts = world.facts()
    options = Options(Path(), namespace="todo")
    signs = tuple(offered(sign, facts, CLUSTER, options) for sign in decide(facts))
    text = io.StringIO()
    found = Diagnosis(facts, signs, 1.0)
    show(found.signs, found.summary, found.seconds, Console(file=text, width=width, highlight=False))
    return text.getvalue()


def broken(breaking: Break) -> str:
    world = World()
    breaking(world)
    return seen(world)


def wrong_path(world: World) -> None:
    world.pods["backend"]["spec"]["containers"][0]["readinessProbe"]["httpGet"] = {"path": "/nope", "port": 8000}
    probe("Readiness")(world)


def test_commands_stand_in_lines_of_their_own_however_narrow_the_terminal() -> None:
    told = broken(no_selector)
    patch = """ patch service/todo-backend --patch '{"spec":{"selector":{"app":"todo-backend"}}}'"""
    assert f"  {WHERE}{patch}" in told.splitlines()
    told = broken(wrong_path)
    assert any(line.startswith(f"  {WHERE} patch deployment/todo-backend --type json") for line in told.splitlines())
    assert f"  {WHERE} set resources deployment/todo-backend --containers backend --limits memory=512Mi" in broken(
        recovered_kill
    )


def test_deployments_are_offered_with_their_namespace() -> None:
    assert "  ./todo deploy --force --namespace todo" in broken(waits("ErrImageNeverPull")).splitlines()


def test_where_the_pods_of_before_still_serve_the_way_back_is_offered() -> None:
    world = World()
    crash_loop(world)
    old: dict[str, Any] = {"kind": "ReplicaSet", "metadata": meta("old", "backend", "uid-todo-backend")}
    old["metadata"]["annotations"] = {"deployment.kubernetes.io/revision": "0"}
    old["status"] = {"readyReplicas": 1}
    world.sets["old"] = old
    assert f"  {WHERE} rollout undo deployment/todo-backend" in seen(world).splitlines()
    old["status"] = {}
    assert "rollout undo" not in seen(world)


def test_a_healthy_release_is_two_lines() -> None:
    lines = seen(World(), width=160).splitlines()
    assert lines[0].startswith("3 pods Running and Ready")
    assert lines[1] == "healthy, 1.0 s"
