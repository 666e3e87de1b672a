"""Rollouts that do not end, and Services that lead nowhere."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from orchestrator.diagnosis.facts import Evidence, Facts, Sign, conditions, named, part_of, settle
from orchestrator.options import BACKEND, FRONTEND
from orchestrator.release.snapshot import Object, instant, is_ready, name_of, owner

_CONFIG, _VARIABLE = "configmap/todo-frontend-config", "NEXT_PUBLIC_API_URL"
_CONTROLLER = 5.0  # seconds that the endpoints controller gets


def signs(facts: Facts) -> Iterator[Sign]:
    """Every sign of this kind."""
    yield from _gone(facts)
    for item in facts.snapshot.workloads:
        yield from _rollout(item, facts)
    for service in facts.services:
        yield from _service(service, facts)
    yield from _address(facts)


def _gone(facts: Facts) -> Iterator[Sign]:
    for kind, code, items in (
        ("deployment", "WorkloadMissing", facts.snapshot.deployments),
        ("service", "ServiceMissing", facts.services),
    ):
        own = {name_of(item) for item in facts.snapshot.stateful_sets} if kind == "service" else set()
        for name in sorted({BACKEND, FRONTEND, *own} - {name_of(item) for item in items}):
            if f"{kind}s" not in facts.unreadable and f"{kind}s.apps" not in facts.unreadable:
                part = name.removeprefix("todo-")
                yield Sign(code, part, f"{kind}/{name}", "it is gone", (Evidence(f"{kind}/{name}", "absent"),))


def _rollout(item: Object, facts: Facts) -> Iterator[Sign]:
    progressing = conditions(item).get("Progressing", {})
    if item["spec"].get("paused"):
        where = (Evidence(f"{named(item)} .spec.paused", "true"),)
        fix = f"kubectl rollout resume {named(item)}"
        yield Sign("RolloutPaused", part_of(item), named(item), "no change reaches its pods", where, fix)
    if progressing.get("status") == "False":
        message = str(progressing.get("message") or progressing.get("reason"))
        where = (Evidence(f"{named(item)} .status.conditions[Progressing].reason", str(progressing.get("reason"))),)
        yield Sign("RolloutStuck", part_of(item), named(item), message, where, f"kubectl describe {named(item)}")
    elif facts.settled and "pods" not in facts.unreadable:
        wanted = int(item["spec"].get("replicas", 1))
        ready = [pod for pod in facts.pods if _belongs(pod, item, facts) and is_ready(pod)]
        if len(ready) < wanted:
            where = (Evidence(f"{named(item)} .status.readyReplicas", f"{len(ready)} of {wanted}"),)
            message = f"{len(ready)} of {wanted} pods are ready"
            fix = f"./todo deploy logs {part_of(item)}"
            yield Sign("NotReady", part_of(item), named(item), message, where, fix)


def _belongs(pod: Object, item: Object, facts: Facts) -> bool:
    uid = item["metadata"]["uid"]
    sets = {one["metadata"]["uid"] for one in facts.snapshot.current_sets if owner(one) == uid}
    return owner(pod) in sets | {uid}


def _service(service: Object, facts: Facts) -> Iterator[Sign]:
    selector = service["spec"].get("selector") or {}
    if "pods" in facts.unreadable:
        return
    chosen = [
        pod for pod in facts.snapshot.pods if _matches(pod, selector) and "deletionTimestamp" not in pod["metadata"]
    ]
    part = part_of(service)
    if not chosen and any(_makes(item, selector) for item in facts.snapshot.workloads):
        yield from _endless(service, [], facts)  # its pod is just being replaced
        return
    if not chosen:
        shown = ",".join(f"{key}={value}" for key, value in selector.items())
        where = (Evidence(f"{named(service)} .spec.selector", shown or "empty"),)
        patch = f'kubectl patch {named(service)} --patch \'{{"spec":{{"selector":{{"app":"todo-{part}"}}}}}}\''
        yield Sign("SelectorMatchesNothing", part, named(service), f"no pod has {shown}", where, _reset(service, patch))
        return
    if all(part_of(pod) != part for pod in chosen):
        whose = ", ".join(sorted({part_of(pod) for pod in chosen}))
        where = (Evidence(f"{named(service)} .spec.selector", ",".join(f"{k}={v}" for k, v in selector.items())),)
        patch = f'kubectl patch {named(service)} --patch \'{{"spec":{{"selector":{{"app":"todo-{part}"}}}}}}\''
        fix = _reset(service, patch)
        yield Sign("SelectorMatchesOthers", part, named(service), f"it selects the pods of {whose}", where, fix)
        return
    ready = [pod for pod in chosen if is_ready(pod)]
    for port in service["spec"].get("ports") or []:
        if wrong := _wrong_port(service, port, chosen):
            yield wrong
            return
    yield from _endless(service, ready, facts)


def _makes(item: Object, selector: Mapping[str, str]) -> bool:
    """Whether the workload wants pods that the selector chooses."""
    template = item["spec"].get("template") or {"metadata": {}}
    return bool(item["spec"].get("replicas", 1)) and bool(template["metadata"]) and _matches(template, selector)


def _matches(pod: Object, selector: Mapping[str, str]) -> bool:
    labels = pod["metadata"].get("labels") or {}
    return bool(selector) and all(labels.get(key) == value for key, value in selector.items())


def _wrong_port(service: Object, port: Mapping[str, Any], pods: Sequence[Object]) -> Sign | None:
    goal = port.get("targetPort", port["port"])
    ports = [one for pod in pods for container in pod["spec"]["containers"] for one in container.get("ports") or []]
    known = {one["containerPort"] for one in ports} | {one["name"] for one in ports if "name" in one}
    if not ports or goal in known:
        return None
    right = next(one["containerPort"] for one in ports)
    where = (
        Evidence(f"{named(service)} .spec.ports[{port['port']}].targetPort", str(goal)),
        Evidence(f"{named(pods[0])} .spec.containers[].ports[].containerPort", str(right)),
    )
    patch = f'[{{"op":"replace","path":"/spec/ports/0/targetPort","value":{right}}}]'
    fix = f"kubectl patch {named(service)} --type json --patch '{patch}'"
    return Sign("TargetPortWrong", part_of(service), named(service), f"no container listens on {goal}", where, fix)


def _reset(service: Object, patch: str) -> str:
    """A selector with further keys is not mended by a merge: the chart's own is put back."""
    return patch if set(service["spec"].get("selector") or {}) <= {"app"} else "./todo deploy --force"


