"""All seven artefacts through whoever is there, as the step makes them: the same files as in the tree."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from orchestrator.agents import config
from orchestrator.agents.choose import choose
from orchestrator.agents.roster import roster
from orchestrator.audit import AuditLog
from orchestrator.contracts import FOLDER, load, of
from orchestrator.options import Options
from orchestrator.process import Door
from orchestrator.run import Run
from orchestrator.steps.artefacts import artefact
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.agents import stage
from tests.orchestrator.agents.server import completion, serving
from tests.orchestrator.standins import stand_in

KEY = "test-key-0123456789abcdef"
NAMES = [contract.name for contract in load(stage.ROOT)]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the three programs, answering rightly."""
    folder = tmp_path_factory.mktemp("stage")
    stage.main(folder)
    stand_in(folder, "kubectl", "exit 1")
    return folder


def made(name: str, root: Path, door: Door) -> list[dict[str, Any]]:
    """Make the artefact by the agent that is chosen with nothing asked for; the audit log's records."""
    shutil.copytree(stage.ROOT / FOLDER, root / FOLDER)
    options, target = Options(root), Minikube("minikube", "default")
    agents = choose({}, lambda: roster(options, config.AgentSettings(), door, target.cluster))
    run = Run(options, door, AuditLog(root, door.redactor), target, agents)
    contract = of(root, name)
    artefact(contract).act(run, lambda text: None)
    assert (root / contract.artefact).read_bytes() == (stage.ROOT / contract.artefact).read_bytes()
    return run.audit.records()


@pytest.mark.parametrize("name", NAMES)
def test_each_roles_own_agent_makes_the_artefact(name: str, programs: Path, tmp_path: Path) -> None:
    (record,) = made(name, tmp_path, stage.backstage(programs))
    own = {"dockerfile": "GORDON", "manifest": "KUBECTL-AI"}[of(stage.ROOT, name).role]
    assert (record["agent"], record["passed"]) == (own, True)


@pytest.mark.parametrize("name", NAMES)
def test_with_none_installed_a_model_with_a_key_makes_it_and_mends_it(name: str, tmp_path: Path) -> None:
    stage.act(tmp_path / "bin", "docker", version="none")
    good = stage.right(name)
    wrong = good.replace("app: todo-", "app: other-").replace("USER", "VOLUME")
    answers = [completion("I would rather not."), completion(stage.in_fence(wrong)), completion(stage.in_fence(good))]
    with serving(*answers) as server:
        around = {"OPENAI_API_KEY": KEY, "TODO_MODEL": "scripted", "OPENAI_BASE_URL": f"{server.url}/v1"}
        records = made(name, tmp_path / "tree", stage.backstage(tmp_path / "bin", **around))
    assert [(one["agent"], one["passed"]) for one in records] == [
        ("OPENAI", False),
        ("OPENAI", False),
        ("OPENAI", True),
    ]
    assert [len(body["messages"]) for _, _, body in server.requests] == [2, 2, 2]
    assert all(records[1]["findings"][0].split(": ", 1)[1][:20] in str(body) for _, _, body in server.requests[2:])
    assert KEY not in json.dumps(records)
