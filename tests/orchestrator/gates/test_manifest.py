"""A gate that passes a broken manifest fails here: one mutation a rule, and the built-in manifests pass."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from orchestrator import contracts
from orchestrator.artefacts import render
from orchestrator.contracts import Contract
from orchestrator.gates.proposal import judge

ROOT = Path(__file__).resolve().parents[3]
MANIFESTS = [contract.name for contract in contracts.load(ROOT) if contract.format == "manifest"]
Change = Callable[[dict[str, Any]], Any]


def contract(name: str) -> Contract:
    return contracts.of(ROOT, name)


def rules(text: str, name: str) -> set[str]:
    return {finding.rule for finding in judge(text, contract(name))}


def pod(document: dict[str, Any]) -> dict[str, Any]:
    return document["spec"]["template"]["spec"]


def container(document: dict[str, Any]) -> dict[str, Any]:
    return pod(document)["containers"][0]


def put(where: Callable[[dict[str, Any]], dict[str, Any]], key: str, value: Any) -> Change:
    return lambda document: where(document).__setitem__(key, value)


def top(document: dict[str, Any]) -> dict[str, Any]:
    return document


@pytest.mark.parametrize("name", MANIFESTS)
def test_the_builtin_manifest_passes(name: str) -> None:
    assert judge(render.artefact(contract(name)), contract(name)) == ()


DEPLOYMENT: list[tuple[str, Change]] = [
    ("api-version", put(top, "apiVersion", "extensions/v1beta1")),
    ("kind", put(top, "kind", "DaemonSet")),
    ("name", put(lambda d: d["metadata"], "name", "other")),
    ("app-label", put(lambda d: d["metadata"], "labels", {})),
    ("beyond", put(lambda d: d["metadata"], "namespace", "kube-system")),
    ("beyond", put(top, "status", {})),
    ("replicas", put(lambda d: d["spec"], "replicas", 1)),
    ("replicas", put(lambda d: d["spec"], "replicas", "2")),
    ("labels", put(lambda d: d["spec"]["selector"], "matchLabels", {"app": "other"})),
    ("labels", put(lambda d: d["spec"]["template"]["metadata"], "labels", {"app": "other"})),
    ("one-container", lambda d: pod(d)["containers"].append({"name": "miner", "image": "miner:1"})),
    ("beyond", put(pod, "initContainers", [{"name": "x", "image": "x:1"}])),
    ("beyond", put(pod, "hostNetwork", True)),
    ("beyond", put(pod, "serviceAccountName", "admin")),
    ("beyond", lambda d: pod(d)["volumes"].append({"name": "host", "hostPath": {"path": "/"}})),
    ("beyond", put(container, "command", ["sh"])),
    ("beyond", put(container, "env", [{"name": "KEY", "value": "secret"}])),
    ("beyond", put(lambda d: container(d)["securityContext"], "privileged", True)),
    ("image", put(container, "image", "todo-backend:other")),
    ("pull-policy", put(container, "imagePullPolicy", "Always")),
    ("container-port", put(lambda d: container(d)["ports"][0], "containerPort", 80)),
    ("protocol", lambda d: container(d)["ports"][0].pop("protocol")),
    ("one-port", lambda d: container(d)["ports"].append({"containerPort": 22, "protocol": "TCP"})),
    ("env-from", put(container, "envFrom", [{"secretRef": {"name": "other"}}])),
    ("resources", put(lambda d: container(d)["resources"]["limits"], "memory", "8Mi")),
    ("resources", lambda d: container(d)["resources"].pop("requests")),
    ("liveness-probe", put(lambda d: container(d)["livenessProbe"]["httpGet"], "path", "/wrong")),
    ("liveness-probe", put(lambda d: container(d)["livenessProbe"], "periodSeconds", 1)),
    ("readiness-probe", put(lambda d: container(d)["readinessProbe"]["httpGet"], "port", 81)),
    ("readiness-probe", lambda d: container(d).pop("readinessProbe")),
    ("drain", lambda d: container(d).pop("lifecycle")),
    ("grace", put(pod, "terminationGracePeriodSeconds", 0)),
    ("service-account-token", put(pod, "automountServiceAccountToken", True)),
    ("non-root", put(lambda d: pod(d)["securityContext"], "runAsNonRoot", False)),
    ("run-as", put(lambda d: pod(d)["securityContext"], "runAsUser", 0)),
    ("seccomp", put(lambda d: pod(d)["securityContext"], "seccompProfile", {"type": "Unconfined"})),
    ("escalation", put(lambda d: container(d)["securityContext"], "allowPrivilegeEscalation", True)),
    ("read-only-root", put(lambda d: container(d)["securityContext"], "readOnlyRootFilesystem", False)),
    ("capabilities", put(lambda d: container(d)["securityContext"], "capabilities", {"add": ["NET_ADMIN"]})),
    ("writable", put(lambda d: container(d)["volumeMounts"][0], "mountPath", "/")),
    ("shape", put(pod, "volumes", {"name": "x"})),
]
SERVICE: list[tuple[str, Change]] = [
    ("kind", put(top, "kind", "ClusterRoleBinding")),
    ("type", put(lambda d: d["spec"], "type", "LoadBalancer")),
    ("selector", put(lambda d: d["spec"], "selector", {"app": "other"})),
    ("port", put(lambda d: d["spec"]["ports"][0], "port", 80)),
    ("target-port", put(lambda d: d["spec"]["ports"][0], "targetPort", 80)),
    ("protocol", lambda d: d["spec"]["ports"][0].pop("protocol")),
    ("node-port", put(lambda d: d["spec"]["ports"][0], "nodePort", 30081)),
    ("one-port", lambda d: d["spec"]["ports"].append({"port": 22})),
    ("beyond", put(lambda d: d["spec"], "externalIPs", ["10.0.0.1"])),
]
CONFIG_MAP: list[tuple[str, Change]] = [
    ("data", put(lambda d: d["data"], "NEXT_PUBLIC_API_URL", "http://evil:8000")),
    ("data", put(lambda d: d["data"], "MORE", "x")),
    ("beyond", put(top, "binaryData", {})),
]
MUTATIONS = (
    [("backend-deployment", *case) for case in DEPLOYMENT]
    + [("frontend-service", *case) for case in SERVICE]
    + [("configmap", *case) for case in CONFIG_MAP]
)


@pytest.mark.parametrize(("name", "rule", "change"), MUTATIONS)
def test_a_mutation_is_refused_by_its_rule(name: str, rule: str, change: Change) -> None:
    document = YAML(typ="safe").load(render.artefact(contract(name)))
    change(document)
    assert rule in rules(render.as_yaml(document), name)


BOMB = "a: &a [x, x]\nb: [*a, *a]\n"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda text: text + "---\n" + text, "one-document"),
        (lambda text: "- 1\n- 2\n", "one-document"),
        (lambda text: "a: [", "yaml"),
        (lambda text: text + "kind: Service\n", "yaml"),
        (lambda text: BOMB, "yaml"),
        (lambda text: "Here is your manifest:\n" + text, "beyond"),
    ],
)
def test_anything_but_one_document_is_refused(change: Callable[[str], str], rule: str) -> None:
    assert rules(change(render.artefact(contract("backend-service"))), "backend-service") == {rule}


def test_a_probe_may_name_the_port_that_the_container_names() -> None:
    document = YAML(typ="safe").load(render.artefact(contract("backend-deployment")))
    container(document)["livenessProbe"]["httpGet"]["port"] = "http"
    assert judge(render.as_yaml(document), contract("backend-deployment")) == ()
