"""Services: whether what is called leads to a pod that listens."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import container_ports, kubectl, ref, sign
from orchestrator.diagnosis.workloads.service_pods import chosen, own_workload, templates
from orchestrator.diagnosis.workloads.store import CONTROL, WORKLOADS, Store, matches, namespace_of, words
from orchestrator.release.snapshot import Object, instant, is_ready, name_of

_AWAITED = 600.0  # seconds in which a cloud makes a load balancer


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for service in store.of("Service"):
        if namespace_of(service) not in CONTROL:
            yield from _service(store, service) if store.knows("Pod") else ()
            yield from _balancer(store, service)
    for item in store.of("StatefulSet"):
        yield from _unnamed_pods(store, item)


def _unnamed_pods(store: Store, item: Object) -> Iterator[Sign]:
    """A StatefulSet whose Service is not there, where somebody calls its pods by the names that it would give them."""
    space, name = namespace_of(item), str(item["spec"].get("serviceName") or "")
    if not name or not store.lacks("Service", space, name):
        return
    called = re.compile(rf"\b{re.escape(name_of(item))}-\d+\.{re.escape(name)}\b")
    logs = (text for texts in (store.logs, store.previous) for place, text in texts.items() if place[0] == space)
    variables = (str(one.get("value")) for _, _, spec in templates(store, space)
                 for each in spec.get("containers") or [] for one in each.get("env") or [])  # fmt: skip
    if found := next((match for text in (*variables, *logs) if (match := called.search(text))), None):
        place = f"{ref(item)} .spec.serviceName", name
        told = f"{found.group(0)} has no address: there is no Service {name}, which the StatefulSet names"
        fix = kubectl(space, f"expose {ref(item)} --name {name} --cluster-ip None")
        yield sign(store, "ServiceMissing", item, told, place, subject=f"service/{name}", fix=fix)


def _balancer(store: Store, service: Object) -> Iterator[Sign]:
    """A Service of type LoadBalancer that has no address, and of which the controller says why."""
    has = (service.get("status", {}).get("loadBalancer") or {}).get("ingress")
    said = [one for one in store.events_of(service) if one.get("reason") == "SyncLoadBalancerFailed"]
    if service["spec"].get("type") != "LoadBalancer" or has:
        return
    if said:
        place = f"event SyncLoadBalancerFailed of {ref(service)}", words(said[-1])
        yield sign(store, "LoadBalancerFailed", service, words(said[-1]), place, subject=ref(service))
        return
    made = str(service["metadata"].get("creationTimestamp") or "")
    if made and (store.now - instant(made)).total_seconds() > _AWAITED and not store.events_of(service):
        place = f"{ref(service)} .status.loadBalancer", "no address"
        told = "it has no address from outside, and no controller has said why: nothing here makes load balancers"
        fix = "Install a controller such as MetalLB, or reach it by its node port or an Ingress"
        yield sign(store, "LoadBalancerFailed", service, told, place, subject=ref(service), fix=fix,
                   severity="warning", certainty="likely")  # fmt: skip


def _service(store: Store, service: Object) -> Iterator[Sign]:
    spec = service["spec"]
    selector = spec.get("selector") or {}
    if spec.get("type") == "ExternalName" or not selector or "deletionTimestamp" in service["metadata"]:
        return
    if _is_unlabelled(store, namespace_of(service)):
        yield from _unselected(store, service)  # a table tells no labels: what is selected is unknown
        return
    pods, mine = chosen(store, service), own_workload(store, service)
    right = next((labels for workload, labels, _ in templates(store, namespace_of(service)) if workload == mine), None)
    shown = ",".join(f"{key}={value}" for key, value in selector.items())
    place = f"{ref(service)} .spec.selector", shown
    if not pods:
        made = any(store.get(kind, namespace_of(service), mine.split("/")[2]) for kind in WORKLOADS)
        if (right is not None and matches(right, selector)) or (right is None and made and not store.pods_of(mine)):
            return  # its pods are not there: a sign of theirs
        near = _near(store, service) if right is None else right
        fix = _selector_fix(service, selector, near) if near else "Set the selector to its pods' labels"
        yield sign(
            store,
            "SelectorMatchesNothing",
            service,
            f"no pod has {shown}",
            place,
            part=mine,
            subject=ref(service),
            fix=fix,
        )
    elif right is not None and not matches(right, selector) and mine not in {store.workload_id(pod) for pod in pods}:
        whose = ", ".join(sorted({store.workload_id(pod).split("/")[2] for pod in pods}))
        yield sign(
            store,
            "SelectorMatchesOthers",
            service,
            f"it selects the pods of {whose}",
            place,
            part=mine,
            subject=ref(service),
            fix=_selector_fix(service, selector, right),
        )
    else:
        yield from _ports(store, service, pods, mine)


def _unselected(store: Store, service: Object) -> Iterator[Sign]:
    """A Service without an address whose own pods, by its name, are ready."""
    endpoints = store.get("Endpoints", namespace_of(service), name_of(service))
    pods = store.pods_of(own_workload(store, service))
    if endpoints is None or endpoints.get("subsets") or not pods or not all(is_ready(pod) for pod in pods):
        return
    shown = ",".join(f"{key}={value}" for key, value in (service["spec"].get("selector") or {}).items())
    message = f"it has no address, though {len(pods)} pods of its name are ready: they lack {shown}"
    place = f"endpoints/{name_of(service)} .subsets", "none"
    yield sign(
        store,
        "SelectorMatchesNothing",
        service,
        message,
        place,
        part=own_workload(store, service),
        subject=ref(service),
        fix=f"Compare the selector with {kubectl(namespace_of(service), 'get pods --show-labels')}",
        certainty="likely",
        rival="the endpoints are not kept: the controller manager",
    )


def _is_unlabelled(store: Store, space: str) -> bool:
    def look() -> bool:
        return any(pod.get("thin") and not pod["metadata"].get("labels") for pod in store.of("Pod", space))

    return store.once(("unlabelled", space), look)


def _near(store: Store, service: Object) -> Mapping[str, Any] | None:
    """The labels of the one workload that shares a key of the selector or listens on the Service's port."""
    goals = {str(port.get("targetPort", port["port"])) for port in service["spec"].get("ports") or []}
    found = []
    for _, labels, spec in templates(store, namespace_of(service)):
        ports = [port for one in spec.get("containers") or [] for port in one.get("ports") or []]
        if goals & {str(port["containerPort"]) for port in ports}:
            found.append(labels)
    return found[0] if len(found) == 1 else None


