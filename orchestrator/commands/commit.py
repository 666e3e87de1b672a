"""`./todo deploy commit` (T037): stage and commit the artefacts, and nothing else, by the person's word."""

from pathlib import Path

from orchestrator import audit_check
from orchestrator.audit import LOG, TWIN
from orchestrator.commands.session import open_run
from orchestrator.errors import AuditBrokenError, EnvironmentMissingError
from orchestrator.options import Options

PATHS = ("Dockerfile.backend", "Dockerfile.frontend", "charts", LOG, TWIN, "specs/014-cloud-native-deployment")


def changed(options: Options) -> tuple[str, ...]:
    """The artefacts that differ from the last commit, as `git status` names them."""
    run = open_run(options)
    inside = run.door.run(["git", "rev-parse", "--is-inside-work-tree"], limit=10, check=False)
    if not inside.ok:
        raise EnvironmentMissingError(f"{options.root.name} is no git work tree.", remedy="git init, then run again.")
    told = run.door.run(
        ["git", "status", "--porcelain", "--untracked-files=all", "--", *_present(options)], limit=30
    ).out
    return tuple(line[3:] for line in told.splitlines())


def commit(options: Options, *, message: str) -> str:
    """Commit the changed artefacts; the new commit's short id. Raises AuditBrokenError if the log does not hold."""
    report = audit_check.check(options.root)
    if not report.ok:
        raise AuditBrokenError(f"the audit log: {report.faults[0]}.", remedy="See ./todo deploy audit")
    run = open_run(options)
    paths = _present(options)
    run.door.run(["git", "add", "--", *paths], limit=60)
    run.door.run(["git", "commit", "--quiet", "--message", message, "--", *paths], limit=120)
    return run.door.run(["git", "rev-parse", "--short", "HEAD"], limit=10).out.strip()


def _present(options: Options) -> list[str]:
    return [path for path in PATHS if Path(options.root, path).exists()]
