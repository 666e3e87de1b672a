"""What a fault does, as data: commands of kubectl and helm, without the context and namespace they will be run in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

MADE = "todo-faults"  # the label of what a fault makes, by which it is found and deleted
KINDS = {"postgres": "statefulset"}


@dataclass(frozen=True, kw_only=True)
class Act:
    """A command: `text` is its standard input; `killed` ends it as soon as Helm noted that it began."""

    program: Literal["kubectl", "helm"]
    words: tuple[str, ...]
    text: str | None = None
    killed: bool = False
    may_fail: bool = False

    @property
    def takes_time(self) -> bool:
        """Whether what it does is done only when it ends."""
        return self.program == "helm" or self.words[0] == "rollout"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault, and the one finding that it must give: the rule's code and the subject.

    `sign`: words of the event that shows it, where the cluster warns of something else before (a pod that starts
    refuses its first probes). `limit`: seconds
    that it gets to be found, its sign included.
    """

    name: str
    does: str
    acts: tuple[Act, ...]
    code: str
    subject: str
    sign: str = ""
    limit: float = 60.0


def kubectl(*words: str) -> Act:
    """Run kubectl."""
    return Act(program="kubectl", words=words)


def patch(what: str, change: object, *, kind: str = "strategic") -> Act:
    """Change an object: `kind` is strategic, merge or json."""
    return kubectl("patch", what, "--type", kind, "--patch", json.dumps(change))


def workload(part: str) -> str:
    """What makes the part's pods, as kubectl takes it."""
    return f"{KINDS.get(part, 'deployment')}/todo-{part}"


def pod(part: str, spec: Mapping[str, Any], **more: Any) -> Act:
    """Change the part's pod template; `more` is changed beside the template."""
    return patch(workload(part), {"spec": {"template": {"spec": spec}, **more}})


def container(part: str, **change: Any) -> Act:
    """Change the part's container."""
    return pod(part, {"containers": [{"name": part, **change}]})


def environment(part: str, name: str, **value: Any) -> Act:
    """Give the part's container a variable, which wins over what it takes from Secrets and ConfigMaps."""
    return container(part, env=[{"name": name, **value}])


def volume(part: str, **source: Any) -> Act:
    """Give the part's pods one more volume."""
    mounted = {"name": part, "volumeMounts": [{"name": "more", "mountPath": "/more"}]}
    return pod(part, {"volumes": [{"name": "more", **source}], "containers": [mounted]})


def restart(part: str) -> Act:
    """Delete the part's pods without waiting for them to end well; others are made."""
    return kubectl("delete", "pod", "--selector", f"app=todo-{part}", "--grace-period=0", "--force", "--wait=false")


def rolled(part: str) -> Act:
    """Wait until the pods that have the fault run: it is in from then on."""
    return kubectl("rollout", "status", workload(part), "--timeout", "150s")


def make(version: str, kind: str, name: str, **body: Any) -> Act:
    """Make an object that is deleted after the fault."""
    labels = {"app.kubernetes.io/instance": "todo-app", "app.kubernetes.io/component": name, MADE: "made"}
    item = {"apiVersion": version, "kind": kind, "metadata": {"name": f"todo-{name}", "labels": labels}, **body}
    return Act(program="kubectl", words=("create", "--filename", "-"), text=json.dumps(item))


def upgrade(*words: str, killed: bool = False) -> Act:
    """Upgrade the release by helm, waiting for it; it may fail, or be killed on its way."""
    return Act(program="helm", words=("upgrade", *words), killed=killed, may_fail=True)
