"""Ways to break a healthy release, each with all that follows from it."""

import json
from collections.abc import Callable

from orchestrator.diagnosis.facts import Answer
from tests.orchestrator.diagnosis.builders import World, at, meta

Break = Callable[[World], object]
PROBE = "probe failed: HTTP probe failed with statuscode: 404"
BAD_GATEWAY = Answer("frontend", "/api/auth/get-session", 502)
NO_METRIC = {"type": "ScalingActive", "status": "False", "reason": "FailedGetResourceMetric"}
V1 = "autoscaling.alpha.kubernetes.io/conditions"


def waits(reason: str, message: str = "") -> Break:
    return lambda world: world.waiting("backend", reason, message)


def crash_loop(world: World, code: int = 1, reason: str = "Error") -> None:
    world.waiting("backend", "CrashLoopBackOff", "back-off 10s restarting failed container")
    world.ended("backend", code, reason)
    world.status("backend")["restartCount"] = 4


def cannot_run(world: World) -> None:
    crash_loop(world, 128, "ContainerCannotRun")
    world.status("backend")["lastState"]["terminated"]["message"] = "read init-p: connection reset by peer"


def recovered_kill(world: World) -> None:
    world.ended("backend", 137, "OOMKilled")


def restarts(world: World) -> None:
    world.ended("backend", 1)
    world.status("backend")["restartCount"] = 3


def failing_init(world: World) -> None:
    world.waiting("backend", "PodInitializing")
    ended = {"terminated": {"exitCode": 2, "reason": "Error"}}
    status = {
        "name": "wait",
        "restartCount": 2,
        "state": {"waiting": {"reason": "CrashLoopBackOff"}},
        "lastState": ended,
    }
    world.pods["backend"]["status"]["initContainerStatuses"] = [status]


