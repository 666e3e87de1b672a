"""How an artefact comes about: proposed, judged, repaired or replaced, written only by the tool, logged each time."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from orchestrator.agents.base import Agent, Brief, Kind, Outcome
from orchestrator.agents.builtin import Builtin
from orchestrator.agents.choose import choose
from orchestrator.audit import AuditLog, digest
from orchestrator.contracts import FOLDER, of
from orchestrator.errors import EnvironmentMissingError
from orchestrator.graph.step import Done
from orchestrator.options import Options
from orchestrator.run import Run
from orchestrator.steps.artefacts import artefact
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.standins import door

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Scripted:
    """An agent that gives the outcomes it was told, in order; `briefs` is what it was asked."""

    outcomes: list[Outcome]
    name: str = "scripted"
    tag: str = "SCRIPTED"
    briefs: list[Brief] = field(default_factory=list)

    def probe(self) -> str | None:
        return "1"

    def propose(self, brief: Brief) -> Outcome:
        self.briefs.append(brief)
        return self.outcomes[len(self.briefs) - 1]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    return tmp_path


def run_with(root: Path, agent: Agent) -> Run:
    one = door(root)
    agents = {**choose({}), "dockerfile": agent, "manifest": agent}
    return Run(Options(root), one, AuditLog(root, one.redactor), Minikube("minikube", "default"), agents)


def make(root: Path, name: str, agent: Agent) -> tuple[Run, Done]:
    run = run_with(root, agent)
    return run, artefact(of(root, name)).act(run, lambda text: None)


def proposal_of(root: Path, name: str) -> str:
    """What the built-in engine proposes."""
    return Builtin().propose(Brief("", of(root, name))).text


@pytest.mark.parametrize("name", ["backend-dockerfile", "frontend-dockerfile", "backend-deployment", "configmap"])
def test_the_builtin_engines_artefact_is_written_and_logged_under_its_own_name(root: Path, name: str) -> None:
    run, done = make(root, name, Builtin())
    contract = of(root, name)
    written = (root / contract.artefact).read_bytes()
    (record,) = run.audit.records()
    assert (record["agent"], record["passed"]) == ("BUILTIN", True)
    assert record["artefact_digest"] == digest(written) == done.outputs["digest"]
    assert record["tasks"] == [contract.task, contract.logged_by]


def test_a_rejected_proposal_goes_back_with_the_findings_and_the_third_is_taken(root: Path) -> None:
    good = proposal_of(root, "backend-dockerfile")
    wrong = [good.replace("USER 1000:1000", "USER 0"), good.replace("EXPOSE 8000", "EXPOSE 80")]
    agent = Scripted([*(Outcome(Kind.PROPOSAL, text) for text in wrong), Outcome(Kind.PROPOSAL, good)])
    run, _ = make(root, "backend-dockerfile", agent)
    assert [record["passed"] for record in run.audit.records()] == [False, False, True]
    assert [brief.previous for brief in agent.briefs] == [None, *wrong]
    assert agent.briefs[1].findings
    assert (root / "Dockerfile.backend").read_text() == good


def test_an_agent_that_never_gets_it_right_is_replaced_by_the_builtin_engine(root: Path) -> None:
    good = proposal_of(root, "backend-service")
    wrong = [Outcome(Kind.PROPOSAL, good.replace("8000", str(port))) for port in (1, 2, 3, 4)]
    run, _ = make(root, "backend-service", Scripted(wrong))
    told = [(record["agent"], record["passed"]) for record in run.audit.records()]
    assert told == [("SCRIPTED", False)] * 3 + [("BUILTIN", True)]


def test_the_same_wrong_answer_twice_ends_the_attempts(root: Path) -> None:
    wrong = Outcome(Kind.PROPOSAL, "kind: Nonsense\n")
    run, _ = make(root, "backend-service", Scripted([wrong, wrong, wrong]))
    assert [record["agent"] for record in run.audit.records()] == ["SCRIPTED", "SCRIPTED", "BUILTIN"]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PROPOSAL])
def test_an_outcome_that_is_no_proposal_is_logged_as_what_it_is(root: Path, kind: Kind) -> None:
    run, _ = make(root, "configmap", Scripted([Outcome(kind, detail="it said so")]))
    first, second = run.audit.records()
    assert f"{kind.value}: it said so" in first["result"]
    assert (first["passed"], second["agent"]) == (False, "BUILTIN")


def test_a_file_that_someone_changed_is_kept_aside_and_named_as_the_reason(root: Path) -> None:
    run, done = make(root, "backend-dockerfile", Builtin())
    step = artefact(of(root, "backend-dockerfile"))
    assert step.stale(run, done.outputs) is None
    path = root / "Dockerfile.backend"
    path.write_text("FROM scratch\n")
    assert step.stale(run, done.outputs) == "Dockerfile.backend is not as it was written"
    step.act(run, lambda text: None)
    assert path.read_text() == proposal_of(root, "backend-dockerfile")
    (aside,) = (root / ".todo-deploy" / "replaced").iterdir()
    assert aside.read_text() == "FROM scratch\n"


def test_a_changed_contract_makes_the_step_run_again(root: Path) -> None:
    run = run_with(root, Builtin())
    step = artefact(of(root, "configmap"))
    before = dict(step.inputs(run))
    path = root / FOLDER / "configmap.yaml"
    path.write_text(path.read_text() + "# changed\n")
    assert {key for key, value in step.inputs(run).items() if before[key] != value} == {"contract"}


def test_an_unknown_role_or_agent_is_refused() -> None:
    with pytest.raises(EnvironmentMissingError, match="unknown agent"):
        choose({"dockerfile": "nobody"})
    with pytest.raises(EnvironmentMissingError, match="unknown role"):
        choose({"nothing": "builtin"})
