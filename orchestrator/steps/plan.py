"""All steps, in an order that respects what each needs."""

from pathlib import Path

from orchestrator.contracts import Contract, load
from orchestrator.graph.step import Step
from orchestrator.steps import chart, images, release, secret, setup, verify
from orchestrator.steps.artefacts import artefact


def steps(root: Path) -> tuple[Step, ...]:
    """T001 to T036 as steps; T030 to T032 are `optimise`, T037 is `commit`: both are asked for by name."""
    contracts = load(root)
    dockerfiles = [contract for contract in contracts if contract.format == "dockerfile"]
    manifests = [contract for contract in contracts if contract.format == "manifest"]
    return (
        setup.audit_log(),
        setup.environment(),
        setup.chart_skeleton(),
        *_images(dockerfiles),
        *(artefact(contract) for contract in manifests),
        chart.values(),
        chart.lint(tuple(contract.name for contract in manifests)),
        secret.secret(),
        release.release(),
        verify.health(),
        verify.access(),
        verify.audit(),
    )


def _images(contracts: list[Contract]) -> tuple[Step, ...]:
    """The Dockerfiles first, then the images: a slow build keeps nothing else waiting."""
    return (
        *(artefact(contract) for contract in contracts),
        images.standalone(),
        *(images.image(contract) for contract in contracts),
    )
