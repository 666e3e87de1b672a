"""The gate of a manifest: exactly one document, every fact as it stands in the contract, and nothing beside them."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent

from orchestrator.contracts import ConfigMapFacts, DeploymentFacts, Facts, ServiceFacts
from orchestrator.gates.findings import Finding
from orchestrator.gates.manifest import allowed, deployment
from orchestrator.gates.manifest.compare import Told, differs


def judge(text: str, facts: Facts, subject: str) -> tuple[Finding, ...]:
    """Findings as data: the rule, the path and what stands there, and what has to."""
    try:
        documents = _documents(text)
    except (YAMLError, ValueError, RecursionError) as error:
        where = str(error).strip().splitlines()[0]
        return (Finding("manifest", "yaml", subject, f"It is not YAML: {where}.", "Answer with one YAML document."),)
    if len(documents) != 1 or not isinstance(documents[0], dict):
        message = f"It holds {len(documents)} documents; one was asked for."
        return (Finding("manifest", "one-document", subject, message, "Answer with that document alone."),)
    told = [*_head(documents[0], facts), *allowed.beyond(documents[0], facts), *_body(documents[0], facts)]
    return tuple(Finding("manifest", rule, subject, message, remedy) for rule, message, remedy in told)


def _documents(text: str) -> list[Any]:
    """All documents but empty ones. Aliases are refused: a few lines of them unfold to gigabytes."""
    if any(isinstance(event, AliasEvent) for event in YAML(typ="safe", pure=True).parse(io.StringIO(text))):
        raise ValueError("it uses aliases, write everything out")
    return [item for item in YAML(typ="safe", pure=True).load_all(io.StringIO(text)) if item is not None]


def _head(document: Mapping[str, Any], facts: Facts) -> Iterator[Told]:
    if not isinstance(facts, DeploymentFacts | ServiceFacts | ConfigMapFacts):
        raise TypeError(f"{type(facts).__name__} describes no manifest")
    yield from differs("kind", document, "kind", facts.kind)
    yield from differs("api-version", document, "apiVersion", facts.api_version)
    yield from differs("name", document, "metadata.name", facts.name)
    yield from differs("app-label", document, "metadata.labels.app", f"todo-{facts.component}")


def _body(document: Mapping[str, Any], facts: Facts) -> Iterator[Told]:
    if isinstance(facts, DeploymentFacts):
        yield from deployment.judge(document, facts)
    elif isinstance(facts, ServiceFacts):
        yield from _service(document, facts)
    elif isinstance(facts, ConfigMapFacts):
        yield from differs("data", document, "data", dict(facts.data))


def _service(document: Mapping[str, Any], facts: ServiceFacts) -> Iterator[Told]:
    yield from differs("type", document, "spec.type", facts.type)
    yield from differs("selector", document, "spec.selector", dict(facts.selector))
    yield from differs("one-port", document, "spec.ports.#", 1)
    yield from differs("port", document, "spec.ports.0.port", facts.port)
    yield from differs("target-port", document, "spec.ports.0.targetPort", facts.target_port)
    yield from differs("protocol", document, "spec.ports.0.protocol", "TCP")
    yield from differs("node-port", document, "spec.ports.0.nodePort", facts.node_port)
