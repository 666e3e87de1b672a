"""The gate of every proposal: the parsed text against its contract's facts."""

from orchestrator.contracts import Contract, DockerfileFacts
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