def _selector_fix(service: Object, selector: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    keys = [key for key in selector if key in labels] or [
        key for key in ("app", "app.kubernetes.io/name", *labels) if key in labels
    ][:1]
    change: dict[str, Any] = {key: None for key in selector if key not in keys}
    change |= {key: labels[key] for key in keys}
    patch = json.dumps({"spec": {"selector": change}})
    return f"{kubectl(namespace_of(service), f'patch {ref(service)} --type merge --patch')} '{patch}'"


def _ports(store: Store, service: Object, pods: Sequence[Object], mine: str) -> Iterator[Sign]:
    ports = container_ports(pods[0])
    if not ports or service["spec"].get("clusterIP") == "None":
        return  # a manifest need not name the ports that a program opens; a headless Service translates none
    numbers = {port["containerPort"]: str(port.get("protocol") or "TCP") for port in ports}
    names = {str(port["name"]): port["containerPort"] for port in ports if port.get("name")}
    for place, port in enumerate(service["spec"].get("ports") or []):
        goal = port.get("targetPort") or port["port"]
        path = f"{ref(service)} .spec.ports[{place}]"
        if isinstance(goal, str) and not goal.isdigit():
            if goal not in names:
                yield _wrong(
                    store,
                    service,
                    "PortNameWrong",
                    f"no container has a port named {goal}",
                    (f"{path}.targetPort", goal),
                    mine=mine,
                    fix=_port_fix(service, place, next(iter(numbers))),
                )
                return
            goal = names[goal]
        if int(goal) not in numbers and not _asked_by_probe(pods[0], int(goal)):
            yield _wrong(
                store,
                service,
                "TargetPortWrong",
                f"it sends to {goal}, and the containers listen on {', '.join(map(str, numbers))}",
                (f"{path}.targetPort", str(goal)),
                mine=mine,
                fix=_port_fix(service, place, next(iter(numbers))),
            )
            return
        protocols = {str(one.get("protocol") or "TCP") for one in ports if one["containerPort"] == int(goal)}
        wanted = str(port.get("protocol") or "TCP")
        if protocols and wanted not in protocols:
            fix = _json_patch(service, f"/spec/ports/{place}/protocol", next(iter(protocols)))
            yield _wrong(
                store,
                service,
                "ServiceProtocol",
                f"it speaks {wanted}, and the container's port {goal} {'/'.join(protocols)}",
                (f"{path}.protocol", wanted),
                mine=mine,
                fix=fix,
            )
            return
    yield from _endless(store, service, pods, mine)


def _asked_by_probe(pod: Object, port: int) -> bool:
    """Whether a probe that passes asks at the port: then something listens there, named or not."""
    if not is_ready(pod):
        return False
    for one in pod["spec"].get("containers") or []:
        for kind in ("readinessProbe", "livenessProbe"):
            probe = one.get(kind) or {}
            asked = probe.get("httpGet") or probe.get("tcpSocket") or probe.get("grpc") or {}
            if asked.get("port") == port:
                return True
    return False


def _wrong(
    store: Store, service: Object, code: str, message: str, place: tuple[str, str], *, mine: str, fix: str
) -> Sign:
    return sign(store, code, service, message, place, part=mine, subject=ref(service), fix=fix)


def _port_fix(service: Object, place: int, port: int) -> str:
    return _json_patch(service, f"/spec/ports/{place}/targetPort", port)


def _json_patch(item: Object, path: str, value: object) -> str:
    patch = json.dumps([{"op": "replace", "path": path, "value": value}])
    return f"{kubectl(namespace_of(item), f'patch {ref(item)} --type json --patch')} '{patch}'"


def _endless(store: Store, service: Object, pods: Sequence[Object], mine: str) -> Iterator[Sign]:
    endpoints = store.get("Endpoints", namespace_of(service), name_of(service))
    ready = [pod for pod in pods if is_ready(pod)]
    if endpoints is None or not ready:
        return
    if not any(subset.get("addresses") for subset in endpoints.get("subsets") or []):
        message = f"it has no address, though {len(ready)} pods are ready"
        place = f"endpoints/{name_of(service)} .subsets[].addresses", "none"
        yield sign(store, "NoEndpoints", service, message, place, part=mine, subject=ref(service))
