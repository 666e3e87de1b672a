"""What surrounds a program and breaks it: its container's hooks, Services' variables, the resolver, changed files."""

import ipaddress
import json
import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.log_causes import causes_in
from orchestrator.diagnosis.workloads.look import Container, containers, current, kubectl, ref, ref_of, sign
from orchestrator.diagnosis.workloads.store import Store, namespace_of, words
from orchestrator.release.snapshot import Object, is_ready, name_of

_HOOKS = {"FailedPostStartHook": "postStart", "FailedPreStopHook": "preStop"}
_LINKED = re.compile(r"(?:tcp|udp)://(?P<address>\d{1,3}(?:\.\d{1,3}){3}):\d+")
_UNREAD = re.compile(
    r"invalid|pars(e|ing)|atoi|literal|not an? |convert|malformed|bad.port|\bnan\b|unmarshal|NumberFormat|range",
    re.IGNORECASE,
)
_NAMES = frozenset({"DatabaseName"})
_SUBPATH = re.compile(r"volume-subpaths|failed to prepare subPath", re.IGNORECASE)


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for pod in current(store):
        for one in containers(pod):
            if not is_ready(pod) or _still_asks(store, pod, one):
                yield from _unresolved(store, pod, one)
        if is_ready(pod):
            continue
        yield from _hooks(store, pod)
        for one in containers(pod):
            yield from _linked(store, pod, one)
            yield from _replaced(store, pod, one)


def _still_asks(store: Store, pod: Object, one: Container) -> bool:
    """Whether a ready program's last words are several of a name that does not resolve."""
    lines = store.log(pod, one.name).splitlines()[-20:]
    return sum(bool(causes_in(line, _NAMES)) for line in lines) >= 2


def _hooks(store: Store, pod: Object) -> Iterator[Sign]:
    """A hook that fails ends its container; its log says nothing of it, the kubelet's event does."""
    for event in store.events_of(pod):
        if hook := _HOOKS.get(str(event.get("reason"))):
            path = f"event {event.get('reason')} of {ref(pod)}"
            yield sign(store, "HookFailed", pod, f"the {hook} hook fails: {words(event)}", (path, words(event)))


def _linked(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    """A Service sets NAME_PORT and more in every pod of its namespace, and the program takes that for its own."""
    if pod["spec"].get("enableServiceLinks") is False:
        return
    log = store.last_words(pod, one.name)
    for line in log.splitlines()[-20:]:
        for match in _LINKED.finditer(line) if _UNREAD.search(line) else ():
            for service in store.of("Service", namespace_of(pod)):
                if service["spec"].get("clusterIP") == match["address"]:
                    yield _link(store, pod, one, service, line=line.strip()[:300])
                    return


def _link(store: Store, pod: Object, one: Container, service: Object, *, line: str) -> Sign:
    prefix = name_of(service).upper().replace("-", "_")
    patch = json.dumps({"spec": {"template": {"spec": {"enableServiceLinks": False}}}})
    workload = ref_of(store.workload_id(pod))
    return sign(
        store,
        "ServiceLink",
        pod,
        f"{one.name} reads a variable that the Service {name_of(service)} sets ({prefix}_PORT and more): {line}",
        (f"log of {one.name}", line),
        ("service .spec.clusterIP", str(service["spec"].get("clusterIP"))),
        fix=f"{kubectl(namespace_of(pod), f'patch {workload} --patch')} '{patch}'",
        log=line,
        container=one.name,
    )


def _unresolved(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    """A Service's name does not resolve where the pod asks the node's resolver, which knows no Service."""
    spec = pod["spec"]
    policy = str(spec.get("dnsPolicy") or "ClusterFirst")
    if policy == "ClusterFirstWithHostNet" or not (policy in ("Default", "None") or spec.get("hostNetwork")):
        return
    found = causes_in(store.last_words(pod, one.name) or store.log(pod, one.name), _NAMES)
    if not found or (policy == "None" and _asks_cluster(store, spec)):
        return
    right = "ClusterFirstWithHostNet" if spec.get("hostNetwork") else "ClusterFirst"
    patch = json.dumps({"spec": {"template": {"spec": {"dnsPolicy": right}}}})
    workload = ref_of(store.workload_id(pod))
    line = found[0].line
    services = [name_of(item) for item in store.of("Service", namespace_of(pod))]
    named = any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", line) for name in services)
    yield sign(
        store,
        "DnsPolicy",
        pod,
        f"{one.name} asks the node's resolver, which knows no Service (dnsPolicy {policy}"
        f"{', hostNetwork' if spec.get('hostNetwork') else ''}): {line}",
        ("pod .spec.dnsPolicy", policy),
        (f"log of {one.name}", line),
        fix=f"{kubectl(namespace_of(pod), f'patch {workload} --patch')} '{patch}'",
        log=line,
        certainty="certain" if named else "likely",
        container=one.name,
    )


def _asks_cluster(store: Store, spec: Object) -> bool:
    """Whether one of the pod's own name servers is a Service of the cluster."""
    asked = {str(one) for one in (spec.get("dnsConfig") or {}).get("nameservers") or []}
    known = {str(one["spec"].get("clusterIP")) for one in store.of("Service") if _is_address(one["spec"])}
    return bool(asked & known)


def _is_address(spec: Object) -> bool:
    try:
        ipaddress.ip_address(str(spec.get("clusterIP")))
    except ValueError:
        return False
    return True


def _replaced(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    """A file mounted by subPath whose ConfigMap or Secret changed: the container cannot be started again."""
    mounts = [mount for mount in one.spec.get("volumeMounts") or [] if mount.get("subPath")]
    said = " ".join(str(state.get("message") or "") for state in (one.ended, one.waiting))
    if mounts and _SUBPATH.search(said):
        told = (
            f"{one.name} cannot be started again: {mounts[0].get('mountPath')} is mounted by subPath, and was changed"
        )
        fix = kubectl(namespace_of(pod), f"delete pod {name_of(pod)}")
        yield sign(store, "SubPathChanged", pod, told, (f"{one.path}.state", said), fix=fix, container=one.name)
