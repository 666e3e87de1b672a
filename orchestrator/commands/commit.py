"""`./todo deploy commit` (T037): stage and commit the artefacts, and nothing else, by the person's word."""

from pathlib import Path

from orchestrator import audit_check
from orchestrator.audit import TWIN
from orchestrator.chain.publication import PUBLISHED, publish
from orchestrator.commands.session import open_run
from orchestrator.errors import AuditBrokenError, EnvironmentMissingError
from orchestrator.options import Options
from orchestrator.sizing.applying.apply import publish as publish_sizes

PATHS = ("Dockerfile.backend", "Dockerfile.frontend", "charts", *PUBLISHED, "specs/014-cloud-native-deployment")


def changed(options: Options, *, sizes: bool = False) -> tuple[str, ...]:
    """Publish the record of this place's runs; the files that then differ from the last commit.

    With `sizes`, those that were measured here go into values.yaml first (`sizing.applying.apply.publish` says what it
    raises).
    """
    run = open_run(options)
    inside = run.door.run(["git", "rev-parse", "--is-inside-work-tree"], limit=10, check=False)
    if not inside.ok:
        raise EnvironmentMissingError(f"{options.root.name} is no git work tree.", remedy="git init, then run again.")
    demand_unbroken(options)
    if sizes:
        publish_sizes(run)
    publish(options)
    told = run.door.run(
        ["git", "status", "--porcelain", "--untracked-files=all", "--", *_present(options)], limit=30
    ).out
    return tuple(line[3:] for line in told.splitlines())


def commit(options: Options, *, message: str) -> str:
    """Commit the changed artefacts; the new commit's short id."""
    run = open_run(options)
    paths = _present(options)
    run.door.run(["git", "add", "--", *paths], limit=60)
    run.door.run(["git", "commit", "--quiet", "--message", message, "--", *paths], limit=120)
    return run.door.run(["git", "rev-parse", "--short", "HEAD"], limit=10).out.strip()


def demand_unbroken(options: Options) -> None:
    """Raise AuditBrokenError if the record of this place, or the published log where it has none, does not hold."""
    record = options.record if (options.record / TWIN).exists() else options.root
    report = audit_check.check(options.root, record)
    if not report.ok:
        raise AuditBrokenError(f"the audit log: {report.faults[0]}.", remedy="See ./todo deploy audit")


def _present(options: Options) -> list[str]:
    return [path for path in PATHS if Path(options.root, path).exists()]
