"""T028, T030: what the health role's agent reads out of the cluster, told beside the tool's own findings."""

import time

from orchestrator.agents.base import Kind, Outcome, Reader
from orchestrator.audit import Entry, digest
from orchestrator.graph.step import Say
from orchestrator.run import Run

_SHOWN = 300  # characters of a reading on a line; the log has more
_LOGGED = 4000


def beside(run: Run, question: str, *, tasks: tuple[str, ...], say: Say) -> str:
    """Ask the agent and log its answer; a line to show, or nothing where the built-in engine alone plays the role.

    Whatever comes of it decides nothing: an agent that fails or errs changes no verdict.
    """
    agent = run.agents["health"]
    if not isinstance(agent, Reader):
        return ""
    say(f"{agent.name} reads the cluster")
    started = time.monotonic()
    outcome = agent.read(question)
    run.audit.append(
        Entry(
            agent.tag,
            tasks,
            question,
            _told(outcome)[:_LOGGED],
            passed=outcome.kind is Kind.PROPOSAL,
            agent_version=agent.presence.version or "",
            seconds=time.monotonic() - started,
            details={"proposal_digest": digest(outcome.text or outcome.answer), "outcome": outcome.kind.value},
        )
    )
    return f"{agent.name} reads: {' '.join(_told(outcome).split())[:_SHOWN]}"


def _told(outcome: Outcome) -> str:
    if outcome.kind is Kind.PROPOSAL:
        return outcome.text
    return f"no reading: {outcome.kind.value}{': ' + outcome.detail if outcome.detail else ''}"
