"""A pod of its own for a backup or a restore: the backend's image and Secret, and nothing that serves."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

from orchestrator.errors import BackupFailedError, CommandFailedError, ReleaseFailedError
from orchestrator.interrupts import shielded
from orchestrator.options import BACKEND, RELEASE
from orchestrator.process import Completed
from orchestrator.release.snapshot import Object
from orchestrator.run import Run

POD = "todo-backup-by-hand"
LONGEST = 3600.0  # seconds of a backup or a restore; the pod ends itself then
_READY = 180.0
_LABELS = {"app": "todo-backup", "app.kubernetes.io/instance": RELEASE, "app.kubernetes.io/component": "backup"}
_KEPT = ("image", "imagePullPolicy", "envFrom", "securityContext")
_OWN_CODES = range(30, 36)  # backend/backup/errors.py


def backend_of(run: Run) -> Object:
    """The backend's Deployment. Raises ReleaseFailedError if there is none."""
    argv = run.target.cluster.kubectl("get", "deployment", BACKEND, "--ignore-not-found", "--output", "json")
    told = run.door.run(argv, limit=30).out
    if not told.strip():
        raise ReleaseFailedError(f"there is no Deployment {BACKEND}.", remedy="Deploy first: ./todo deploy")
    found: Object = json.loads(told)
    return found


def manifest(backend: Object) -> dict[str, Any]:
    """The pod, hardened as the backend's own are; it waits to be told what to do."""
    spec: Mapping[str, Any] = backend["spec"]["template"]["spec"]
    container = next(one for one in spec["containers"] if one["name"] == "backend")
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": POD, "labels": _LABELS},
        "spec": {
            "restartPolicy": "Never",
            "activeDeadlineSeconds": int(LONGEST),
            "terminationGracePeriodSeconds": 1,
            "automountServiceAccountToken": False,
            **{name: spec[name] for name in ("securityContext", "imagePullSecrets") if name in spec},
            "containers": [
                {
                    **{name: container[name] for name in _KEPT if name in container},
                    "name": "backup",
                    "command": ["python", "-c", f"import time; time.sleep({LONGEST:g})"],
                    "resources": {
                        "requests": {"cpu": "50m", "memory": "128Mi"},
                        "limits": {"cpu": "1", "memory": "512Mi"},
                    },
                    "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],  # noqa: S108 - in the pod
                }
            ],
            "volumes": [{"name": "tmp", "emptyDir": {}}],
        },
    }


def exec_argv(run: Run, *words: str) -> list[str]:
    """`python -m backend.backup` with these words in the pod, its standard input open."""
    return run.target.cluster.kubectl("exec", "--stdin", POD, "--", "python", "-m", "backend.backup", *words)


@contextmanager
def pod(run: Run, backend: Object) -> Iterator[None]:
    """The pod, ready while in the block and gone after it; one that a killed run left is replaced."""
    _remove(run, wait=True)
    text = json.dumps(manifest(backend))
    run.door.run(run.target.cluster.kubectl("create", "--filename", "-"), limit=30, text=text)
    try:
        ready = run.target.cluster.kubectl("wait", "--for=condition=Ready", f"pod/{POD}", f"--timeout={_READY:g}s")
        run.door.run(ready, limit=_READY + 10)
        yield
    finally:
        with shielded():
            _remove(run, wait=False)


def call(run: Run, *words: str, source: BinaryIO | None = None, sink: BinaryIO | None = None) -> Completed:
    """Run `python -m backend.backup` in the pod. Raises BackupFailedError with its own sentence and exit code."""
    done = run.door.run(exec_argv(run, *words), limit=LONGEST, check=False, source=source, sink=sink)
    return judged(run, done)


def judged(run: Run, done: Completed) -> Completed:
    """The command that ended well; else what it said, as an error with its exit code."""
    if done.ok:
        return done
    lines = [line for line in done.err.splitlines() if line and not line.startswith("command terminated with")]
    told = run.door.redactor.mask(lines[-1] if lines else "it said nothing")
    if done.code in _OWN_CODES:
        raise BackupFailedError(told, exit_code=done.code)
    raise CommandFailedError(f"`{' '.join(done.argv)}` ended with code {done.code}: {told}", code=done.code, tail=told)


def _remove(run: Run, *, wait: bool) -> None:
    words = ("delete", "pod", POD, "--ignore-not-found", "--grace-period=1", f"--wait={str(wait).lower()}")
    run.door.run(run.target.cluster.kubectl(*words), limit=90)
