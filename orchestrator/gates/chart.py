"""The gates of the chart: its values by the schema, Helm's own lint (T023), and what the templates render to."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, ValidationError

from orchestrator import contracts
from orchestrator.contracts import DeploymentFacts, ServiceFacts
from orchestrator.gates.findings import Finding
from orchestrator.gates.manifest.compare import Told, at, differs
from orchestrator.process import Door

LINT_LIMIT = 30.0  # seconds
_CLUSTER_WIDE = {"ClusterRole", "ClusterRoleBinding", "Namespace", "PersistentVolume", "CustomResourceDefinition"}


def values_findings(values: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Every value that the schema refuses; an unknown key with the known one that it looks like."""
    found = sorted(Draft7Validator(schema).iter_errors(values), key=lambda error: [str(p) for p in error.path])
    return tuple(finding for error in found for finding in _value(error))


def _value(error: ValidationError) -> Iterator[Finding]:
    place = ".".join(str(part) for part in error.path) or "values.yaml"
    if error.validator != "additionalProperties":
        yield Finding("values", str(error.validator), place, f"{error.message}.", "Mend it in values.yaml.")
        return
    known = sorted(error.schema.get("properties", {})) if isinstance(error.schema, Mapping) else []
    given = error.instance if isinstance(error.instance, Mapping) else {}
    for key in sorted(set(given) - set(known)):
        near = difflib.get_close_matches(str(key), known, n=1)
        remedy = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(known)}."
        yield Finding("values", "unknown-key", place, f"'{key}' is not a value of the chart.", remedy)


def lint(door: Door, chart: Path) -> tuple[Finding, ...]:
    """`helm lint` has to end with `1 chart(s) linted, 0 chart(s) failed` (T023)."""
    done = door.run(["helm", "lint", str(chart)], limit=LINT_LIMIT, check=False)
    if done.ok and "1 chart(s) linted, 0 chart(s) failed" in done.out:
        return ()
    lines = [line.strip() for line in (done.out + done.err).splitlines()]
    told = [line for line in lines if line.startswith("[ERROR]")] or lines[-3:]
    remedy = "Mend what it names and run again."
    return (Finding("chart", "lint", str(chart), door.redactor.mask(" ".join(told)), remedy),)


def rendered_findings(documents: Sequence[Mapping[str, Any]], root: Path) -> tuple[Finding, ...]:
    """What `helm template` gave, held against the contracts: fixed names, ports, selectors and hardening.

    Copies, resources and image tags are the values' to choose and are not judged here.
    """
    placed = {(str(at(item, "kind")), str(at(item, "metadata.name"))): item for item in documents}
    return tuple(
        [
            Finding("chart", rule, f"{kind} {name}", message, remedy)
            for (kind, name), item in placed.items()
            for rule, message, remedy in _anything(item)
        ]
        + [
            Finding("chart", rule, f"{contract.facts.kind} {contract.facts.name}", message, remedy)
            for contract in contracts.load(root)
            if not isinstance(contract.facts, contracts.DockerfileFacts)
            for rule, message, remedy in _contracted(placed, contract.facts)
        ]
    )


def _anything(item: Mapping[str, Any]) -> Iterator[Told]:
    kind = str(at(item, "kind"))
    if kind in _CLUSTER_WIDE or kind.endswith(("Role", "RoleBinding")):
        yield "cluster-wide", f"The chart makes a {kind}.", "The release needs no right beyond its namespace."
    if at(item, "metadata.namespace") is not None:
        yield "namespace", "It names a namespace.", "Leave metadata.namespace to Helm."
    for place in ("spec.template.spec", "spec.jobTemplate.spec.template.spec"):
        if (pod := at(item, place)) is not None:
            yield from _pod(pod)


def _pod(pod: Mapping[str, Any]) -> Iterator[Told]:
    yield from differs("service-account-token", pod, "automountServiceAccountToken", False)
    yield from differs("non-root", pod, "securityContext.runAsNonRoot", True)
    yield from differs("seccomp", pod, "securityContext.seccompProfile.type", "RuntimeDefault")
    for name in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(name):
            yield "host", f"{name} is on.", "Leave it out."
    if any("hostPath" in volume for volume in pod.get("volumes") or ()):
        yield "host-path", "It mounts the node's file system.", "Use an emptyDir or a claim."
    for container in (*(pod.get("initContainers") or ()), *(pod.get("containers") or ())):
        yield from differs("escalation", container, "securityContext.allowPrivilegeEscalation", False)
        yield from differs("read-only-root", container, "securityContext.readOnlyRootFilesystem", True)
        yield from differs("capabilities", container, "securityContext.capabilities.drop", ["ALL"])
        if any(at(port, "protocol") != "TCP" for port in container.get("ports") or ()):
            yield "protocol", f"Container {container.get('name')} leaves a protocol out.", "Spell protocol: TCP out."


def _contracted(placed: Mapping[tuple[str, str], Mapping[str, Any]], facts: contracts.Facts) -> Iterator[Told]:
    if isinstance(facts, contracts.DockerfileFacts):
        return
    item = placed.get((facts.kind, facts.name))
    if item is None:
        yield "missing", "The chart renders no such object.", "Restore its template: ./todo deploy."
        return
    yield from differs("app-label", item, "metadata.labels.app", f"todo-{facts.component}")
    if isinstance(facts, DeploymentFacts):
        labels = at(item, "spec.template.metadata.labels") or {}
        for name, value in facts.labels.items():
            yield from differs("labels", labels, name, value)
        yield from differs("run-as", item, "spec.template.spec.securityContext.runAsUser", facts.run_as["user"])
    elif isinstance(facts, ServiceFacts):
        yield from differs("type", item, "spec.type", facts.type)
        for name, value in facts.selector.items():
            yield from differs("selector", item, f"spec.selector.{name}", value)
        yield from differs("protocol", item, "spec.ports.0.protocol", "TCP")
