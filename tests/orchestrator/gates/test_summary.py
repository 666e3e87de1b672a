"""What the audit log says of an artefact is read from the artefact."""

from pathlib import Path

import pytest

from orchestrator import contracts
from orchestrator.artefacts import render
from orchestrator.gates.summary import dockerfile, summary

ROOT = Path(__file__).resolve().parents[3]
TOLD = {
    "backend-dockerfile": "2-stage build, python:3.11-slim, non-root appuser (1000:1000)",
    "frontend-dockerfile": "4-stage build, scratch, non-root nextjs (1001:1001)",
    "backend-deployment": "2 replicas, envFrom secret, probes added",
    "frontend-deployment": "2 replicas, envFrom configmap, probes added",
    "backend-service": "ClusterIP port 8000",
    "frontend-service": "NodePort 30080",
    "configmap": "NEXT_PUBLIC_API_URL set",
}


@pytest.mark.parametrize("contract", contracts.load(ROOT), ids=lambda contract: contract.name)
def test_the_built_in_engines_artefacts(contract: contracts.Contract) -> None:
    assert summary(render.artefact(contract), contract) == TOLD[contract.name]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("FROM a:1 AS x\nRUN true\nFROM x\nUSER 7:8\n", "2-stage build, a:1, non-root user (7:8)"),
        ("FROM a:1\n", "1-stage build, a:1, as root"),
        ("FROM a:1\nUSER 0\n", "1-stage build, a:1, as root"),
        ("FROM a\nRUN adduser -S -u 9 worker && true\nUSER 9\n", "1-stage build, a, non-root worker (9)"),
        ("FROM a\nRUN useradd --uid 9 --system worker\nUSER 9\n", "1-stage build, a, non-root worker (9)"),
    ],
)
def test_other_dockerfiles_say_what_they_hold(text: str, told: str) -> None:
    assert dockerfile(text) == told


def test_a_changed_manifest_changes_its_words() -> None:
    contract = next(one for one in contracts.load(ROOT) if one.name == "backend-deployment")
    text = render.artefact(contract).replace("replicas: 2", "replicas: 5").replace("secretRef", "configMapRef")
    assert summary(text, contract) == "5 replicas, envFrom configmap, probes added"
