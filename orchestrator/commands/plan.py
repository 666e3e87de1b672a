"""`./todo deploy plan`: what `up` would do, and why. Nothing is touched."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from orchestrator.agents.choose import why as why_chosen
from orchestrator.commands.session import open_run
from orchestrator.errors import DeployError
from orchestrator.graph.decide import decide
from orchestrator.graph.state import State
from orchestrator.graph.step import Step
from orchestrator.options import Options
from orchestrator.run import Run
from orchestrator.steps.plan import steps


@dataclass(frozen=True)
class Planned:
    """One step of a plan. `runs` False: its recorded result holds. `why` says why it runs or may run.

    `agent`: who is asked, and why that one. `inputs`: a digest, or a short text, of each thing that
    the result depends on.
    """

    name: str
    title: str
    tasks: tuple[str, ...]
    needs: tuple[str, ...]
    runs: bool
    why: str
    commands: tuple[str, ...]
    gate: str
    agent: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)


def plan(options: Options) -> tuple[Planned, ...]:
    """Every step in order, judged against the recorded state and the world as it is. Only looks, never changes."""
    state = State.read_only(options.home / "state.json", options.place)
    run = open_run(options)
    planned: list[Planned] = []
    due: set[str] = set()
    for step in steps(options.root):
        one = _planned(step, run, state, due)
        if one.runs and step.name != "audit":
            due.add(step.name)
        planned.append(one)
    return tuple(planned)


def _planned(step: Step, run: Run, state: State, due: set[str]) -> Planned:
    inputs: Mapping[str, str] = {}
    try:
        decision = decide(step, run, state)
        why, inputs = decision.why, decision.inputs
        if not decision.needed and decision.memory:
            run.outputs.put(step.name, decision.memory.outputs)
    except DeployError as error:
        why = error.message
    after = [name for name in step.needs if name in due]
    why = why or (f"{', '.join(after)} may change what it depends on" if after else "")
    commands = tuple(run.door.redactor.mask(line) for line in step.preview(run))
    agent = f"{run.agents[step.role].name}: {why_chosen(run.agents, step.role)}" if step.role else ""
    return Planned(step.name, step.title, step.tasks, step.needs, bool(why), why, commands, step.gate, agent, inputs)
