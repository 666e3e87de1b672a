"""APIs that a Service of the cluster serves and that do not answer: `kubectl get apiservices`, and what waits for them.

https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/
"""

import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import condition, ref, sign, within
from orchestrator.diagnosis.workloads.store import Store
from orchestrator.release.snapshot import name_of

_GROUPS = re.compile(r"(?P<group>[a-z0-9][a-z0-9.-]{0,252})/(?P<version>v\d\w{0,12}):")
_HELD = 60.0


def signs(store: Store) -> Iterator[Sign]:
    """One for each API."""
    told = set()
    for item in store.of("APIService"):
        one = condition(item, "Available")
        if one.get("status") == "False":
            told.add(name_of(item))
            service = item["spec"].get("service") or {}
            served = f"{service.get('namespace')}/{service.get('name')}" if service else "its Service"
            message = f"{served} does not answer: {one.get('message') or one.get('reason') or 'not available'}"
            place = f"{ref(item)} .status.conditions[Available]", f"False: {one.get('reason') or ''}"
            yield sign(store, "ApiServiceDown", item, message, place, part="", subject=ref(item))
    yield from _by_namespaces(store, told)


def _by_namespaces(store: Store, told: set[str]) -> Iterator[Sign]:
    """APIs for which a namespace that is deleted waits."""
    for item in store.of("Namespace"):
        one = condition(item, "NamespaceDeletionDiscoveryFailure")
        since = item["metadata"].get("deletionTimestamp")
        if one.get("status") != "True" or (since and within(store, since, _HELD)):
            continue
        for found in _GROUPS.finditer(str(one.get("message") or "")):
            name = f"{found['version']}.{found['group']}"
            if name not in told:
                told.add(name)
                message = f"the namespace {name_of(item)} waits for it in order to go: {one.get('message')}"
                fix = f"Bring back that API's server; if it was taken away for good:\nkubectl delete apiservice {name}"
                place = f"{ref(item)} .status.conditions", str(one.get("message"))
                yield sign(
                    store, "ApiServiceDown", item, message, place, part="", subject=f"apiservice/{name}", fix=fix
                )
