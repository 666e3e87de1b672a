"""Asking an agent until its proposal is acceptable, every attempt logged; else the built-in engine, with the reason."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from orchestrator.agents.base import Agent, Brief, Kind, Outcome
from orchestrator.agents.prompts import render, request
from orchestrator.artefacts import parameterise
from orchestrator.artefacts.render import template_of
from orchestrator.audit import Entry, digest
from orchestrator.contracts import FOLDER, Contract
from orchestrator.errors import RejectedError
from orchestrator.gates import proposal
from orchestrator.gates.findings import Finding, errors
from orchestrator.gates.summary import summary
from orchestrator.graph.step import Say
from orchestrator.run import Run

ATTEMPTS = 3


@dataclass(frozen=True)
class GaveUp:
    """Why an agent is asked no further, in a few words."""

    agent: Agent
    why: str


def make(contract: Contract, run: Run, say: Say) -> None:
    """Write the contract's artefact from the first acceptable proposal: the role's agent's, else the built-in engine's.

    Raises RejectedError if there is none.
    """
    gave_up = _ask(contract, run, run.agents[contract.role], say, None)
    if gave_up is None:
        return
    say(f"{gave_up.agent.name}: {gave_up.why}")
    last = gave_up if gave_up.agent.name == "builtin" else _ask(contract, run, run.agents["fallback"], say, gave_up)
    if last is not None:
        raise RejectedError(
            f"no agent made an acceptable {contract.artefact}; {last.agent.name}: {last.why}.",
            remedy="See the gate's findings: ./todo deploy audit",
        )


def _ask(contract: Contract, run: Run, agent: Agent, say: Say, instead_of: GaveUp | None) -> GaveUp | None:
    """Ask, with the gates' findings, at most ATTEMPTS times or until an answer comes twice; None once written."""
    brief = Brief(render(contract), contract)
    before: str | None = None
    for attempt in range(1, ATTEMPTS + 1):
        say(f"{agent.name} proposes" + (f" (attempt {attempt})" if attempt > 1 else ""))
        outcome = _untouched(run.root / contract.artefact, agent, brief)
        accepted = outcome.kind is Kind.PROPOSAL
        findings = errors(proposal.judge(outcome.text, contract)) if accepted else outcome.findings
        final = _final(contract, outcome.text) if accepted and not findings else None
        if final is not None:
            _write(run, run.root / contract.artefact, final)
        _log(run, agent, brief, outcome=outcome, findings=findings, final=final, instead_of=instead_of)
        if final is not None:
            return None
        said = outcome.text or outcome.answer
        if not findings:
            return GaveUp(agent, f"{outcome.kind.value}{': ' + outcome.detail if outcome.detail else ''}")
        if said == before:
            return GaveUp(agent, f"the same refused answer twice ({findings[0]})")
        before, brief = said, replace(brief, findings=findings, previous=outcome.text or None)
    return GaveUp(agent, f"{ATTEMPTS} answers refused, the last: {findings[0]}")


def _untouched(path: Path, agent: Agent, brief: Brief) -> Outcome:
    """Its outcome; refused, and the file put back, if it wrote the artefact itself: only this tool writes."""
    before = path.read_bytes() if path.exists() else None
    started = time.monotonic()
    outcome = agent.propose(brief)
    outcome = replace(outcome, seconds=time.monotonic() - started)
    if (path.read_bytes() if path.exists() else None) == before:
        return outcome
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before)
    return Outcome(Kind.REFUSED, detail=f"it wrote {path.name} itself", answer=outcome.answer, seconds=outcome.seconds)


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
    run: Run,
    agent: Agent,
    brief: Brief,
    *,
    outcome: Outcome,
    findings: tuple[Finding, ...],
    final: str | None,
    instead_of: GaveUp | None,
) -> None:
    contract = brief.contract
    details = {"proposal_digest": digest(outcome.text or outcome.answer), "outcome": outcome.kind.value}
    if instead_of:
        details["instead_of"] = f"{instead_of.agent.name}: {instead_of.why}"
    run.audit.append(
        Entry(
            agent.tag,
            (contract.task, contract.logged_by),
            _asked(agent, brief),
            _result(contract, outcome, findings, accepted=final is not None, instead_of=instead_of),
            passed=final is not None,
            artefact=contract.artefact,
            artefact_digest=digest(final) if final is not None else None,
            agent_version=agent.probe() or "",
            seconds=outcome.seconds,
            findings=tuple(str(finding) for finding in findings),
            details=details,
        )
    )


def _asked(agent: Agent, brief: Brief) -> str:
    """What the agent was told; of the built-in engine, which reads no prompt, what it made the artefact from."""
    if agent.name == "builtin":
        return f"{brief.contract.artefact} from {FOLDER}/{brief.contract.source} by {template_of(brief.contract)}"
    return request(brief) if brief.findings else brief.prompt


def _result(
    contract: Contract, outcome: Outcome, findings: tuple[Finding, ...], *, accepted: bool, instead_of: GaveUp | None
) -> str:
    name = Path(contract.artefact).name
    if accepted:
        instead = f"; instead of {instead_of.agent.name}, {instead_of.why}" if instead_of else ""
        return f"{name} generated, {summary(outcome.text, contract)}{instead}"
    if outcome.kind is Kind.PROPOSAL:
        return f"{name} rejected: {findings[0]}"
    return f"{name} not made: {outcome.kind.value}{': ' + outcome.detail if outcome.detail else ''}"
