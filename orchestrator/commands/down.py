"""`./todo deploy down`: takes away what the tool made, and only that, and sees that it is gone."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.audit import Entry
from orchestrator.commands.session import open_run
from orchestrator.graph.lock import held
from orchestrator.graph.state import State
from orchestrator.options import BACKEND_SECRET, MADE_BY, POSTGRES_SECRET, RELEASE, Options
from orchestrator.release import helm, secrets
from orchestrator.release.gone import names, wait_until_gone
from orchestrator.run import Run


@dataclass(frozen=True)
class Gone:
    """What was taken away and what was kept, each in a few words."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]


def down(options: Options, say: Callable[[str], None], *, delete_data: bool) -> Gone:
    """Uninstall, remove the Secrets and the namespace that the tool made. A claim and its password stay
    unless `delete_data`. Raises ReleaseFailedError if something is still there after 150 s.
    """
    with held(options.home / "lock", doing="down"):
        run = open_run(options, locked=True)
        run.door.environment = run.target.prepare(run.door, start=False)
        removed, kept = [], []
        if helm.history(run.door, run.target.cluster):
            say("uninstalling the release")
            run.door.run(helm.uninstall_argv(run.target.cluster), limit=180)
            removed.append(f"release {RELEASE}")
        say("waiting for the pods to go")
        wait_until_gone(run)
        claims = names(run, "persistentvolumeclaims")
        if claims and delete_data:
            run.door.run(run.target.cluster.kubectl("delete", "persistentvolumeclaims", *claims), limit=120)
            removed += [f"claim {name}" for name in claims]
        elif claims:
            kept += [f"claim {name} and its password (--delete-data removes them)" for name in claims]
        removed += _secrets(run, keep_postgres=bool(kept))
        removed += _namespace(run) if not kept else []
        State.load(options.home / "state.json", options.place).forget()
        _log(run, removed, kept)
    return Gone(tuple(removed), tuple(kept))


def would_go(options: Options, *, delete_data: bool) -> Gone:
    """What `down` would take away and keep, as the cluster is now. Only looks."""
    run = open_run(options)
    run.door.environment = run.target.prepare(run.door, start=False)
    removed = [f"release {RELEASE}, revision {one.number}" for one in helm.history(run.door, run.target.cluster)[-1:]]
    claims = [f"claim {name}" for name in names(run, "persistentvolumeclaims")]
    kept = [] if delete_data else [f"{claim} and its password" for claim in claims]
    removed += claims if delete_data else []
    removed += [f"secret {name}" for name in _made_secrets(run, keep_postgres=bool(kept))]
    if not kept and _made_namespace(run):
        removed.append(f"namespace {run.target.cluster.namespace}, if nothing of anyone else is in it")
    return Gone(tuple(removed), tuple(kept))


def _secrets(run: Run, *, keep_postgres: bool) -> list[str]:
    removed = _made_secrets(run, keep_postgres=keep_postgres)
    for name in removed:
        run.door.run(run.target.cluster.kubectl("delete", "secret", name), limit=60)
    return [f"secret {name}" for name in removed]


def _made_secrets(run: Run, *, keep_postgres: bool) -> list[str]:
    wanted = [BACKEND_SECRET] if keep_postgres else [BACKEND_SECRET, POSTGRES_SECRET]
    found = {name: secrets.read(run.door, run.target.cluster, name) for name in wanted}
    return [name for name, secret in found.items() if secret and secret.made]


def _made_namespace(run: Run) -> bool:
    cluster = run.target.cluster
    argv = cluster.kubectl("get", "namespace", cluster.namespace, "--ignore-not-found", "--output", "json")
    told = run.door.run(argv, limit=30).out
    labels = (json.loads(told)["metadata"].get("labels") or {}) if told.strip() else {}
    return MADE_BY.items() <= labels.items()


def _namespace(run: Run) -> list[str]:
    """The namespace goes if the tool made it and nothing of anyone else is in it."""
    cluster = run.target.cluster
    if not _made_namespace(run):
        return []
    others = json.loads(run.door.run(cluster.kubectl("get", "pods,services", "--output", "json"), limit=30).out)[
        "items"
    ]
    if others:
        return []
    run.door.run(cluster.kubectl("delete", "namespace", cluster.namespace, "--timeout", "120s"), limit=150)
    return [f"namespace {cluster.namespace}"]


def _log(run: Run, removed: list[str], kept: list[str]) -> None:
    if not removed:
        return
    result = f"removed: {', '.join(removed)}" + (f"; kept: {', '.join(kept)}" if kept else "")
    run.audit.append(Entry("HELM", (), f"helm uninstall {RELEASE}", result))
