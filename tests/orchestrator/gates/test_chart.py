"""The chart's gates: values by the schema, rendered documents by the contracts; a mutation a rule."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestrator import contracts
from orchestrator.artefacts import manifests
from orchestrator.gates import chart

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = contracts.values_schema(ROOT)
VALUES: dict[str, Any] = {
    part: {key: told["default"] for key, told in SCHEMA["properties"][part]["properties"].items() if "default" in told}
    for part in ("backend", "frontend", "secrets", "configmap")
}


def rendered() -> list[dict[str, Any]]:
    """What the chart's five templates render to, as far as the contracts say."""
    facts = [contract.facts for contract in contracts.load(ROOT) if contract.format == "manifest"]
    return copy.deepcopy([manifests.render(fact) for fact in facts])


def by_kind(documents: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(item for item in documents if item["kind"] == kind)


def test_the_defaults_of_the_schema_pass() -> None:
    assert chart.values_findings(VALUES, SCHEMA) == ()


@pytest.mark.parametrize(
    ("change", "rule", "place", "remedy"),
    [
        (lambda v: v["backend"].update(replcas=3), "unknown-key", "backend", "Did you mean 'replicas'?"),
        (lambda v: v.update(frontent={}), "unknown-key", "values.yaml", "Did you mean 'frontend'?"),
        (lambda v: v["frontend"].update(nodePort=80), "minimum", "frontend.nodePort", "Mend it in values.yaml."),
        (lambda v: v["backend"].update(replicas="2"), "type", "backend.replicas", "Mend it in values.yaml."),
        (lambda v: v["backend"].pop("port"), "required", "backend", "Mend it in values.yaml."),
    ],
)
def test_a_wrong_value_is_named(change: Callable[[Any], Any], rule: str, place: str, remedy: str) -> None:
    values = copy.deepcopy(VALUES)
    change(values)
    assert [(f.rule, f.subject, f.remedy) for f in chart.values_findings(values, SCHEMA)] == [(rule, place, remedy)]


def test_what_the_contracts_say_passes() -> None:
    assert chart.rendered_findings(rendered(), ROOT) == ()


def pod(documents: list[dict[str, Any]]) -> dict[str, Any]:
    return by_kind(documents, "Deployment")["spec"]["template"]["spec"]


def job() -> dict[str, Any]:
    """A job's template that hardens nothing."""
    return {"spec": {"template": {"spec": {"containers": [{"name": "x", "image": "x:1"}]}}}}


MUTATIONS: list[tuple[str, Callable[[list[dict[str, Any]]], Any]]] = [
    ("missing", lambda docs: docs.remove(by_kind(docs, "ConfigMap"))),
    ("missing", lambda docs: by_kind(docs, "Service")["metadata"].update(name="other")),
    ("cluster-wide", lambda docs: docs.append({"kind": "ClusterRoleBinding", "metadata": {"name": "x"}})),
    ("cluster-wide", lambda docs: docs.append({"kind": "RoleBinding", "metadata": {"name": "x"}})),
    ("namespace", lambda docs: by_kind(docs, "Service")["metadata"].update(namespace="kube-system")),
    ("service-account-token", lambda docs: pod(docs).pop("automountServiceAccountToken")),
    ("non-root", lambda docs: pod(docs)["securityContext"].update(runAsNonRoot=False)),
    ("seccomp", lambda docs: pod(docs)["securityContext"].pop("seccompProfile")),
    ("host", lambda docs: pod(docs).update(hostPID=True)),
    ("host-path", lambda docs: pod(docs)["volumes"].append({"name": "x", "hostPath": {"path": "/"}})),
    ("escalation", lambda docs: pod(docs).update(initContainers=[{"name": "x", "image": "x:1"}])),
    ("read-only-root", lambda docs: pod(docs)["containers"][0].pop("securityContext")),
    ("capabilities", lambda docs: pod(docs)["containers"][0]["securityContext"].update(capabilities={})),
    (
        "non-root",
        lambda docs: docs.append({"kind": "CronJob", "metadata": {"name": "x"}, "spec": {"jobTemplate": job()}}),
    ),
    ("protocol", lambda docs: pod(docs)["containers"][0]["ports"][0].pop("protocol")),
    ("app-label", lambda docs: by_kind(docs, "Deployment")["metadata"].update(labels={})),
    ("labels", lambda docs: by_kind(docs, "Deployment")["spec"]["template"].update(metadata={"labels": {}})),
    ("run-as", lambda docs: pod(docs)["securityContext"].update(runAsUser=5)),
    ("type", lambda docs: by_kind(docs, "Service")["spec"].update(type="LoadBalancer")),
    ("selector", lambda docs: by_kind(docs, "Service")["spec"].update(selector={"app": "x"})),
]


@pytest.mark.parametrize(("rule", "change"), MUTATIONS)
def test_a_mutation_is_refused_by_its_rule(rule: str, change: Callable[[list[dict[str, Any]]], Any]) -> None:
    documents = rendered()
    change(documents)
    assert rule in {finding.rule for finding in chart.rendered_findings(documents, ROOT)}
