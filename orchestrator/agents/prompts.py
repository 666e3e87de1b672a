"""Prompts rendered from the contracts' facts, in the words of the spec's tasks."""

import json
from collections.abc import Mapping

from orchestrator.agents.base import Brief
from orchestrator.contracts import (
    ConfigMapFacts,
    Contract,
    DeploymentFacts,
    DockerfileFacts,
    Probe,
    ServiceFacts,
)


def render(contract: Contract) -> str:
    """The prompt that asks for the contract's artefact (T007, T011, T016 to T020)."""
    facts = contract.facts
    if isinstance(facts, DockerfileFacts):
        return _dockerfile(facts)
    if isinstance(facts, DeploymentFacts):
        return _deployment(facts, contract.artefact)
    if isinstance(facts, ServiceFacts):
        return _service(facts, contract.artefact)
    return _config_map(facts, contract.artefact)


def request(brief: Brief) -> str:
    """What an agent is sent: the prompt and, on a repair, its previous answer with the gates' findings as JSON."""
    shape = "Answer with the whole file in exactly one fenced block, and nothing beside it."
    if not brief.findings:
        return f"{brief.prompt}\n{shape}"
    findings = [
        {"rule": f"{one.gate}/{one.rule}", "subject": one.subject, "wrong": one.message, "wanted": one.remedy}
        for one in brief.findings
    ]
    previous = ["Your previous answer was:", "~~~~", brief.previous.rstrip("\n"), "~~~~"] if brief.previous else []
    told = json.dumps(findings, ensure_ascii=False, indent=1)
    return "\n".join([brief.prompt, *previous, "It was refused. Findings:", told, f"Mend every finding. {shape}"])


def _dockerfile(facts: DockerfileFacts) -> str:
    user = facts.user
    environment = " ".join(f"{name}={value}" for name, value in facts.environment.items())
    stages = (
        f"Stage {number} ({stage.name}): FROM {stage.base}, {', '.join(stage.does)}."
        for number, stage in enumerate(facts.stages, start=1)
    )
    return "\n".join(
        [
            f"Create a multi-stage Dockerfile for {facts.title}.",
            f"Source directory: {facts.source}. Entry point: {facts.entry_point}.",
            *stages,
            f"Create non-root user {user.name} (uid {user.uid}) with group {user.group} (gid {user.gid}). "
            f"Switch to it by number: USER {user.uid}:{user.gid}.",
            f"EXPOSE {facts.port}."
            + (f" ENV {environment}." if environment else "")
            + f" CMD: {' '.join(facts.command)} (exec form).",
            "No secret in any layer, no download piped into a shell. Answer with exactly one fenced file.",
        ]
    )


def _deployment(facts: DeploymentFacts, artefact: str) -> str:
    source, name = next(iter(facts.env_from.items()))
    kind = {"secretRef": "Secret", "configMapRef": "ConfigMap"}[source]
    requests, limits = facts.resources["requests"], facts.resources["limits"]
    return "\n".join(
        [
            f"Create a Kubernetes Deployment named {facts.name} ({facts.api_version}), without a namespace.",
            f"spec.replicas: {facts.replicas}. Container image: {facts.image}, "
            f"imagePullPolicy: {facts.image_pull_policy}, containerPort: {facts.container_port}, protocol TCP.",
            f"Inject all keys from {kind} named {name} as env vars using envFrom {source}.",
            f"Add resource requests {_pairs(requests)} and limits {_pairs(limits)}.",
            f"Add livenessProbe {_probe(facts.liveness_probe)}.",
            f"Add readinessProbe {_probe(facts.readiness_probe)}.",
            f"Run as user {facts.run_as['user']} group {facts.run_as['group']}, runAsNonRoot, seccomp RuntimeDefault, "
            "read-only root file system, no privilege escalation, drop ALL capabilities, no service account token.",
            f"Mount an emptyDir at {', '.join(facts.writable)}. preStop exec {list(facts.drain['command'])}, "
            f"terminationGracePeriodSeconds {facts.drain['grace_seconds']}.",
            f"Labels: {_pairs(facts.labels)}. It will be saved to {artefact}: answer with exactly one YAML document.",
        ]
    )


def _service(facts: ServiceFacts, artefact: str) -> str:
    node_port = f" nodePort: {facts.node_port}" if facts.node_port else ""
    return "\n".join(
        [
            f"Create a Kubernetes Service named {facts.name}, type {facts.type}, without a namespace.",
            f"selector: {_pairs(facts.selector)}. port: {facts.port} targetPort: {facts.target_port}{node_port}, "
            "protocol TCP.",
            f"It will be saved to {artefact}: answer with exactly one YAML document.",
        ]
    )


def _config_map(facts: ConfigMapFacts, artefact: str) -> str:
    return "\n".join(
        [
            f"Create a Kubernetes ConfigMap named {facts.name}, without a namespace.",
            f"data: {_pairs(facts.data)}.",
            f"It will be saved to {artefact}: answer with exactly one YAML document.",
        ]
    )


def _probe(probe: Probe) -> str:
    return (
        f"httpGet path={probe.path} port={probe.port} "
        f"initialDelaySeconds={probe.initial_delay_seconds} periodSeconds={probe.period_seconds}"
    )


def _pairs(mapping: Mapping[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in mapping.items())
