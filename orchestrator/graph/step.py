"""A step of the plan: what it needs, what it depends on, what it would run, and what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from orchestrator.run import Run

Say = Callable[[str], None]
"""Reports what a step is doing right now, in a few words."""


@dataclass(frozen=True)
class Done:
    """How a step ended well: one sentence, and values that later steps or a later run use (never secret)."""

    summary: str
    outputs: Mapping[str, str] = field(default_factory=dict)


def _always_holds(run: Run, outputs: Mapping[str, str]) -> str | None:
    del run, outputs
    return None


@dataclass(frozen=True)
class Step:
    """One node of the graph.

    `inputs` gives a digest (or a short text) for each thing that the result depends on: the step is skipped when all
    are as recorded and `stale` has nothing to say. `stale` looks whether the recorded result still stands in the
    world (an image in the engine, a release in the cluster) and tells in a few words why it does not.
    `preview` lists the commands and prompts that `act` would use, secrets never among them. `act` does the work and
    ends in its gate: it returns only if the gate passed, and raises a DeployError otherwise. `role` names the agent's
    role that it asks, if any.
    """

    name: str
    tasks: tuple[str, ...]
    title: str
    needs: tuple[str, ...]
    inputs: Callable[[Run], Mapping[str, str]]
    preview: Callable[[Run], tuple[str, ...]]
    act: Callable[[Run, Say], Done]
    stale: Callable[[Run, Mapping[str, str]], str | None] = _always_holds
    gate: str = ""
    role: str = ""
