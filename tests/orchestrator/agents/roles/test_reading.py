"""The health role's agent: its reading is told and logged beside the tool's own, and decides nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestrator.agents.base import Agent
from orchestrator.agents.choose import choose
from orchestrator.agents.kagent import Kagent
from orchestrator.audit import AuditLog
from orchestrator.errors import ReleaseFailedError
from orchestrator.options import Options
from orchestrator.run import Run
from orchestrator.steps.health_role import beside
from orchestrator.steps.verify import health
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.agents.stage import CLUSTER, ROOT, SECRET, act, backstage
from tests.orchestrator.standins import stand_in


def a_run(folder: Path, rule: dict[str, Any] | None) -> Run:
    """A run whose cluster is empty; kagent plays by `rule`, or is not there."""
    stand_in(folder, "kubectl", 'case "$*" in *"config view"*) exit 1;; *) echo \'{"items": []}\';; esac')
    stand_in(folder, "helm", "echo '[]'")
    door = backstage(folder)
    agents: dict[str, Agent] = {**choose({})}
    if rule is not None:
        act(folder, "kagent", rule)
        agents["health"] = Kagent(door, CLUSTER, 30, url="http://127.0.0.1:9")
    return Run(Options(ROOT), door, AuditLog(folder, door.redactor), Minikube("minikube", "default"), agents)


def completed(text: str) -> dict[str, Any]:
    """kagent's answer."""
    parts = [{"parts": [{"kind": "text", "text": text}]}]
    return {"say": json.dumps({"kind": "task", "status": {"state": "completed"}, "artifacts": parts})}


def test_a_reading_is_shown_and_logged_under_the_agents_name_and_masked(tmp_path: Path) -> None:
    run = a_run(tmp_path, completed(f"All is well.\nThe secret is {SECRET}."))
    assert beside(run, "How is it?", tasks=("T028",), say=print) == "kagent reads: All is well. The secret is ****."
    (record,) = run.audit.records()
    assert (record["agent"], record["passed"], record["prompt"]) == ("KAGENT", True, "How is it?")
    assert (record["agent_version"], record["tasks"]) == ("0.9.12", ["T028"])


def test_one_that_fails_is_logged_as_failed_and_stops_nothing(tmp_path: Path) -> None:
    run = a_run(tmp_path, {"err": "Error invoking session: boom"})
    assert "no reading: unavailable: kagent invoke: Error invoking session: boom" in beside(
        run, "How is it?", tasks=("T028",), say=print
    )
    assert run.audit.records()[0]["passed"] is False


def test_without_an_agent_nothing_is_asked_or_logged(tmp_path: Path) -> None:
    run = a_run(tmp_path, None)
    assert beside(run, "How is it?", tasks=("T028",), say=print) == ""
    assert run.audit.records() == []


def test_praise_does_not_make_a_release_healthy(tmp_path: Path) -> None:
    run = a_run(tmp_path, completed("All four pods are Running and Ready."))
    with pytest.raises(ReleaseFailedError):
        health().act(run, lambda text: None)
    assert [(one["agent"], one["passed"]) for one in run.audit.records()] == [("KAGENT", True), ("BUILTIN", False)]
