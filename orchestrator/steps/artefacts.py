"""T007, T010, T011, T015, T016 to T021: an agent proposes each artefact, a gate judges it, only then is it written."""

from collections.abc import Mapping
from pathlib import Path

from orchestrator.agents.prompts import render
from orchestrator.audit import digest
from orchestrator.content import file_digest
from orchestrator.contracts import FOLDER, Contract
from orchestrator.graph.step import Done, Say, Step
from orchestrator.run import Run
from orchestrator.steps import attempts


def artefact(contract: Contract) -> Step:
    """The step that makes the contract's artefact."""

    def inputs(run: Run) -> Mapping[str, str]:
        agent = run.agents[contract.role]
        return {
            "contract": file_digest(run.root / FOLDER / contract.source),
            "prompt": digest(render(contract)),
            "agent": f"{agent.name} {agent.probe() or 'unavailable'}",
        }

    def stale(run: Run, outputs: Mapping[str, str]) -> str | None:
        now = file_digest(run.root / contract.artefact)
        return None if now == outputs.get("digest") else f"{contract.artefact} is not as it was written"

    def act(run: Run, say: Say) -> Done:
        attempts.make(contract, run, say)
        return Done(f"{contract.artefact} written", {"digest": file_digest(run.root / contract.artefact)})

    return Step(
        name=contract.name,
        tasks=(contract.task, contract.logged_by),
        title=Path(contract.artefact).name,
        needs=("audit-log", "chart-skeleton") if contract.format == "manifest" else ("audit-log",),
        inputs=inputs,
        preview=lambda run: (f"ask {run.agents[contract.role].name}: {render(contract)}", f"write {contract.artefact}"),
        act=act,
        stale=stale,
        gate="every fact of the contract, and nothing that is forbidden",
        role=contract.role,
    )
