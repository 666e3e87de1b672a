"""The tests that need a Kubernetes cluster: brought up for them where its scripts are, and left as it was found."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cli.checks.plan import pytest_step
from cli.checks.steps import Step
from cli.environment import ROOT
from cli.exits import CommandError, Exit

SCRIPTS = ROOT.parent / "shared" / "cluster"
TESTS = ROOT / "tests" / "cluster"


def reason_not_to_run(*, scripts: Path = SCRIPTS, tests: Path = TESTS) -> str | None:
    """Why the cluster tests cannot run here, or None if they can."""
    if not (scripts / "up").is_file():
        return f"there are no cluster scripts ({scripts} is not there)"
    if not any(tests.glob("test_*.py")):
        return "there are no tests in tests/cluster"
    return None


@contextmanager
def running_cluster(*, scripts: Path = SCRIPTS) -> Iterator[Mapping[str, str]]:
    """Have the cluster up, with its base images; yields the environment that points at it."""
    was_running = is_running(scripts)
    try:
        for script in ("up", "base-images"):
            run_script(scripts / script)
        yield environment(scripts)
    finally:
        if not was_running:
            run_script(scripts / "down")


def let_pods_talk() -> None:
    """Docker drops all forwarded packets where it found forwarding off as it started: no pod could reach another."""
    subprocess.run(["iptables", "--policy", "FORWARD", "ACCEPT"], check=True)


def run_script(script: Path) -> None:
    """Run one of the cluster's scripts with its output passed through. Raises CommandError if it fails."""
    sys.stderr.write(f"  cluster: {script.name} …\n")
    sys.stderr.flush()
    if subprocess.run([str(script)], stdin=subprocess.DEVNULL, check=False).returncode != 0:
        raise CommandError(f"The cluster's `{script.name}` failed; what it said stands above.", code=Exit.FAILED)


def is_running(scripts: Path) -> bool:
    """Whether the cluster's API server answers."""
    probe = 'eval "$("$0/env")" && kubectl get --raw /readyz --request-timeout=5s'
    return subprocess.run(["bash", "-c", probe, str(scripts)], capture_output=True, check=False).returncode == 0


def environment(scripts: Path) -> Mapping[str, str]:
    """The variables as they are in a shell after the cluster's `env`."""
    printed = subprocess.run(
        ["bash", "-c", 'eval "$("$0/env")" && env -0', str(scripts)], capture_output=True, text=True, check=True
    ).stdout
    return dict(entry.split("=", 1) for entry in printed.split("\0") if "=" in entry)


def cluster_step(variables: Mapping[str, str], *, select: str | None) -> Step:
    chosen = ("-k", select) if select else ()
    step = pytest_step("cluster", ("tests/cluster", *chosen))
    return Step(name=step.name, command=step.command, environment=variables, is_pytest=True)
