"""Whether a step has to run, and why: pure but for the step's own looks at the world."""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.graph.state import Memory, State
from orchestrator.graph.step import Step
from orchestrator.run import Run


@dataclass(frozen=True)
class Decision:
    """`why` is empty when the step's recorded result still holds."""

    step: Step
    inputs: Mapping[str, str]
    why: str
    memory: Memory | None

    @property
    def needed(self) -> bool:
        """Whether the step has to run."""
        return bool(self.why)


def decide(step: Step, run: Run, state: State) -> Decision:
    """Compare the step's inputs with those remembered, then ask the step whether its result still stands."""
    inputs = dict(step.inputs(run))
    memory = state.recall(step.name)
    if memory is None:
        return Decision(step, inputs, "never done here", None)
    if run.options.force:
        return Decision(step, inputs, "asked for by --force", memory)
    why = changed(memory.inputs, inputs) or step.stale(run, memory.outputs) or ""
    return Decision(step, inputs, why, memory)


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Which inputs differ, in words; empty if none."""
    names = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    return f"changed: {', '.join(names)}" if names else ""
