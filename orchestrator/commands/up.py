"""`./todo deploy up`: run the plan under the lock."""

from orchestrator.commands.session import open_run
from orchestrator.graph.lock import held
from orchestrator.graph.runner import Result, execute
from orchestrator.graph.state import State
from orchestrator.interrupts import as_interrupts
from orchestrator.options import Options
from orchestrator.process import end_leftovers
from orchestrator.progress.events import Reporter
from orchestrator.steps.plan import steps


def up(options: Options, reporter: Reporter) -> Result:
    """Run every step that is due. Raises the first failure; everything done before it is kept for the next run."""
    with held(options.home / "lock", doing="up"), as_interrupts():
        for program in end_leftovers(options.home / "running"):
            reporter.note(f"ended a {program} that an interrupted run had left")
        state = State.load(options.home / "state.json", options.place)
        if state.warning:
            reporter.note(state.warning)
        run = open_run(options, locked=True)
        result = execute(steps(options.root), run, state, reporter)
    if result.failed:
        raise result.failed[1]
    return result
