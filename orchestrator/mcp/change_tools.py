"""Tools that change something: what each would do, for a person to approve, and doing it."""

from typing import Any

from pydantic import BaseModel

from orchestrator.audit import digest
from orchestrator.commands import operate
from orchestrator.commands.down import down as take_down
from orchestrator.commands.down import would_go
from orchestrator.commands.optimise import optimise as measure_and_size
from orchestrator.commands.plan import Planned
from orchestrator.commands.plan import plan as make_plan
from orchestrator.commands.up import up as run_up
from orchestrator.content import file_digest
from orchestrator.mcp import answers, arguments
from orchestrator.mcp.approval.intent import Intent
from orchestrator.mcp.progress import Progress
from orchestrator.options import CHART, Options
from orchestrator.release import helm
from orchestrator.release.sizes import sizes_name, sizes_path
from orchestrator.sizing.measuring.measure import Choices

_LONGEST = 200  # characters of a command that a person reads; the digest is of all of it


def intend_up(options: Options, given: arguments.Up) -> Intent:
    """The plan: bound to every step, command, prompt and input of it, and to the files that steer it."""
    planned = make_plan(options)
    lines = [line for one in planned if one.runs for line in _lines(one)]
    steering = (options.agent_file, *options.values)
    bound = {f"step {one.name}": digest(repr(sorted(one.as_dict().items()))) for one in planned}
    bound |= {path.name: file_digest(path) for path in steering}
    return _intent("up", options, given, lines, bound)


def _lines(one: Planned) -> list[str]:
    agent = f" ({one.agent})" if one.agent else ""
    commands = [command.splitlines()[0] for command in one.commands if command]
    return [f"{one.name}: {one.why}{agent}", *(f"  {_short(command)}" for command in commands)]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def up(options: Options, given: arguments.Up, progress: Progress) -> answers.ChangeAnswer:
    """Run the plan."""
    del given
    return answers.up(run_up(options, progress))


def intend_optimise(options: Options, given: arguments.Optimise) -> Intent:
    """What is done with whatever it measures: the sizes are not known before."""
    run = operate.ready_run(options)
    now = helm.history(run.door, run.target.cluster)[-1]
    lines = [
        f"put {given.rate:g} requests a second on revision {now.number} ({now.status}) for {given.duration:g} s",
        f"keep those requests and limits that are sure in {sizes_name(options)}; those of a values file of yours stay",
        "helm upgrade with them, measure again, and take them back if errors, restarts or latency got worse",
    ]
    return _intent("optimise", options, given, lines, {"revision": f"{now.number} {now.status}"})


def optimise(options: Options, given: arguments.Optimise, progress: Progress) -> answers.ChangeAnswer:
    """Measure, recommend and, unless it is a dry run, apply."""
    choices = Choices(given.duration, given.rate, given.settle, given.dry_run)
    found = measure_and_size(options, progress.say, choices=choices)
    return answers.ChangeAnswer(status="done", summary=found.why, details=found.as_dict())


def intend_rollback(options: Options, given: arguments.Rollback) -> Intent:
    """To which revision, from which."""
    run = operate.ready_run(options)
    revisions = helm.history(run.door, run.target.cluster)
    goal = operate.goal_of(revisions, given.revision)
    command = " ".join(helm.rollback_argv(run.target.cluster, goal, wait=options.wait))
    now = revisions[-1]
    lines = [f"from revision {now.number} ({now.status}) back to revision {goal}", command]
    return _intent("rollback", options, given, lines, {"goal": str(goal), "revision": f"{now.number} {now.status}"})


def rollback(options: Options, given: arguments.Rollback, progress: Progress) -> answers.ChangeAnswer:
    """Go back."""
    number = operate.rollback(options, progress.say, revision=given.revision)
    return answers.ChangeAnswer(
        status="done", summary=f"rolled back to revision {number}", details={"revision": number}
    )


def intend_down(options: Options, given: arguments.Down) -> Intent:
    """What would go and what would stay."""
    going = would_go(options, delete_data=given.delete_data)
    lines = [*(f"remove {one}" for one in going.removed), *(f"keep {one}" for one in going.kept)]
    return _intent("down", options, given, lines or ["nothing is there"], {})


def down(options: Options, given: arguments.Down, progress: Progress) -> answers.ChangeAnswer:
    """Take it away."""
    gone = take_down(options, progress.say, delete_data=given.delete_data)
    summary = f"removed: {', '.join(gone.removed) or 'nothing was there'}"
    return answers.ChangeAnswer(status="done", summary=summary, details={"kept": list(gone.kept)})


def _intent(tool: str, options: Options, given: BaseModel, lines: list[str], bound: dict[str, str]) -> Intent:
    """`bound` besides: the chart's values and the measured sizes, whose change meanwhile the release would carry."""
    told: dict[str, Any] = given.model_dump(exclude={"approval"}, exclude_none=True)
    files = (options.root / CHART / "values.yaml", sizes_path(options)) if tool in ("up", "optimise") else ()
    values = {path.name: file_digest(path) for path in files}
    mask = options.caller.redactor.mask
    return Intent(tool, options.place, told, tuple(mask(line) for line in lines), {**bound, **values})
