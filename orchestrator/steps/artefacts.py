"""T007, T010, T011, T015, T016 to T021: an agent proposes each artefact, a gate judges it, only then is it written."""

from collections.abc import Mapping
from pathlib import Path

from orchestrator.agents.base import Agent, Brief, Kind, Outcome
from orchestrator.agents.prompts import render
from orchestrator.artefacts import parameterise
from orchestrator.audit import Entry, digest
from orchestrator.content import file_digest
from orchestrator.contracts import FOLDER, Contract
from orchestrator.errors import RejectedError
from orchestrator.gates import proposal
from orchestrator.gates.findings import Finding, errors
from orchestrator.graph.step import Done, Say, Step
from orchestrator.run import Run

ATTEMPTS = 3


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

    return Step(
        name=contract.name,
        tasks=(contract.task, contract.logged_by),
        title=Path(contract.artefact).name,
        needs=("audit-log", "chart-skeleton") if contract.format == "manifest" else ("audit-log",),
        inputs=inputs,
        preview=lambda run: (f"ask {run.agents[contract.role].name}: {render(contract)}", f"write {contract.artefact}"),
        act=lambda run, say: _make(contract, run, say),
        stale=stale,
        gate="every fact of the contract, and nothing that is forbidden",
    )


def _make(contract: Contract, run: Run, say: Say) -> Done:
    agent = run.agents[contract.role]
    text = _accepted(contract, run, agent, say)
    if text is None:
        text = _accepted(contract, run, run.agents["fallback"], say)
    if text is None:
        raise RejectedError(
            f"no agent made an acceptable {contract.artefact}.", remedy="See the gate's findings: ./todo deploy audit"
        )
    made = file_digest(run.root / contract.artefact)
    return Done(f"{contract.artefact} written", {"digest": made})


def _accepted(contract: Contract, run: Run, agent: Agent, say: Say) -> str | None:
    """Ask, with the gate's findings, until it accepts: at most ATTEMPTS times, or until an answer comes twice."""
    findings: tuple[Finding, ...] = ()
    previous: str | None = None
    for attempt in range(1, ATTEMPTS + 1):
        say(f"{agent.name} proposes" + (f" (attempt {attempt})" if attempt > 1 else ""))
        outcome = agent.propose(Brief(render(contract), contract, findings, previous))
        findings = errors(proposal.judge(outcome.text, contract)) if outcome.kind is Kind.PROPOSAL else ()
        if outcome.kind is Kind.PROPOSAL and not findings:
            final = _final(contract, outcome.text)
            _write(run, run.root / contract.artefact, final)
            _log(run, contract, agent, outcome=outcome, findings=findings, final=final)
            return final
        _log(run, contract, agent, outcome=outcome, findings=findings, final=None)
        if outcome.kind is not Kind.PROPOSAL or outcome.text == previous:
            return None
        previous = outcome.text
    return None


def _final(contract: Contract, text: str) -> str:
    """A Dockerfile as proposed; a manifest as a chart template, its checked facts made parameters."""
    return parameterise.template(text, contract) if contract.format == "manifest" else text


def _write(run: Run, path: Path, text: str) -> None:
    """Write atomically; a file that someone changed is kept aside before it is replaced."""
    if path.exists():
        before = path.read_bytes()
        if before == text.encode():
            return
        aside = run.options.home / "replaced" / f"{path.name}.{digest(before)[:8]}"
        aside.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(before)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _log(
    run: Run, contract: Contract, agent: Agent, *, outcome: Outcome, findings: tuple[Finding, ...], final: str | None
) -> None:
    name = Path(contract.artefact).name
    if final is not None:
        result = f"{name} generated, {proposal.summary(contract)}"
    elif outcome.kind is Kind.PROPOSAL:
        result = f"{name} rejected: {findings[0]}"
    else:
        result = f"{name} not made: {outcome.kind.value}{': ' + outcome.detail if outcome.detail else ''}"
    run.audit.append(
        Entry(
            agent.tag,
            (contract.task, contract.logged_by),
            render(contract),
            result,
            passed=final is not None,
            artefact=contract.artefact,
            artefact_digest=digest(final) if final is not None else None,
            agent_version=agent.probe() or "",
            seconds=outcome.seconds,
            findings=tuple(str(finding) for finding in findings),
            details={"proposal_digest": digest(outcome.text)} if outcome.text else {},
        )
    )