def _endless(service: Object, ready: Sequence[Object], facts: Facts) -> Iterator[Sign]:
    if "endpoints" in facts.unreadable:
        return
    since = max((instant(conditions(pod)["Ready"].get("lastTransitionTime")) for pod in ready), default=None)
    one = next((item for item in facts.endpoints if name_of(item) == name_of(service)), None)
    addresses = [address for subset in (one or {}).get("subsets") or [] for address in subset.get("addresses") or []]
    waiting = not facts.settled if since is None else not settle(facts, since, _CONTROLLER)
    if not addresses and not waiting:
        where = (Evidence(f"endpoints/{name_of(service)} .subsets[].addresses", "none"),)
        message = f"no address, though {len(ready)} pods are ready" if ready else "no pod behind it is ready"
        yield Sign("NoEndpoints", part_of(service), named(service), message, where)


def _address(facts: Facts) -> Iterator[Sign]:
    """The frontend's backend address names a Service of the release and one of its ports."""
    service = next((item for item in facts.services if name_of(item) == BACKEND), None)
    if service is None:
        return
    ports = {port["port"] for port in service["spec"].get("ports") or []}
    right = f"http://{BACKEND}:{min(ports, default=8000)}"
    own = next((found for pod in facts.pods if part_of(pod) == "frontend" and (found := _own_address(pod))), None)
    if own is not None and not _leads(own, ports):
        where = (Evidence(f"deployment/{FRONTEND} .spec.template .env[{_VARIABLE}]", own),)
        fix = f"kubectl set env deployment/{FRONTEND} {_VARIABLE}-"
        yield Sign("BackendAddress", "frontend", f"deployment/{FRONTEND}", f"it is not {right}", where, fix)
    elif own is None and facts.api_address is not None and not _leads(facts.api_address, ports):
        where = (Evidence(f"{_CONFIG} .data.{_VARIABLE}", facts.api_address),)
        patch = json.dumps({"data": {_VARIABLE: right}})
        fix = f"kubectl patch {_CONFIG} --patch '{patch}'\nkubectl rollout restart deployment/{FRONTEND}"
        yield Sign("BackendAddress", "frontend", _CONFIG, f"it is not {right}", where, fix)


def _own_address(pod: Object) -> str | None:
    """The address that the pod is given beside the ConfigMap."""
    variables = [one for container in pod["spec"]["containers"] for one in container.get("env") or []]
    return next((str(one.get("value", "")) for one in variables if one["name"] == _VARIABLE), None)


def _leads(address: str, ports: Collection[int]) -> bool:
    url = urlsplit(address)
    try:
        port = url.port or 80
    except ValueError:
        return False
    plain = url.scheme == "http" and url.path in ("", "/") and not url.query  # the page adds the path that it asks for
    return plain and (url.hostname or "").split(".")[0] == BACKEND and port in ports
