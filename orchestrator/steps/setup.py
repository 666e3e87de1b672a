"""T001 to T006: the audit log, the chart's skeleton, the cluster and its Docker engine."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

from orchestrator.audit import LOG, AuditLog, Entry
from orchestrator.errors import DeployError
from orchestrator.graph.step import Done, Say, Step
from orchestrator.options import CHART
from orchestrator.run import Run
from orchestrator.targets import forward_rules
from orchestrator.targets.minikube import Minikube

CHART_FACTS = {
    "name": "todo-app",
    "description": "Phase IV Todo Chatbot on Minikube",
    "version": "0.1.0",
    "appVersion": "1.0.0",
}
_SKELETON = ("Chart.yaml", "values.yaml", ".helmignore")


def audit_log() -> Step:
    """T001."""

    def act(run: Run, say: Say) -> Done:
        say("opening the audit log")
        made = run.audit.create()
        if not (run.root / LOG).exists():  # T001: at the root; `./todo deploy commit` adds to it
            AuditLog(run.root, run.door.redactor).create()
        return Done("audit log made" if made else "audit log stands")

    return Step(
        name="audit-log",
        tasks=("T001",),
        title="Audit log",
        needs=(),
        inputs=lambda run: {},
        preview=lambda run: (f"make {run.audit.log.name} with its header, unless it stands",),
        act=act,
        stale=lambda run, outputs: None if run.audit.log.exists() and run.audit.twin.exists() else "it is not there",
        gate="both files stand",
    )


def chart_skeleton() -> Step:
    """T002 and T003."""
    return Step(
        name="chart-skeleton",
        tasks=("T002", "T003"),
        title="Chart skeleton",
        needs=("audit-log",),
        inputs=lambda run: dict(CHART_FACTS),
        preview=lambda run: (
            f"helm create {CHART} (only where it is absent; its templates are deleted)",
            "Chart.yaml: " + ", ".join(f"{key}: {value}" for key, value in CHART_FACTS.items()),
        ),
        act=_make_skeleton,
        stale=lambda run, outputs: _skeleton_fault(run.root),
        gate="Chart.yaml says what T003 states",
    )


def _make_skeleton(run: Run, say: Say) -> Done:
    chart = run.root / CHART
    missing = [name for name in _SKELETON if not (chart / name).exists()]
    if missing:
        say("helm create")
        _create(run, chart, missing)
    if _skeleton_fault(run.root):
        _state_facts(chart / "Chart.yaml")
    if fault := _skeleton_fault(run.root):
        raise DeployError(f"{CHART}: {fault}.", remedy=f"Restore it: git checkout -- {CHART}")
    return Done("chart skeleton made" if missing else "chart skeleton stands")


def _create(run: Run, chart: Path, missing: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        argv = ["helm", "create", str(Path(folder) / chart.name)]
        done = run.door.run(argv, limit=60)
        chart.mkdir(parents=True, exist_ok=True)
        (chart / "templates").mkdir(exist_ok=True)
        for name in missing:
            shutil.copy(Path(folder) / chart.name / name, chart / name)
    result = f"{', '.join(missing)} made, templates deleted"
    run.audit.append(Entry("HELM", ("T002",), f"helm create {CHART}", result, seconds=done.seconds))
    if "values.yaml" in missing:  # helm's own example values are not ours: T022 writes them from the schema
        (chart / "values.yaml").unlink()


def _state_facts(path: Path) -> None:
    yaml = YAML()
    told = yaml.load(path.read_text(encoding="utf-8"))
    told.update(CHART_FACTS)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(told, file)


def _skeleton_fault(root: Path) -> str | None:
    path = root / CHART / "Chart.yaml"
    if not path.exists():
        return "Chart.yaml is not there"
    told = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) or {}
    wrong = [key for key, value in CHART_FACTS.items() if str(told.get(key)) != value]
    return f"Chart.yaml states another {', '.join(wrong)}" if wrong else None


def environment() -> Step:
    """T004 to T006: the cluster runs, and docker commands of this process go to the engine that its node shares."""
    return Step(
        name="environment",
        tasks=("T004", "T005", "T006"),
        title="Cluster and engine",
        needs=("audit-log",),
        inputs=lambda run: {"target": run.options.place},
        preview=lambda run: run.target.preview(),
        act=_prepare,
        stale=_environment_fault,
        gate="the cluster answers and the engine is the node's",
    )


def _prepare(run: Run, say: Say) -> Done:
    say(f"preparing {run.target.name}")
    _point(run, run.target.prepare(run.door, start=True))
    found = _engine(run)
    opened = isinstance(run.target, Minikube) and _open_forwarding(run, run.target, say)
    version = run.door.run(run.target.cluster.kubectl("version", "--output", "json"), limit=30).out
    result = (
        f"{run.target.name} Running, Docker context switched to its daemon" if found else f"{run.target.name} answers"
    )
    result += ", pods let through the firewall" if opened else ""
    commands = " + ".join((*run.target.preview(), *([" ".join(forward_rules.OPEN)] if opened else [])))
    run.audit.append(
        Entry("ENV", ("T004", "T005", "T006"), commands, result, details={"version": " ".join(version.split())})
    )
    return Done(result)


def _open_forwarding(run: Run, target: Minikube, say: Say) -> bool:
    """Where Minikube's node is this machine, its firewall has to let pods reach each other."""
    node = run.door.run(target.minikube("ip"), limit=30, check=False).out.strip()
    opened = forward_rules.let_pods_talk(run.door, node, root=os.geteuid() == 0)
    if opened:
        say(f"pods could not reach each other: {' '.join(forward_rules.OPEN)}")
    return opened


def _environment_fault(run: Run, outputs: Mapping[str, str]) -> str | None:
    """Runs each time, since the process's own environment has to be set each time."""
    del outputs
    try:
        _point(run, run.target.prepare(run.door, start=False))
    except DeployError as error:
        return error.message
    return None


def _point(run: Run, environment: Mapping[str, str]) -> None:
    run.door.environment = {**run.door.environment, "DOCKER_BUILDKIT": "1", **environment}


def _engine(run: Run) -> bool:
    """T005's check: whether `docker ps` shows the cluster's own containers (k8s_...). Raises if there is no engine."""
    names = run.door.run(["docker", "ps", "--format", "{{.Names}}"], limit=30).out.split()
    if run.target.name == "minikube" and not any(name.startswith("k8s_") for name in names):
        raise DeployError(
            "docker ps shows no k8s_* containers: the Docker engine is not minikube's.",
            remedy="Use minikube's docker runtime: minikube start --container-runtime=docker",
        )
    return run.target.name == "minikube"