def refused(message: str) -> Break:
    def act(world: World) -> None:
        condition = {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": message}
        world.sets["backend"]["status"] = {"conditions": [condition]}
        world.without_pod("backend")
        world.more["answers"] = (BAD_GATEWAY,)

    return act


def refused_stateful(world: World) -> None:
    world.event(world.workloads["postgres"], "FailedCreate", 'pods "x" is forbidden: exceeded quota: q')
    world.without_pod("postgres")
    world.more["answers"] = (Answer("backend", "/ready", 503), Answer("frontend", "/", 500))


def unschedulable(world: World) -> None:
    world.unready("backend")
    world.pods["backend"]["spec"].pop("nodeName")
    world.status("backend")["state"] = {"waiting": {"reason": "ContainerCreating"}}
    world.pods["backend"]["status"]["conditions"].append(
        {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "lastTransitionTime": at(9),
         "message": "0/1 nodes are available: 1 Insufficient memory."}
    )  # fmt: skip


def unbound(world: World) -> None:
    unschedulable(world)
    world.pods["backend"]["spec"]["volumes"] = [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]
    claim = {"kind": "PersistentVolumeClaim", "metadata": meta("data", ""), "status": {"phase": "Pending"}}
    world.more["claims"] = (claim,)


def mount(message: str) -> Break:
    def act(world: World) -> None:
        world.waiting("backend", "ContainerCreating")
        world.event(world.pods["backend"], "FailedMount", message)

    return act


def probe(kind: str, message: str = PROBE, reason: str = "Unhealthy", count: int = 3) -> Break:
    def act(world: World) -> None:
        if kind != "Liveness":
            world.unready("backend")
        world.event(world.pods["backend"], reason, f"{kind} {message}", count=count)

    return act


def elsewhere(world: World) -> None:
    world.pods["backend"]["spec"]["containers"][0]["readinessProbe"]["httpGet"] = {"path": "/health", "port": 9999}
    probe("Readiness", "probe failed: dial tcp: connection refused", count=1)(world)


def stale_probe(world: World) -> None:
    """The kubelet told of the first failures, and then no more: it drops events of a pod that has many."""
    world.unready("backend")
    refused = "Readiness probe failed: dial tcp 10.0.0.1:8000: connect: connection refused"
    world.event(world.pods["backend"], "Unhealthy", refused, count=25, seconds=100)


def never_started(world: World) -> None:
    """No event at all, and a startup probe that has not passed."""
    world.unready("backend")
    world.status("backend")["started"] = False
    container = world.pods["backend"]["spec"]["containers"][0]
    container["startupProbe"] = container["readinessProbe"]


def gated(world: World) -> None:
    """The container passes its probe; the pod waits for a condition beside it."""
    world.unready("backend")
    world.status("backend")["ready"] = True


def blocked_init(world: World) -> None:
    world.waiting("backend", "PodInitializing")
    status = {"name": "wait", "restartCount": 0, "state": {"running": {"startedAt": at(60)}}}
    world.pods["backend"]["status"]["initContainerStatuses"] = [status]


def paused(world: World) -> None:
    world.workloads["backend"]["spec"]["paused"] = True


def own_address(world: World) -> None:
    variable = {"name": "NEXT_PUBLIC_API_URL", "value": "http://127.0.0.1:9"}
    world.pods["frontend"]["spec"]["containers"][0]["env"] = [variable]
    world.more["answers"] = (BAD_GATEWAY,)


def own_names(part: str) -> Break:
    def act(world: World) -> None:
        database("waiting for the database error=[Errno -2] Name or service not known")(world)
        if part == "frontend":
            world.more["answers"] = (Answer("backend", "/ready", 200), BAD_GATEWAY)
        world.pods[part]["spec"] |= {"dnsPolicy": "None", "dnsConfig": {"nameservers": ["127.0.0.1"]}}

    return act


def no_selector(world: World) -> None:
    world.services["backend"]["spec"]["selector"] = {"app": "other"}
    world.endpoints["backend"]["subsets"] = []
    world.more["answers"] = (BAD_GATEWAY,)


def wrong_port(world: World) -> None:
    world.services["backend"]["spec"]["ports"][0]["targetPort"] = 9999
    refusal = "error trying to reach service: dial tcp: connection refused"
    world.more["answers"] = (
        Answer("backend", "/ready", 503, refusal),
        BAD_GATEWAY,
    )


def database(line: str) -> Break:
    def act(world: World) -> None:
        world.more["answers"] = (Answer("backend", "/ready", 503), Answer("frontend", "/api/auth/get-session", 500))
        world.more["logs"] = {("todo-backend-pod", "backend"): f"started\n{line}"}

    return act


def evicted(world: World) -> None:
    gone = {"kind": "Pod", "metadata": meta("old", "backend", "uid-todo-backend-set"), "spec": {"containers": []}}
    world.pods["old"] = {**gone, "status": {"phase": "Failed", "reason": "Evicted", "message": "low on memory"}}


def no_metrics(world: World) -> None:
    scaler = {"kind": "HorizontalPodAutoscaler", "metadata": meta("todo-backend", "backend")}
    scaler["metadata"]["annotations"] = {V1: json.dumps([NO_METRIC])}
    world.more["autoscalers"] = (scaler,)


def no_metrics_v2(world: World) -> None:
    no_metrics(world)
    scaler = world.more["autoscalers"][0]
    scaler["metadata"]["annotations"] = {}
    scaler["status"] = {"conditions": [NO_METRIC]}


def pressure(world: World) -> None:
    unschedulable(world)
    world.node["status"]["conditions"][1]["status"] = "True"


def node_down(world: World) -> None:
    world.node["status"]["conditions"][0]["status"] = "Unknown"
    world.unready("backend")
    world.unready("frontend")


def scaled(world: World) -> None:
    world.workloads["backend"]["spec"]["replicas"] = 0
    world.without_pod("backend")
    world.more["answers"] = (BAD_GATEWAY,)


def gone(world: World) -> None:
    del world.workloads["backend"]
    del world.sets["backend"]
    world.without_pod("backend")
    world.more["answers"] = (BAD_GATEWAY,)


def sandbox(world: World) -> None:
    world.waiting("backend", "ContainerCreating")
    world.event(world.pods["backend"], "FailedCreatePodSandBox", "failed to set up the pod's network")


def stuck(world: World) -> None:
    world.waiting("backend", "ContainerCreating")
    world.more["settled"] = False


def more(**facts: object) -> Break:
    return lambda world: world.more.update(facts)


def empty_endpoints(world: World) -> None:
    world.endpoints["backend"]["subsets"] = []
    world.more["answers"] = (BAD_GATEWAY,)
