"""T028, T029, T033, T034, T036: the pods judged, the release used through its front door, the log checked."""

import re
from collections.abc import Mapping
from pathlib import Path

from orchestrator import audit_check
from orchestrator.audit import Entry
from orchestrator.chain import anchor
from orchestrator.diagnosis.diagnose import diagnose
from orchestrator.diagnosis.record import prompt, record
from orchestrator.errors import AuditBrokenError, DeployError, ReleaseFailedError
from orchestrator.graph.step import Done, Say, Step
from orchestrator.release import reach
from orchestrator.release.use import DatabaseNotReadyError, use
from orchestrator.run import Run
from orchestrator.steps.health_role import beside

QUICKSTART = Path("specs/014-cloud-native-deployment/quickstart.md")
_PATIENCE = 30.0  # seconds that a release which just became ready gets to serve: migrations run beside it
_URL_LINE = re.compile(r"^([^\S\n]*URL: ).*$", re.MULTILINE)


def health() -> Step:
    """T028 and T029: the diagnosis finds no error; an agent's reading decides nothing."""

    def act(run: Run, say: Say) -> Done:
        reading = beside(run, prompt(run), tasks=("T028",), say=say)
        say("diagnosing the release")
        found = diagnose(run, say, patience=_PATIENCE)
        record(run, found)
        if found.errors:
            first = found.errors[0]
            raise ReleaseFailedError(f"the release is not healthy: {first}.", remedy=first.remedy)
        return Done(f"{found.summary}; {reading}" if reading else found.summary)

    return Step(
        name="health",
        tasks=("T028", "T029"),
        title="Pod health",
        needs=("release",),
        inputs=_revision,
        preview=lambda run: (f"read the release's objects and answer: {prompt(run)}",),
        act=act,
        gate="0 unhealthy pods",
        role="health",
    )


def _revision(run: Run) -> Mapping[str, str]:
    return {"revision": run.outputs.get("release", "revision")}


def access() -> Step:
    """T033 and T036: sign-up, a chat turn and a task through the NodePort; the address goes into the quickstart."""

    def act(run: Run, say: Say) -> Done:
        with reach.front_door(run) as (url, forwarded):
            try:
                seen = use(url, say)
            except DatabaseNotReadyError as error:
                raise ReleaseFailedError(f"{error.message} {_database_error(run)}", remedy=error.remedy) from error
        if not forwarded and run.audit.root == run.root:  # else `./todo deploy commit` publishes it
            write_address(run.root / QUICKSTART, url)
        through = "a port-forward" if forwarded else url
        result = f"{through}: {'; '.join(seen)}"
        run.audit.append(Entry("BUILTIN", ("T033", "T036"), "use the release through its front door", result))
        return Done(f"login page, sign-up, chat turn and task through {through}", {"url": "" if forwarded else url})

    return Step(
        name="access",
        tasks=("T033", "T036"),
        title="Use the release",
        needs=("health",),
        inputs=_revision,
        preview=lambda run: ("GET /, POST /api/auth/sign-up/email, /api/chat, GET /api/tasks through the NodePort",),
        act=act,
        stale=_unreachable,
        gate="each answers as a user needs it",
    )


def _database_error(run: Run) -> str:
    """What the backend last logged of its database, masked."""
    argv = run.target.cluster.kubectl("logs", "--selector", "app=todo-backend", "--tail", "400")
    answer = run.door.run(argv, limit=30, check=False)
    lines = [line for line in answer.out.splitlines() if "waiting for the database" in line]
    return run.door.redactor.mask(f"It says: {lines[-1]}" if lines else "Its log says nothing of it.")


def _unreachable(run: Run, outputs: Mapping[str, str]) -> str | None:
    url = outputs.get("url")
    return f"{url} does not answer" if url and not reach.answers(url) else None


def write_address(path: Path, url: str) -> None:
    """Put the URL into the quickstart's section 7. Raises DeployError if the section has no URL line."""
    text = path.read_text(encoding="utf-8")
    if not _URL_LINE.search(text):
        raise DeployError(
            f"{path.name} has no line 'URL: …' in its access section.", remedy=f"git checkout -- {path.name}"
        )
    changed = _URL_LINE.sub(lambda match: match.group(1) + url, text)
    if changed != text:
        path.write_text(changed, encoding="utf-8")


def audit() -> Step:
    """T034: the log is complete, unbroken, and speaks of the artefacts in the tree. Looked at in every run."""

    def act(run: Run, say: Say) -> Done:
        say("checking the audit log")
        report = audit_check.check(run.root, run.audit.root)
        if not report.ok:
            raise AuditBrokenError(f"the audit log: {report.faults[0]}.", remedy="See ./todo deploy audit")
        anchor.put(run)
        return Done(f"{report.records} entries, complete and unbroken")

    return Step(
        name="audit",
        tasks=("T034",),
        title="Audit log complete",
        needs=("access",),
        inputs=lambda run: {},
        preview=lambda run: ("check entries, hash chain and artefacts' digests",),
        act=act,
        stale=lambda run, outputs: "looked at in every run",
        gate="an entry for every task that needs one, no byte changed; its head kept in the release",
    )
