"""`open`, `logs` and `rollback` of a release that stands."""

import time
from collections.abc import Callable, Sequence

from orchestrator.commands.session import open_run
from orchestrator.commands.status import require_release
from orchestrator.errors import EnvironmentMissingError, ReleaseFailedError
from orchestrator.graph.lock import held
from orchestrator.graph.state import State
from orchestrator.options import Options
from orchestrator.release import helm, install, reach
from orchestrator.run import Run

Say = Callable[[str], None]
PARTS = ("backend", "frontend", "postgres")
_DAY = 24 * 3600.0


def ready_run(options: Options, *, locked: bool = False) -> Run:
    """A run whose target answers and holds a release. Raises EnvironmentMissingError otherwise."""
    run = open_run(options, locked=locked)
    run.door.environment = run.target.prepare(run.door, start=False)
    require_release(run)
    return run


def open_page(options: Options, show: Callable[[str], None], *, port: int) -> None:
    """Show a URL that answers. Over a port-forward, hold it until Ctrl-C."""
    run = ready_run(options)
    with reach.front_door(run, port=port, limit=_DAY, patience=5) as (url, forwarded):
        show(url)
        while forwarded:
            time.sleep(1)
            if not reach.answers(url):
                raise ReleaseFailedError("the port-forward ended.", remedy="Run ./todo deploy open again.")


def logs(options: Options, show: Callable[[str], None], *, part: str, lines: int, follow: bool) -> None:
    """Show the last lines of a part's pods, each with its pod's name; with `follow`, new ones until Ctrl-C."""
    run = ready_run(options)
    argv = run.target.cluster.kubectl(
        "logs", "--selector", f"app=todo-{part}", "--all-containers", "--prefix", "--tail", str(lines),
        *(["--follow", "--max-log-requests", "20"] if follow else []),
    )  # fmt: skip
    done = run.door.run(argv, limit=_DAY if follow else 60, on_line=show)
    if not done.out.strip():
        raise EnvironmentMissingError(f"no pod of {part} has written anything.", remedy="See ./todo deploy status.")


def rollback(options: Options, say: Say, *, revision: int | None) -> int:
    """Go back to `revision`, or to the last good one before the current; return where it went."""
    with held(options.home / "lock", doing="rollback"):
        run = ready_run(options, locked=True)
        revisions = helm.history(run.door, run.target.cluster)
        goal = goal_of(revisions, revision)
        install.back_to(run, goal, say, tasks=("T026",))
        State.load(options.home / "state.json", options.place).forget("release", "health", "access")
    return goal


def goal_of(revisions: Sequence[helm.Revision], revision: int | None) -> int:
    """`revision`, or the last good one before the current. Raises EnvironmentMissingError if it is not kept."""
    goal = revision or helm.last_good(revisions[:-1])
    if goal is None or goal not in [one.number for one in revisions]:
        known = ", ".join(str(one.number) for one in revisions)
        raise EnvironmentMissingError(f"there is no revision {goal or 'to go back to'} (kept: {known}).", remedy="")
    return goal
