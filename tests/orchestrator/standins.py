"""Executables that behave as a real program does, for tests: put on the PATH of a Door, never patched in."""

import shutil
from pathlib import Path

from orchestrator.process import Door
from orchestrator.redaction import Redactor

ROOT = Path(__file__).resolve().parents[2]
RUNNING = '{"Host":"Running","Kubelet":"Running","APIServer":"Running"}'


def stand_in(folder: Path, name: str, script: str) -> Path:
    """An executable bash script called `name` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/bash\n{script}\n")
    path.chmod(0o755)
    return path


def door(root: Path, *, programs: Path | None = None) -> Door:
    """A door whose PATH begins with `programs`."""
    path = f"{programs}:/usr/bin:/bin" if programs else "/usr/bin:/bin"
    return Door(root, Redactor(), environment={"PATH": path}, running=root / "running")


def bare_tree(root: Path) -> None:
    """Contracts, chart and next to no sources in `root`; its `plain` is a PATH of a shell and little else."""
    for part in ("specs", "charts"):
        shutil.copytree(ROOT / part, root / part)
    (root / "frontend").mkdir()
    (root / "frontend" / "next.config.ts").write_text("export default { output: 'standalone' };\n")
    (root / "backend").mkdir()
    (root / "plain").mkdir()
    for name in ("bash", "cat", "echo", "sleep", "printf"):
        if found := shutil.which(name):
            (root / "plain" / name).symlink_to(found)


def cluster_stands(tree: Path) -> None:
    """minikube, kubectl and docker that answer as a running, empty cluster's do."""
    stand_in(
        tree / "bin", "minikube",
        f"""case "$*" in *status*) echo '{RUNNING}';; *docker-env*) echo DOCKER_HOST=unix:///none;; esac""",
    )  # fmt: skip
    stand_in(
        tree / "bin",
        "kubectl",
        'case "$*" in *version*) echo "{}";; *"get secret"*) ;; *" json"*) echo \'{"items": []}\';; esac',
    )
    stand_in(
        tree / "bin",
        "docker",
        'case "$1" in ps) echo k8s_coredns_x;; build) sleep 2; echo "no space left on device" >&2; exit 1;; *) exit 1;; esac',  # noqa: E501
    )
    stand_in(tree / "bin", "helm", 'echo "1 chart(s) linted, 0 chart(s) failed"')
