"""One run's shared parts, put together from the options."""

from orchestrator.agents import config
from orchestrator.agents.choose import choose
from orchestrator.agents.roster import roster
from orchestrator.audit import AuditLog
from orchestrator.options import Options
from orchestrator.process import Door
from orchestrator.run import Run
from orchestrator.targets.choose import target_of


def open_run(options: Options, *, locked: bool = False) -> Run:
    """The run; nothing is started, read or written yet.

    `locked`: the caller holds the lock, so running commands are noted for a next run to end if this one is killed.
    """
    caller = options.caller
    door = Door(
        options.root,
        caller.redactor,
        cancelled=caller.cancelled,
        running=options.home / "running" if locked else None,
    )
    target = target_of(options)
    settings = config.load(options.agent_file)
    agents = choose({**settings.roles, **options.agents}, lambda: roster(options, settings, door, target.cluster))
    return Run(options, door, AuditLog(options.record, caller.redactor, caller.tags, options.chain), target, agents)
