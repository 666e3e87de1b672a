"""Sets the stage: stand-in programs on a PATH, with a scenario each. Run it to try the real command with them:

python -m tests.orchestrator.agents.stage FOLDER
PATH=FOLDER:$PATH GEMINI_API_KEY=none ./todo deploy plan
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from orchestrator.agents.base import Brief
from orchestrator.agents.builtin import Builtin
from orchestrator.agents.prompts import render
from orchestrator.contracts import Contract, load, of
from orchestrator.process import Door
from orchestrator.redaction import Redactor
from orchestrator.targets.base import Cluster
from tests.orchestrator.standins import stand_in

ROOT = Path(__file__).resolve().parents[3]
STAND_INS = Path(__file__).parent / "standins"
CLUSTER = Cluster("test", "default", "/none")
SECRET = "correct-horse-battery-staple"


def act(folder: Path, program: str, *rules: dict[str, Any], version: str | None = None) -> None:
    """Put `program` into `folder`, behaving by `rules` (see standins/acting.py)."""
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / program
    if not link.is_symlink():
        link.symlink_to(STAND_INS / program)
    told = {"rules": rules} | ({"version": version} if version is not None else {})
    (folder / f"{program}.scenario.json").write_text(json.dumps(told))


def backstage(folder: Path, **environment: str) -> Door:
    """A door whose PATH has the stand-ins of `folder`, python and the system's tools; secrets are around."""
    path = os.pathsep.join([str(folder), str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    around = {"BETTER_AUTH_SECRET": SECRET, "GEMINI_API_KEY": "test-gemini-key", **environment}
    redactor = Redactor()
    redactor.learn(SECRET)
    return Door(folder, redactor, environment={"PATH": path, **around})


def leads(folder: Path, url: str, *, late: float = 0.0) -> None:
    """A kubectl whose port-forward to kagent's controller leads to `url`, after `late` seconds."""
    words = "*--namespace kagent*port-forward*service/kagent-controller*:8083"
    told = f"sleep {late}; echo 'Forwarding from {url.removeprefix('http://')} -> 8083'; exec sleep 60"
    stand_in(folder, "kubectl", f'case "$*" in {words.replace(" ", chr(92) + " ")}) {told};; esac; exit 1')


def right(name: str) -> str:
    """The artefact that every gate accepts."""
    return Builtin().propose(Brief("", of(ROOT, name))).text


def brief(name: str) -> Brief:
    """The first question for the artefact."""
    contract = of(ROOT, name)
    return Brief(render(contract), contract)


def in_fence(text: str, language: str = "") -> str:
    """As an agent answers: a sentence, then the file."""
    return f"Here is the file:\n\n```{language}\n{text}```\n"


def _answers(contracts: list[Contract]) -> list[dict[str, Any]]:
    return [{"when": render(one), "say": in_fence(right(one.name))} for one in contracts]


def main(folder: Path) -> None:
    """All three programs, answering rightly."""
    contracts = list(load(ROOT))
    act(folder, "docker", *_answers([one for one in contracts if one.role == "dockerfile"]))
    act(folder, "kubectl-ai", *_answers([one for one in contracts if one.role == "manifest"]))
    task = {"kind": "task", "status": {"state": "completed"}}
    reading = {**task, "artifacts": [{"parts": [{"kind": "text", "text": "All pods are Running and Ready."}]}]}
    act(folder, "kagent", {"say": json.dumps(reading)})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
