"""`./todo deploy backup` and `restore`: the release's database to a file of this machine, and back."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestrator.audit import Entry
from orchestrator.commands.operate import ready_run
from orchestrator.errors import BackupFailedError, DeployError, ReleaseFailedError
from orchestrator.graph.lock import held
from orchestrator.interrupts import as_interrupts, shielded
from orchestrator.options import BACKEND, RELEASE, Options
from orchestrator.release import backup_pod
from orchestrator.run import Run

Say = Callable[[str], None]
_OCCUPIED, _NO_TABLES = 31, 35  # backend/backup/errors.py


@dataclass(frozen=True)
class Held:
    """A backup on this machine: where, and what it says of itself."""

    path: Path
    told: dict[str, Any]

    @property
    def rows(self) -> int:
        """How many rows there are in all its tables."""
        return sum(int(table["rows"]) for table in self.told["manifest"]["tables"])

    @property
    def journal(self) -> str:
        """The digest of the journal."""
        return str(self.told["seal"]["journal"])

    def __str__(self) -> str:
        counts = {table["name"]: table["rows"] for table in self.told["manifest"]["tables"]}
        return (
            f"{counts.get('task', 0)} tasks of {counts.get('user', 0)} users, as of {self.told['manifest']['made_at']}"
        )

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {"file": str(self.path), **self.told}


@dataclass(frozen=True)
class Restored:
    """What was restored, and the backup of what was there before, if there was anything."""

    backup: Held
    kept: Held | None

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {"restored": self.backup.as_dict(), "kept": str(self.kept.path) if self.kept else None}


def default_file(options: Options, kind: str) -> Path:
    """A new name in the data folder of the checkout, which no commit takes."""
    return options.root / ".todo" / "backups" / f"{kind}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.jsonl.gz"


def backup(options: Options, say: Say, file: Path | None) -> Held:
    """Back the release's database up into a new file, while it serves.

    Raises BackupFailedError, with the exit code of its kind; then there is no file.
    """
    with held(options.home / "lock", doing="backup"), as_interrupts():
        run = ready_run(options, locked=True)
        with backup_pod.pod(run, backup_pod.backend_of(run)):
            return _fetch(run, file or default_file(options, "release"), say)


def restore(options: Options, say: Say, file: Path, *, replace: bool) -> Restored:
    """Put a backup in the place of the release's database: the backend is stopped, and started again whatever happens.

    What is there is backed up to this machine first. Raises BackupFailedError: the file is no good, or rows are there
    and `replace` was not said; then nothing was changed.
    """
    with held(options.home / "lock", doing="restore"), as_interrupts():
        run = ready_run(options, locked=True)
        say("checking the backup")
        wanted = Held(file, _check(run, file))
        backend = backup_pod.backend_of(run)
        with backup_pod.pod(run, backend):
            kept = _keep(run, default_file(options, "before-restore"), say, replace=replace)
            with _stopped(run, copies(run, backend), say):
                say("restoring")
                with file.open("rb") as source:
                    done = backup_pod.call(run, "restore", "-", "--replace", "--discard", source=source)
        _log(run, f"restore {file.name}", f"Restored {wanted}, journal {wanted.journal[:12]}", seconds=done.seconds)
    return Restored(wanted, kept)


def _fetch(run: Run, path: Path, say: Say) -> Held:
    """The backup, streamed into a file beside its place, checked there, and renamed."""
    if path.exists():
        raise BackupFailedError(f"{path} exists already.", exit_code=_OCCUPIED, remedy="Choose another name.")
    say("backing up")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # made with mode 600
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as sink:
            done = backup_pod.call(run, "create", "-", sink=sink)
            os.fsync(sink.fileno())
        told = _check(run, fresh)
        fresh.rename(path)
    finally:
        fresh.unlink(missing_ok=True)
    made = Held(path, told)
    _log(run, f"backup {path.name}", f"Backed up {made}, journal {made.journal[:12]}", seconds=done.seconds)
    return made


def _check(run: Run, path: Path) -> dict[str, Any]:
    """What a backup says of itself, once it is read whole by this checkout's own backend."""
    argv = [sys.executable, "-m", "backend.backup", "check", str(path.resolve())]
    done = backup_pod.judged(run, run.door.run(argv, limit=backup_pod.LONGEST, check=False))
    told: dict[str, Any] = json.loads(done.out)
    return told


def _keep(run: Run, path: Path, say: Say, *, replace: bool) -> Held | None:
    """A backup of what is there, if that is anything. Raises BackupFailedError if that may not go."""
    try:
        there = _fetch(run, path, say)
    except BackupFailedError as error:
        if error.exit_code == _NO_TABLES and "no tables" in error.message:
            return None
        raise
    if there.rows and replace:
        return there
    path.unlink()
    if there.rows:
        raise BackupFailedError(
            f"the release holds {there}; nothing was changed.",
            exit_code=_OCCUPIED,
            remedy="Say --replace to replace it.",
        )
    return None


def copies(run: Run, backend: Any) -> int:
    """How many backend pods there are to be: the chart's own number where a killed restore has left none."""
    now = int(backend["spec"].get("replicas", 1))
    if now:
        return now
    argv = run.target.cluster.helm("get", "values", RELEASE, "--all", "--output", "json")
    return int(json.loads(run.door.run(argv, limit=60).out)["backend"]["replicas"])


@contextmanager
def _stopped(run: Run, replicas: int, say: Say) -> Iterator[None]:
    """No backend pod while in the block; as many as before afterwards, however it ends."""
    kubectl = run.target.cluster.kubectl
    say("stopping the backend")
    run.door.run(_scale(run, 0), limit=30)
    try:
        gone = kubectl("wait", "--for=delete", "pod", "--selector", f"app={BACKEND}", "--timeout=120s")
        done = run.door.run(gone, limit=130, check=False)
        if not done.ok and "no matching resources" not in done.err:
            raise ReleaseFailedError("the backend's pods did not end; nothing was restored.", remedy="Run it again.")
        yield
    finally:
        with shielded():
            run.door.run(_scale(run, replicas), limit=30)
    say("starting the backend")
    started = kubectl("rollout", "status", f"deployment/{BACKEND}", f"--timeout={run.options.wait:g}s")
    try:
        run.door.run(started, limit=run.options.wait + 10)
    except DeployError as error:
        told = "the backup was restored, but the backend is not ready again."
        raise ReleaseFailedError(told, remedy="See ./todo deploy verify.") from error


def _scale(run: Run, replicas: int) -> list[str]:
    return run.target.cluster.kubectl("scale", f"deployment/{BACKEND}", f"--replicas={replicas}")


def _log(run: Run, what: str, result: str, *, seconds: float) -> None:
    run.audit.append(Entry("KUBECTL", (), f"./todo deploy {what}", result, seconds=seconds))
