"""The plan: every task of the specification, in an order that can be, with its commands; what images are built by."""

import re
from pathlib import Path

import pytest

from orchestrator.agents.choose import choose
from orchestrator.agents.prompts import render
from orchestrator.audit import AuditLog
from orchestrator.content import tree_digest
from orchestrator.contracts import load, of
from orchestrator.graph.runner import check_order
from orchestrator.graph.step import Step
from orchestrator.options import Options
from orchestrator.run import Run
from orchestrator.steps.images import build_argv
from orchestrator.steps.plan import steps
from orchestrator.steps.release import overlay
from orchestrator.steps.verify import write_address
from orchestrator.targets.context import Context
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.standins import door, stand_in

ROOT = Path(__file__).resolve().parents[3]
STEPS = {step.name: step for step in steps(ROOT)}


def a_run(tmp_path: Path, *, registry: str | None = None, platform: str | None = None) -> Run:
    stand_in(tmp_path / "bin", "git", "echo 0123456789abcdef")
    one = door(tmp_path, programs=tmp_path / "bin")
    target = Context("test", "todo", registry) if registry else Minikube("minikube", "todo")
    return Run(
        Options(ROOT, namespace="todo", platform=platform), one, AuditLog(tmp_path, one.redactor), target, choose({})
    )


def needed_by(step: Step) -> set[str]:
    """All steps that come before it."""
    return {name for need in step.needs for name in {need, *needed_by(STEPS[need])}}


def test_the_order_is_a_valid_one() -> None:
    check_order(steps(ROOT))


def test_every_task_of_the_specification_is_in_a_step_but_those_asked_for_by_name() -> None:
    tasks = {task for step in STEPS.values() for task in step.tasks}
    assert tasks == {f"T{number:03}" for number in range(1, 37)} - {"T030", "T031", "T032"}


def test_the_specifications_dependencies_hold() -> None:
    assert {"backend-image", "frontend-image", "lint", "secret", "environment"} <= needed_by(STEPS["release"])
    manifests = {contract.name for contract in load(ROOT) if contract.format == "manifest"}
    assert manifests | {"values"} <= needed_by(STEPS["lint"])
    assert "frontend-standalone" in needed_by(STEPS["frontend-image"])
    assert all("audit-log" in needed_by(step) for name, step in STEPS.items() if name != "audit-log")


def test_images_and_manifests_wait_for_nothing_of_each_other() -> None:
    groups = ({"backend-dockerfile", "backend-image"}, {"frontend-dockerfile", "frontend-image"}, {"lint", "configmap"})
    for group in groups:
        others = set().union(*(other for other in groups if other is not group))
        assert not any(needed_by(STEPS[name]) & others for name in group)


def test_the_plans_page_lists_the_steps(tmp_path: Path) -> None:
    page = (ROOT / "specs/014-cloud-native-deployment/plan.md").read_text()
    table = [line.split("|")[1] for line in page.splitlines() if line.startswith("| ") and "step" not in line]
    listed = {name.strip() for row in table for name in re.split(r",|…", row)}
    unlisted = set(STEPS) - listed
    assert unlisted == {
        "backend-service",
        "frontend-deployment",
        "frontend-service",
    }  # within "backend-deployment … configmap"


@pytest.mark.parametrize("contract", load(ROOT), ids=lambda contract: str(contract.name))
def test_a_steps_preview_has_its_whole_prompt(contract: object, tmp_path: Path) -> None:
    one = next(known for known in load(ROOT) if known == contract)
    assert render(one) in STEPS[one.name].preview(a_run(tmp_path))[0]


def test_an_image_is_built_with_exactly_these_words(tmp_path: Path) -> None:
    assert build_argv(a_run(tmp_path), of(ROOT, "backend-dockerfile"), "abc123") == [
        "docker", "build", "--progress", "plain", "--network", "host",
        "--tag", "todo-backend:abc123", "--tag", "todo-backend:latest",
        "--label", "org.opencontainers.image.revision=0123456789abcdef", "--label", "todo-app.content=abc123",
        "--file", "Dockerfile.backend", ".",
    ]  # fmt: skip
    with_registry = build_argv(
        a_run(tmp_path, registry="registry.example/team"), of(ROOT, "frontend-dockerfile"), "abc"
    )
    assert "registry.example/team/todo-frontend:abc" in with_registry
    for_arm = build_argv(a_run(tmp_path, platform="linux/arm64"), of(ROOT, "frontend-dockerfile"), "abc")
    assert for_arm[6:8] == ["--platform", "linux/arm64"]


def test_the_release_is_told_content_tags_and_no_secret(tmp_path: Path) -> None:
    run = a_run(tmp_path)
    run.outputs.put("backend-image", {"reference": "todo-backend:aaa"})
    run.outputs.put("frontend-image", {"reference": "todo-frontend:bbb"})
    run.outputs.put("secret", {"checksum": "c" * 32, "bundled": "yes", "storage": "ephemeral"})
    assert overlay(run) == {
        "imagePullPolicy": "Never",
        "backend": {"image": "todo-backend", "tag": "aaa"},
        "frontend": {"image": "todo-frontend", "tag": "bbb"},
        "secrets": {"checksum": "c" * 32},
        "postgres": {"enabled": True, "storage": ""},
    }


def test_with_a_registry_the_release_pulls_from_it(tmp_path: Path) -> None:
    run = a_run(tmp_path, registry="registry.example:5000/team")
    run.outputs.put("backend-image", {"reference": "registry.example:5000/team/todo-backend:aaa"})
    assert overlay(run)["imagePullPolicy"] == "IfNotPresent"
    assert overlay(run)["backend"] == {"image": "registry.example:5000/team/todo-backend", "tag": "aaa"}
    assert overlay(run)["postgres"] == {"enabled": False}


def test_an_images_content_is_names_modes_and_bytes_of_what_goes_in(tmp_path: Path) -> None:
    source = tmp_path / "backend"
    (source / "__pycache__").mkdir(parents=True)
    (source / "main.py").write_text("1")
    first = tree_digest(tmp_path, ["backend", "absent"])
    (source / "__pycache__" / "main.pyc").write_text("x")
    assert tree_digest(tmp_path, ["backend", "absent"]) == first
    changes = [lambda: (source / "main.py").chmod(0o755), lambda: (source / "main.py").write_text("2"),
               lambda: (source / "main.py").rename(source / "other.py")]  # fmt: skip
    seen = {first}
    for change in changes:
        change()
        seen.add(tree_digest(tmp_path, ["backend", "absent"]))
    assert len(seen) == 4


def test_the_address_goes_into_the_quickstart_and_nothing_else_changes(tmp_path: Path) -> None:
    page = tmp_path / "quickstart.md"
    before = (ROOT / "specs/014-cloud-native-deployment/quickstart.md").read_text()
    page.write_text(before)
    write_address(page, "http://192.168.49.2:30080")
    after = page.read_text()
    changed = [(a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b]
    assert [new.strip() for _, new in changed] == ["URL: http://192.168.49.2:30080"]
