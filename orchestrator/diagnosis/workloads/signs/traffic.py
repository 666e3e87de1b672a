"""Services whose rules lead a caller nowhere although their pods are well: only to pods of the caller's own node."""

import json
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.dependencies import needs
from orchestrator.diagnosis.workloads.look import kubectl, ref, sign
from orchestrator.diagnosis.workloads.service_pods import chosen, own_workload
from orchestrator.diagnosis.workloads.store import Store, namespace_of
from orchestrator.release.snapshot import Object, is_ready


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    local = [one for one in store.of("Service") if one["spec"].get("internalTrafficPolicy") == "Local"]
    graph = needs(store) if local else {}
    for service in local:
        goal = own_workload(store, service)
        callers = {part for part, others in graph.items() if goal in others}
        yield from _cut_off(store, service, {str(pod["spec"].get("nodeName")) for part in callers
                                             for pod in store.pods_of(part)} - {"None"})  # fmt: skip


def _cut_off(store: Store, service: Object, places: set[str]) -> Iterator[Sign]:
    there = {str(pod["spec"].get("nodeName")) for pod in chosen(store, service) if is_ready(pod)}
    without = sorted(places - there)
    if not there or not without:
        return
    message = f"it leads only to pods of the caller's node, and {', '.join(without)} has none of them"
    patch = json.dumps({"spec": {"internalTrafficPolicy": "Cluster"}})
    fix = f"{kubectl(namespace_of(service), f'patch {ref(service)} --type merge --patch')} '{patch}'"
    place = f"{ref(service)} .spec.internalTrafficPolicy", "Local"
    part = own_workload(store, service)
    yield sign(store, "ServiceLocalOnly", service, message, place, fix=fix, part=part, subject=ref(service))
