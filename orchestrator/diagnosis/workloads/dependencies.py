"""Which workloads each workload needs: by the addresses that it is given, by what its log complains of, by traces."""

import re
from collections.abc import Iterator, Mapping, Sequence

from orchestrator.diagnosis.workloads.addresses import addresses, calls, service_of
from orchestrator.diagnosis.workloads.log_causes import causes_in
from orchestrator.diagnosis.workloads.service_pods import own_workload
from orchestrator.diagnosis.workloads.store import WORKLOADS, Store, namespace_of
from orchestrator.release.snapshot import name_of

COMPLAINTS = frozenset({"DependencyRefused", "DatabaseName", "DatabaseConnections", "DatabaseLogin", "DatabaseLocked"})
"""What a program says of another that it calls."""
_HOST = re.compile(r"(?<![\w.-])(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?![\w-])")
_LINES = 60


def needs(store: Store) -> Mapping[str, frozenset[str]]:
    """Which workloads each workload calls, over any number of steps."""
    return store.once("needs", lambda: _needs(store))


def _needs(store: Store) -> Mapping[str, frozenset[str]]:
    direct: dict[str, set[str]] = {}
    for caller, goal in (*_given(store), *complaints(store), *_traced(store)):
        if caller != goal:
            direct.setdefault(caller, set()).add(goal)
    return {workload: _reached(workload, direct) for workload in direct}


def _given(store: Store) -> Iterator[tuple[str, str]]:
    for call in calls(store):
        yield call.workload, call.goal
    for one in addresses(store, files=True):  # a Service whose pods are not there is known by its own workload
        service = service_of(store, one)
        if service is not None:
            yield one.workload, own_workload(store, service)


def complaints(store: Store) -> Sequence[tuple[str, str]]:
    """Who complains of whom: the Services and pods that lines of complaint name, by name or by address."""
    return store.once("complaints", lambda: list(_complaints(store)))


def _complaints(store: Store) -> Iterator[tuple[str, str]]:
    known = _names(store)
    for (space, pod_name, _), text in (*store.logs.items(), *store.previous.items()):
        pod = store.get("Pod", space, pod_name)
        if pod is None:
            continue
        for line in text.splitlines()[-_LINES:]:
            hosts = [word for word in _HOST.findall(line[:1000]) if (space, word) in known]
            if hosts and causes_in(line, COMPLAINTS):
                yield from ((store.workload_id(pod), known[space, host]) for host in hosts)


def _names(store: Store) -> Mapping[tuple[str, str], str]:
    """(namespace of who names it, name or address) to the workload behind it."""
    spaces = {namespace_of(item) for item in store.of("Pod")}
    found: dict[tuple[str, str], str] = {}
    for kind in WORKLOADS:
        found |= {(namespace_of(item), name_of(item)): store.workload_id(item) for item in store.of(kind)}
    for pod in store.of("Pod"):
        name = store.workload_id(pod).split("/")[2]
        found.setdefault((namespace_of(pod), name), store.workload_id(pod))
        if address := pod.get("status", {}).get("podIP"):
            found |= {(space, str(address)): store.workload_id(pod) for space in spaces}
    for service in store.of("Service"):
        goal, address = own_workload(store, service), str(service["spec"].get("clusterIP") or "None")
        found[namespace_of(service), name_of(service)] = goal
        found |= {(space, address): goal for space in spaces} if address != "None" else {}
    return found


def _traced(store: Store) -> Iterator[tuple[str, str]]:
    """Whose span began another's."""
    by_id = {(span.trace, span.id): span for span in store.spans}
    by_name = traced_workloads(store)
    for span in store.spans:
        above = by_id.get((span.trace, span.parent))
        if above and above.service in by_name and span.service in by_name:
            yield by_name[above.service], by_name[span.service]


def traced_workloads(store: Store) -> Mapping[str, str]:
    """The workload of each service that traces name: of that name, or with the namespace behind it."""
    every = {store.workload_id(pod) for pod in store.of("Pod")}
    by_name = {workload.split("/")[2]: workload for workload in every}
    names = {span.service for span in store.spans}
    return {
        name: by_name[plain]
        for name in names
        if (plain := next((one for one in (name, name.split(".")[0], name.split("/")[-1]) if one in by_name), ""))
    }


def _reached(start: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = list(direct.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one not in seen and one != start:
            seen.add(one)
            waiting += direct.get(one, ())
    return frozenset(seen)
