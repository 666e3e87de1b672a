"""Plain Kubernetes manifests from the facts: valid as they are, before any templating."""

from collections.abc import Mapping
from typing import Any

from orchestrator.contracts import ConfigMapFacts, DeploymentFacts, Facts, Probe, ServiceFacts


def render(facts: Facts) -> dict[str, Any]:
    """The manifest that the facts describe."""
    if isinstance(facts, DeploymentFacts):
        return _deployment(facts)
    if isinstance(facts, ServiceFacts):
        return _service(facts)
    if isinstance(facts, ConfigMapFacts):
        return {**_head(facts), "data": dict(facts.data)}
    raise TypeError(f"{type(facts).__name__} describes no manifest")


def _head(facts: DeploymentFacts | ServiceFacts | ConfigMapFacts) -> dict[str, Any]:
    labels = {"app": f"todo-{facts.component}"}
    return {"apiVersion": facts.api_version, "kind": facts.kind, "metadata": {"name": facts.name, "labels": labels}}


def _service(facts: ServiceFacts) -> dict[str, Any]:
    port: dict[str, Any] = {"name": "http", "port": facts.port, "targetPort": facts.target_port, "protocol": "TCP"}
    if facts.node_port is not None:
        port["nodePort"] = facts.node_port
    return {**_head(facts), "spec": {"type": facts.type, "selector": dict(facts.selector), "ports": [port]}}


def _deployment(facts: DeploymentFacts) -> dict[str, Any]:
    return {
        **_head(facts),
        "spec": {
            "replicas": facts.replicas,
            "selector": {"matchLabels": dict(facts.labels)},
            "template": {"metadata": {"labels": dict(facts.labels)}, "spec": _pod(facts)},
        },
    }


def _pod(facts: DeploymentFacts) -> dict[str, Any]:
    return {
        "automountServiceAccountToken": False,
        "terminationGracePeriodSeconds": facts.drain["grace_seconds"],
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": facts.run_as["user"],
            "runAsGroup": facts.run_as["group"],
            "fsGroup": facts.run_as["group"],
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(facts)],
        "volumes": [{"name": _volume(path), "emptyDir": {}} for path in facts.writable],
    }


def _container(facts: DeploymentFacts) -> dict[str, Any]:
    return {
        "name": facts.component,
        "image": facts.image,
        "imagePullPolicy": facts.image_pull_policy,
        "ports": [{"name": "http", "containerPort": facts.container_port, "protocol": "TCP"}],
        "envFrom": [{source: {"name": name}} for source, name in facts.env_from.items()],
        "resources": {kind: dict(amounts) for kind, amounts in facts.resources.items()},
        "livenessProbe": _probe(facts.liveness_probe),
        "readinessProbe": _probe(facts.readiness_probe),
        "lifecycle": {"preStop": {"exec": {"command": list(facts.drain["command"])}}},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [{"name": _volume(path), "mountPath": path} for path in facts.writable],
    }


def _probe(probe: Probe) -> Mapping[str, Any]:
    return {
        "httpGet": {"path": probe.path, "port": probe.port},
        "initialDelaySeconds": probe.initial_delay_seconds,
        "periodSeconds": probe.period_seconds,
    }


def _volume(path: str) -> str:
    return path.strip("/").replace("/", "-").replace(".", "")
