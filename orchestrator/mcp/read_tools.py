"""Tools that only look. Each takes the run's options, its arguments, and what passes progress on."""

from orchestrator.commands import operate
from orchestrator.commands.audit import check
from orchestrator.commands.plan import plan as make_plan
from orchestrator.commands.status import status as look
from orchestrator.commands.verify import verify as diagnose
from orchestrator.mcp import answers, arguments
from orchestrator.mcp.progress import Progress
from orchestrator.options import Options

_LONGEST = 500  # characters of a log line


def plan(options: Options, given: arguments.Plan, progress: Progress) -> answers.PlanAnswer:
    """What `up` would do, and why."""
    del progress
    return answers.plan(make_plan(options), verbose=given.verbose)


def status(options: Options, given: arguments.Place, progress: Progress) -> answers.StatusAnswer:
    """Cluster, chart and log side by side."""
    del given, progress
    return answers.status(look(options))


def verify(options: Options, given: arguments.Verify, progress: Progress) -> answers.VerifyAnswer:
    """The diagnosis; it is logged."""
    return answers.verified(diagnose(options, progress.say, patience=given.settle))


def audit(options: Options, given: arguments.Audit, progress: Progress) -> answers.AuditAnswer:
    """Whether the log is complete and unbroken."""
    del progress
    return answers.audit(check(options), verbose=given.verbose)


def logs(options: Options, given: arguments.Logs, progress: Progress) -> answers.LogsAnswer:
    """The last lines of a part's pods."""
    del progress
    lines: list[str] = []
    operate.logs(options, lines.append, part=given.part, lines=given.lines, follow=False)
    return answers.LogsAnswer(part=given.part, lines=[line[:_LONGEST] for line in lines])
