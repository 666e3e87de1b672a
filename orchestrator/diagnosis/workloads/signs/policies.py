"""Network policies that cut a workload off from a Service it calls, from the cluster's DNS, or from its callers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.addresses import Call, calls
from orchestrator.diagnosis.workloads.look import ref, sign
from orchestrator.diagnosis.workloads.service_pods import templates
from orchestrator.diagnosis.workloads.store import Store, matches, namespace_of
from orchestrator.release.snapshot import Object, name_of

_DNS = 53


def signs(store: Store) -> Iterator[Sign]:
    """One for each workload and policy that cuts it off."""
    if not store.of("NetworkPolicy"):
        return
    told = set()
    for call in calls(store):
        for found in (_outgoing(store, call), _incoming(store, call)):
            if found and (found.subject, found.part) not in told:
                told.add((found.subject, found.part))
                yield found
    for item in store.of("NetworkPolicy"):
        for found in _names(store, item):
            if not any(part == found.part for _, part in told):
                told.add((found.subject, found.part))
                yield found


def _policies(store: Store, space: str, labels: Mapping[str, Any], kind: str) -> list[Object]:
    return [
        item
        for item in store.of("NetworkPolicy", space)
        if matches(labels, _selector(item["spec"].get("podSelector"))) and kind in _types(item["spec"])
    ]


def _selector(selector: Any) -> Mapping[str, Any]:
    return selector or {"matchLabels": {}}


def _types(spec: Mapping[str, Any]) -> Sequence[str]:
    return spec.get("policyTypes") or (["Ingress", "Egress"] if spec.get("egress") else ["Ingress"])


def _outgoing(store: Store, call: Call) -> Sign | None:
    policies = _policies(store, call.space, call.labels, "Egress")
    return _blocked(store, call, policies, side="egress", labels=call.goal_labels, space=call.goal_space)


def _incoming(store: Store, call: Call) -> Sign | None:
    policies = _policies(store, call.goal_space, call.goal_labels, "Ingress")
    return _blocked(store, call, policies, side="ingress", labels=call.labels, space=call.space)


def _blocked(
    store: Store, call: Call, policies: Sequence[Object], *, side: str, labels: Mapping[str, Any], space: str
) -> Sign | None:
    field = "to" if side == "egress" else "from"
    if not policies:
        return None
    for policy in policies:
        for rule in policy["spec"].get(side) or []:
            if _allows_port(rule, call) and _allows_peer(store, rule.get(field), labels, space, namespace_of(policy)):
                return None
    names = ", ".join(name_of(one) for one in policies)
    message = f"it keeps {call.workload.split('/')[2]} from {call.service} at port {call.target}"
    return sign(
        store,
        "NetworkPolicyBlocks",
        policies[0],
        message,
        (f"networkpolicy/{names} .spec.{side}", "allows no such peer"),
        part=call.workload,
        subject=ref(policies[0]),
    )


def _allows_port(rule: Mapping[str, Any], call: Call) -> bool:
    ports = rule.get("ports")
    return not ports or any(one.get("port") in (None, call.target, call.target_name) for one in ports)


def _allows_peer(store: Store, peers: Any, labels: Mapping[str, Any], space: str, home: str) -> bool:
    return not peers or any(_is_peer(store, one, labels, space, home) for one in peers)


def _is_peer(store: Store, peer: Mapping[str, Any], labels: Mapping[str, Any], space: str, home: str) -> bool:
    if "ipBlock" in peer:
        return True  # pods' addresses are not told apart here: no claim is made
    if "namespaceSelector" in peer:
        found = store.get("Namespace", "", space)
        known = {"kubernetes.io/metadata.name": space, **((found or {"metadata": {}})["metadata"].get("labels") or {})}
        if not matches(known, _selector(peer["namespaceSelector"])):
            return False
    elif space != home:
        return False
    return matches(labels, _selector(peer.get("podSelector")))


def _names(store: Store, policy: Object) -> Iterator[Sign]:
    """An egress policy that lets no question for names out."""
    spec, space = policy["spec"], namespace_of(policy)
    if "Egress" not in _types(spec):
        return
    for workload, labels, _ in templates(store, space):
        own = _policies(store, space, labels, "Egress")
        if policy in own and not any(_asks_names(rule) for one in own for rule in one["spec"].get("egress") or []):
            message = f"it lets {workload.split('/')[2]} ask no name server (port 53)"
            yield sign(
                store,
                "NetworkPolicyBlocks",
                policy,
                message,
                (f"{ref(policy)} .spec.egress", "no port 53"),
                part=workload,
                subject=ref(policy),
                fix="Allow port 53, UDP and TCP, to kube-system in the policy",
                certainty="likely",
            )


def _asks_names(rule: Mapping[str, Any]) -> bool:
    return (not rule.get("ports") or any(one.get("port") in (None, _DNS) for one in rule["ports"])) and (
        not rule.get("to") or any("namespaceSelector" in one or "ipBlock" in one for one in rule["to"])
    )
