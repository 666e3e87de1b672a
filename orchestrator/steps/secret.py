"""T024: the Secrets, applied over standard input; and the namespace they stand in."""

import json
from collections.abc import Mapping

from orchestrator.audit import Entry
from orchestrator.errors import DeployError
from orchestrator.graph.step import Done, Say, Step
from orchestrator.options import BACKEND_SECRET, MADE_BY, POSTGRES_SECRET
from orchestrator.release import env_file, secrets
from orchestrator.release.secrets import Existing, Wanted
from orchestrator.run import Run

_DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class"


def secret() -> Step:
    """T024."""
    return Step(
        name="secret",
        tasks=("T024",),
        title="Secrets",
        needs=("environment",),
        inputs=_inputs,
        preview=lambda run: (
            " ".join(secrets.apply_argv(run.target.cluster)) + f" (the Secret {BACKEND_SECRET} on standard input)",
        ),
        act=_apply,
        stale=_stale,
        gate="the cluster holds the keys",
    )


def _inputs(run: Run) -> Mapping[str, str]:
    """Names only: values are compared with the cluster's by `_stale`, and kept nowhere else."""
    told = secrets.given(run.options.env_file)
    run.door.redactor.learn(*env_file.secret_values(told))
    return {"given": ", ".join(sorted(told)), "storage": run.options.storage}


def _wanted(run: Run) -> tuple[Wanted, Existing | None, Existing | None]:
    cluster = run.target.cluster
    backend = secrets.read(run.door, cluster, BACKEND_SECRET)
    postgres = secrets.read(run.door, cluster, POSTGRES_SECRET)
    wanted = secrets.want(secrets.given(run.options.env_file), backend, postgres)
    run.door.redactor.learn(*env_file.secret_values(wanted.backend), *(wanted.postgres or {}).values())
    return wanted, backend, postgres


def _stale(run: Run, outputs: Mapping[str, str]) -> str | None:
    try:
        wanted, backend, postgres = _wanted(run)
    except DeployError as error:
        return error.message
    if backend is None or dict(backend.values) != dict(wanted.backend):
        return f"{BACKEND_SECRET} is not as wanted"
    if wanted.postgres is not None and (postgres is None or dict(postgres.values) != dict(wanted.postgres)):
        return f"{POSTGRES_SECRET} is not as wanted"
    return None if secrets.checksum(wanted) == outputs.get("checksum") else "its values changed"


def _apply(run: Run, say: Say) -> Done:
    say("reading what stands")
    _namespace(run)
    wanted, backend, _ = _wanted(run)
    cluster, ours = run.target.cluster, backend is None or backend.made
    if ours:
        say("applying")
        secrets.apply(run.door, cluster, BACKEND_SECRET, wanted.backend)
    if wanted.postgres is not None:
        secrets.apply(run.door, cluster, POSTGRES_SECRET, wanted.postgres)
    notes = "; ".join(wanted.notes)
    names = BACKEND_SECRET + (f" and {POSTGRES_SECRET}" if wanted.postgres is not None else "")
    result = f"{names} {'applied' if ours else 'used'} with {', '.join(sorted(wanted.backend))}" + (
        f"; {notes}" if notes else ""
    )
    command = " ".join(secrets.apply_argv(cluster)) if ours else f"kubectl get secret {BACKEND_SECRET}"
    run.audit.append(Entry("KUBECTL", ("T024",), command, result))
    return Done(notes or result, {"checksum": secrets.checksum(wanted), **_database(run, wanted)})


def _database(run: Run, wanted: Wanted) -> Mapping[str, str]:
    if wanted.postgres is None:
        return {"bundled": "", "storage": ""}
    claim = run.options.storage == "claim" or (run.options.storage == "auto" and _has_default_storage(run))
    return {"bundled": "yes", "storage": "claim" if claim else "ephemeral"}


def _has_default_storage(run: Run) -> bool:
    told = run.door.run(run.target.cluster.kubectl("get", "storageclasses", "--output", "json"), limit=30).out
    annotations = [one["metadata"].get("annotations") or {} for one in json.loads(told)["items"]]
    return any(one.get(_DEFAULT_CLASS) == "true" for one in annotations)


def _namespace(run: Run) -> None:
    """Make the namespace, labelled as ours, if it is not there."""
    cluster = run.target.cluster
    there = run.door.run(cluster.kubectl("get", "namespace", cluster.namespace, "--ignore-not-found"), limit=30).out
    if there.strip():
        return
    body = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": cluster.namespace, "labels": dict(MADE_BY)}}
    run.door.run(cluster.kubectl("create", "--filename", "-"), limit=30, text=json.dumps(body))
    run.audit.append(
        Entry(
            "KUBECTL",
            ("T024",),
            f"kubectl create namespace {cluster.namespace}",
            f"namespace {cluster.namespace} created",
        )
    )
