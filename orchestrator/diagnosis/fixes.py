"""What a finding offers, as commands that can be pasted: back to what ran before, with the context and namespace."""

from dataclasses import replace

from orchestrator.diagnosis.facts import Facts, Sign, part_of
from orchestrator.diagnosis.stages import Stage
from orchestrator.options import BACKEND_SECRET, POSTGRES_SECRET, Options
from orchestrator.release.secrets import KEYS
from orchestrator.release.snapshot import owner
from orchestrator.targets.base import Cluster

_OF_THE_TEMPLATE = (
    Stage.STORAGE,
    Stage.PLACED,
    Stage.CONFIGURED,
    Stage.IMAGE,
    Stage.STARTED,
    Stage.ALIVE,
    Stage.RUNNING,
)
_MADE = (f"secret/{BACKEND_SECRET}", f"secret/{POSTGRES_SECRET}", "configmap/todo-frontend-config")


def offered(sign: Sign, facts: Facts, cluster: Cluster, options: Options) -> Sign:
    """The sign with a fix that can be run: where pods of the change before still serve, the way back to it."""
    fix = sign.remedy
    if not sign.fix and sign.rule.stage in _OF_THE_TEMPLATE and not _is_made(sign) and _served_before(sign.part, facts):
        fix = f"kubectl rollout undo deployment/todo-{sign.part}"
        fix += "" if sign.remedy.startswith(("kubectl", "./todo")) else f"\nOr: {sign.remedy}"
    if sign.code == "CannotRead":  # whoever may grant it uses a context of his own
        return replace(
            sign, fix=fix.replace("kubectl create role", f"kubectl --namespace {cluster.namespace} create role")
        )
    return replace(sign, fix=pasted(fix, cluster, options))


def pasted(fix: str, cluster: Cluster, options: Options) -> str:
    """A fix whose commands name the context and the namespace."""
    return "\n".join(_runnable(line, cluster, options) for line in fix.splitlines())


def _is_made(sign: Sign) -> bool:
    """Whether the deployment makes it: a Secret or ConfigMap of its own, and a key that belongs there."""
    return sign.subject in _MADE and (sign.code != "KeyMissing" or any(sign.message.endswith(key) for key in KEYS))


def _served_before(part: str, facts: Facts) -> bool:
    """Whether an older ReplicaSet of the part has ready pods."""
    current = {item["metadata"]["uid"] for item in facts.snapshot.current_sets}
    deployments = {item["metadata"]["uid"] for item in facts.snapshot.deployments if part_of(item) == part}
    return any(
        owner(item) in deployments and item["metadata"]["uid"] not in current
        for item in facts.snapshot.replica_sets
        if item.get("status", {}).get("readyReplicas")
    )


def _runnable(line: str, cluster: Cluster, options: Options) -> str:
    where = f"--namespace {cluster.namespace}"
    if line.startswith("kubectl --context "):
        return line
    if line.startswith("kubectl --namespace "):
        return f"kubectl --context {cluster.context} {line.removeprefix('kubectl ')}"
    if line.startswith("kubectl "):
        return f"kubectl --context {cluster.context} {where} {line.removeprefix('kubectl ')}"
    if line.startswith("./todo deploy"):
        target = "" if options.target == "minikube" else f" --target {options.target}"
        target += f" --context {options.context}" if options.context else ""
        target += f" {where}" if cluster.namespace != "default" else ""
        return line if target in line else f"{line}{target}"
    return line
