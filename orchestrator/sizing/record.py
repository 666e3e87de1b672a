"""T030 and T032: the second pass in the audit log."""

from collections.abc import Sequence

from orchestrator.audit import Entry
from orchestrator.run import Run
from orchestrator.sizing.applying.apply import words
from orchestrator.sizing.model import Advice, Measurement, shown


def prompt(run: Run) -> str:
    """T030's question."""
    return (
        "Analyze CPU and memory utilization for todo-frontend and todo-backend pods in the "
        f"{run.target.cluster.namespace} namespace. Based on observed usage, suggest optimized resource requests and "
        "limits. Report current usage vs configured limits for each pod."
    )


def measured(run: Run, advices: Sequence[Advice], found: Measurement) -> None:
    """T030's entry: what was used and what is recommended."""
    told = "; ".join(_line(one) for one in advices)
    result = f"{len(found.visits)} requests, {found.errors} failed; {told}; recommended: {words(advices)}"
    run.audit.append(Entry("BUILTIN", ("T030",), prompt(run), result, seconds=found.ended - found.began))


def concluded(run: Run, result: str, *, passed: bool = True) -> None:
    """T032's entry: what became of the recommendations."""
    asked = "Analyze CPU/memory and suggest optimized limits for todo-frontend and todo-backend"
    run.audit.append(Entry("BUILTIN", ("T030", "T032"), asked, result, passed=passed))


def _line(one: Advice) -> str:
    if one.cpu is None or one.memory is None:
        return f"{one.part}: no readings"
    cpu, memory = (shown("cpu", one.cpu.p95), shown("cpu", one.cpu.most)), one.memory
    mega = f"{memory.p95 / 2**20:.0f}Mi, peak {memory.most / 2**20:.0f}Mi"
    return f"{one.part}: CPU P95 {cpu[0]}, most {cpu[1]}, memory P95 {mega}"
