"""The gate of every proposal: the parsed text against its contract's facts."""

from orchestrator.contracts import Contract, DeploymentFacts, DockerfileFacts, ServiceFacts
from orchestrator.gates.dockerfile import facts as dockerfile
from orchestrator.gates.findings import Finding
from orchestrator.gates.manifest import document as manifest

LARGEST = 64 * 1024  # characters; the longest artefact of the seven has about 3,000


def judge(text: str, contract: Contract) -> tuple[Finding, ...]:
    """What is wrong with `text` as the contract's artefact; nothing if it may be used as it is."""
    if not text.strip():
        return (_whole("empty", contract, "The proposal is empty.", "Answer with the whole file."),)
    if len(text) > LARGEST:
        return (_whole("too-long", contract, f"The proposal is longer than {LARGEST} characters.", "Answer briefly."),)
    if isinstance(contract.facts, DockerfileFacts):
        return dockerfile.judge(text, contract.facts, contract.artefact)
    return manifest.judge(text, contract.facts, contract.artefact)


def _whole(rule: str, contract: Contract, message: str, remedy: str) -> Finding:
    return Finding("proposal", rule, contract.artefact, message, remedy)


def summary(contract: Contract) -> str:
    """What an accepted artefact holds, in the words of the audit entries of T010, T015 and T021."""
    facts = contract.facts
    if isinstance(facts, DockerfileFacts):
        return f"{len(facts.stages)}-stage build, {facts.stages[-1].base}, non-root {facts.user.name}"
    if isinstance(facts, DeploymentFacts):
        source = "secret" if "secretRef" in facts.env_from else "configmap"
        return f"{facts.replicas} replicas, envFrom {source}, probes added"
    if isinstance(facts, ServiceFacts):
        return f"{facts.type} port {facts.port}" if facts.node_port is None else f"{facts.type} {facts.node_port}"
    return f"{', '.join(facts.data)} set"
