"""All seven artefacts through the stand-in programs, as the step makes them: the same files as in the tree."""

import shutil
from pathlib import Path

import pytest

from orchestrator.agents import config
from orchestrator.agents.choose import choose
from orchestrator.agents.roster import roster
from orchestrator.audit import AuditLog
from orchestrator.contracts import FOLDER, load, of
from orchestrator.options import Options
from orchestrator.run import Run
from orchestrator.steps.artefacts import artefact
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.agents import stage
from tests.orchestrator.standins import stand_in

NAMES = [contract.name for contract in load(stage.ROOT)]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the three programs, answering rightly."""
    folder = tmp_path_factory.mktemp("stage")
    stage.main(folder)
    stand_in(folder, "kubectl", "exit 1")
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_each_roles_own_agent_makes_the_artefact(name: str, programs: Path, tmp_path: Path) -> None:
    shutil.copytree(stage.ROOT / FOLDER, tmp_path / FOLDER)
    options, door = Options(tmp_path), stage.backstage(programs)
    target = Minikube("minikube", "default")
    agents = choose({}, lambda: roster(options, config.AgentSettings(), door, target.cluster))
    run = Run(options, door, AuditLog(tmp_path, door.redactor), target, agents)
    contract = of(tmp_path, name)
    artefact(contract).act(run, lambda text: None)
    (record,) = run.audit.records()
    assert (record["agent"], record["passed"]) == (
        {"dockerfile": "GORDON", "manifest": "KUBECTL-AI"}[contract.role],
        True,
    )
    assert (tmp_path / contract.artefact).read_bytes() == (stage.ROOT / contract.artefact).read_bytes()
