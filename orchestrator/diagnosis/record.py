"""T029: the diagnosis in the audit log."""

from orchestrator.audit import Entry
from orchestrator.diagnosis.diagnose import Diagnosis
from orchestrator.run import Run


def prompt(run: Run) -> str:
    """T028's question."""
    return (
        f"Analyze the health of all pods in the {run.target.cluster.namespace} namespace. "
        "Check for any pods in CrashLoopBackOff, OOMKilled, Pending, or ImagePullBackOff state. "
        "Report the status of todo-backend and todo-frontend pods specifically."
    )


def record(run: Run, found: Diagnosis) -> None:
    """T029's entry: the diagnosis is the built-in engine's work and is tagged so."""
    told = tuple(f"{sign} [{sign.remedy}]" for sign in found.signs)
    entry = Entry(
        "BUILTIN", ("T028", "T029"), prompt(run), found.summary,
        passed=not found.errors, seconds=found.seconds, findings=told,
    )  # fmt: skip
    run.audit.append(entry)
