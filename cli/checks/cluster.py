"""The tests that need a Kubernetes cluster: one that is named, or one brought up by scripts; left as it was found."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cli.checks import firewall
from cli.checks.ground import Ground, address_of, ground_of
from cli.checks.needs import supply
from cli.checks.plan import PYTHON, pytest_step
from cli.checks.runner import run_step
from cli.checks.steps import Need, Outcome, Step
from cli.environment import CHECKOV, ROOT, make_ready
from cli.exits import CommandError, Exit

SCRIPTS = ROOT.parent / "shared" / "cluster"
TESTS = ROOT / "tests" / "cluster"
CHART = "chart"  # needs helm, but no release
# Each has namespaces and node ports of its own. In this order: the last ones begin as others end.
LANES = ("release", "verify", "agents", "trouble", "backups")
AT_ONCE = 4  # with more, two cores leave the API server too little to answer in time


def reason_not_to_run(*, scripts: Path = SCRIPTS, tests: Path = TESTS) -> str | None:
    """Why the cluster tests cannot run here, or None if they can."""
    if not (scripts / "up").is_file():
        return f"there are no cluster scripts ({scripts} is not there); name a cluster of yours: --context NAME"
    if not any(tests.rglob("test_*.py")):
        return "there are no tests in tests/cluster"
    return None


def run_all(*, select: str | None) -> list[Outcome]:
    """Have a cluster and run the tests: most of the time of each folder is waiting for pods, so they run side by side.

    In a folder they run in order, in one process. The chart's need no image, and run while the base images are made.
    """
    with ThreadPoolExecutor() as beside:
        beside.submit(make_ready, CHECKOV)  # bringing a cluster up leaves time for it; the tests tell if it fails
        with running_cluster() as variables, ThreadPoolExecutor(AT_ONCE) as pool:
            running = [pool.submit(run_step, step(CHART, variables, select=select), missing={})]
            make_base_images()
            let_pods_talk()
            running += [pool.submit(run_step, step(lane, variables, select=select), missing={}) for lane in LANES]
            return [*(one.result() for one in running), *disasters(select=select)]


def run_on(context: str, *, registry: str | None, select: str | None) -> list[Outcome]:
    """The tests on a cluster that stands already, which is neither started nor stopped. Raises CommandError."""
    make_ready(CHECKOV)
    ground = ground_of(context, registry)
    sys.stderr.write(f"  cluster: {context}; images: {ground.images}\n")
    for lane, why in ground.skipped.items():
        sys.stderr.write(f"  cluster: {lane} is left out: {why}\n")
    variables = ground.variables(address_of(context))
    with firewall.kept(whole=False), ThreadPoolExecutor(AT_ONCE) as pool:
        running = [pool.submit(run_step, step(one, variables, select=select), missing={}) for one in lanes_of(ground)]
        return [one.result() for one in running]


def lanes_of(ground: Ground) -> tuple[str, ...]:
    """The folders that can run there."""
    return (CHART, *(lane for lane in LANES if lane not in ground.skipped))


def disasters(*, select: str | None) -> list[Outcome]:
    """The benchmark of disasters, last and alone, as it measures time; `-k` names tests only."""
    if select:
        return []
    command = (PYTHON, "todo", "bench", "disasters", "--rounds", "25")
    return [run_step(Step(name="disasters", command=command, needs=(Need.POSTGRES,)), missing=supply({Need.POSTGRES}))]


@contextmanager
def running_cluster(*, scripts: Path = SCRIPTS) -> Iterator[Mapping[str, str]]:
    """Have the cluster up; yields the environment that points at it."""
    was_running = is_running(scripts)
    with firewall.kept(whole=not was_running):
        try:
            run_script(scripts / "up")
            yield environment(scripts)
        finally:
            if not was_running:
                run_script(scripts / "down")


def make_base_images(*, scripts: Path = SCRIPTS) -> None:
    """Have the images that the Dockerfiles build upon in the cluster's engine."""
    run_script(scripts / "base-images")


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


def step(folder: str, variables: Mapping[str, str], *, select: str | None) -> Step:
    """The tests of one folder of tests/cluster, in the cluster's environment."""
    chosen = ("-k", select) if select else ()
    cache = f"cache_dir=.pytest_cache/{folder}"  # side by side, two would write one file
    tests = pytest_step(f"cluster: {folder}", (f"tests/cluster/{folder}", "-rs", "-o", cache, *chosen))
    return replace(tests, environment=variables)
