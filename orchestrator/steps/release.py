"""T025 to T027: the Helm release, watched until its pods are ready or a cause is certain."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestrator.artefacts.render import as_yaml
from orchestrator.audit import digest
from orchestrator.errors import DeployError
from orchestrator.graph.step import Done, Say, Step
from orchestrator.release import helm, install
from orchestrator.release.drift import drift
from orchestrator.release.sizes import sizes_files
from orchestrator.release.snapshot import is_ready, take
from orchestrator.run import Run
from orchestrator.steps.chart import chart_inputs, merged, read_values, value_sources


def release() -> Step:
    """T025 to T027."""
    return Step(
        name="release",
        tasks=("T025", "T026", "T027"),
        title="Helm release",
        needs=("environment", "backend-image", "frontend-image", "lint", "secret"),
        inputs=lambda run: {
            **chart_inputs(run),
            "images and settings": digest(json.dumps(overlay(run), sort_keys=True)),
        },
        preview=lambda run: (" ".join(helm.upgrade_argv(run.target.cluster, value_files(run), wait=run.options.wait)),),
        act=_install,
        stale=_stale,
        gate=f"every pod Ready within {120} s",
    )


def overlay(run: Run) -> dict[str, Any]:
    """The values that this run decides: image tags by content, pull policy, the Secret's checksum, the database."""
    told: dict[str, Any] = {"imagePullPolicy": run.target.pull_policy}
    for part in ("backend", "frontend"):
        reference = run.outputs.get(f"{part}-image", "reference", f"todo-{part}:latest")
        name, _, tag = reference.rpartition(":")
        told[part] = {"image": name, "tag": tag}
    told["secrets"] = {"checksum": run.outputs.get("secret", "checksum")}
    bundled = run.outputs.get("secret", "bundled") == "yes"
    told["postgres"] = {"enabled": bundled}
    if bundled and run.outputs.get("secret", "storage") == "ephemeral":
        told["postgres"]["storage"] = ""
    return told


def value_files(run: Run) -> tuple[Path, ...]:
    """Measured sizes, the person's files, then the tool's own, which wins; relative to the root if under it."""
    return (*sizes_files(run.options), *run.options.values, overlay_path(run).relative_to(run.root))


def overlay_path(run: Run) -> Path:
    """Where the overlay is written: by place, no secret in it."""
    return run.options.home / "values" / f"{run.options.place.replace('/', '-')}.yaml"


def node_port(run: Run) -> int | None:
    """The frontend's node port by the chart's values and the person's files; None if its Service is of another type."""
    together: dict[str, Any] = {}
    for path in value_sources(run):
        together = merged(together, read_values(path))
    frontend = together.get("frontend") or {}
    is_node_port = (frontend.get("service") or {}).get("type", "NodePort") == "NodePort"
    return int(frontend.get("nodePort") or 30080) if is_node_port else None


def _install(run: Run, say: Say) -> Done:
    install.recover(run, say)
    if (port := node_port(run)) is not None:
        install.check_port(run, port)
    path = overlay_path(run)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_yaml(overlay(run)), encoding="utf-8")
    revision = install.install(run, value_files(run), say)
    pods = take(run.door, run.target.cluster).current_pods
    told = f"revision {revision} deployed, {len(pods)} pods ready{_warning(run)}"
    return Done(told, {"revision": str(revision)})


def _warning(run: Run) -> str:
    """What a person must know of where the list is kept."""
    if run.outputs.get("secret", "storage") != "ephemeral":
        return ""
    return "; WARNING: Postgres keeps the list in an emptyDir, which ends with its pod (--storage claim keeps it)"


def _stale(run: Run, outputs: Mapping[str, str]) -> str | None:
    """Whether the release is still the revision that was installed, ready, and as its manifest says."""
    try:
        revisions = helm.history(run.door, run.target.cluster)
        if not revisions:
            return "the release is gone"
        last = revisions[-1]
        if last.status != "deployed" or str(last.number) != outputs.get("revision"):
            return f"the release is at revision {last.number}, {last.status}"
        if found := drift(run):
            return f"changed by hand: {found[0]}" + (f" (and {len(found) - 1} more)" if found[1:] else "")
        waiting = [
            pod["metadata"]["name"] for pod in take(run.door, run.target.cluster).current_pods if not is_ready(pod)
        ]
        return f"{waiting[0]} is not ready" if waiting else None
    except DeployError as error:
        return error.message
