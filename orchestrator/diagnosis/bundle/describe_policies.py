"""`kubectl describe networkpolicy`: whom it selects, and what it lets in and out."""

import re
from typing import Any

from orchestrator.diagnosis.bundle.blocks import Block, metadata, pairs

_SIDE = re.compile(r"Allowing (?P<side>ingress|egress) traffic:")
_PORT = re.compile(r"To Port: (?P<port>\d{1,5}|[a-z][\w-]{0,14})/\w+")
_PEER = re.compile(r"(?P<key>PodSelector|NamespaceSelector|IPBlock|CIDR):\s*(?P<value>\S.*)?$")


def policy(block: Block) -> dict[str, Any]:
    """The policy as the API has it, as far as the text tells."""
    spec = block.under("Spec")
    sides: dict[str, list[dict[str, Any]]] = {}
    side, rule = "", dict[str, Any]()
    for line in map(str.strip, spec.raw):
        if found := _SIDE.match(line):
            side, rule = found["side"], {}
            sides[side] = []
        elif side and line.startswith(("Not affecting", "Policy Types")):
            side = ""
        elif side and line.startswith("---"):
            rule = {}
        elif side and not line.startswith("<none>"):
            if not rule:
                sides[side].append(rule)
            _take(rule, line, "from" if side == "ingress" else "to")
    types = [one.strip() for one in spec.text("Policy Types").split(",") if one.strip()]
    told = {"podSelector": _selector(spec.text("PodSelector")), "policyTypes": types, **sides}
    return {"kind": "NetworkPolicy", "metadata": metadata(block), "spec": told, "status": {}}


def _take(rule: dict[str, Any], line: str, field: str) -> None:
    """One line of a rule: a port, a peer's beginning, or what a peer is."""
    rule.setdefault("told", True)
    if found := _PORT.match(line):
        port = found["port"]
        rule.setdefault("ports", []).append({"port": int(port) if port.isdigit() else port})
    elif line.startswith(("From:", "To:")):
        if "<any>" not in line:
            rule.setdefault(field, []).append({})
    elif (found := _PEER.match(line)) and rule.get(field):
        key = {"PodSelector": "podSelector", "NamespaceSelector": "namespaceSelector"}.get(found["key"], "ipBlock")
        rule[field][-1][key] = _selector(found["value"] or "") if key != "ipBlock" else {"cidr": found["value"] or ""}


def _selector(text: str) -> dict[str, Any]:
    return {"matchLabels": {} if text.startswith("<none>") else pairs([text])}
