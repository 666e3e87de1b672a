"""`./todo test`: every check that needs no cluster, or with --cluster those that do."""

import signal
import sys
from typing import Annotated

import typer

from cli.checks import cluster
from cli.checks.needs import supply
from cli.checks.plan import plan
from cli.checks.report import closing, table
from cli.checks.running import run_step
from cli.checks.steps import Outcome, State, Step
from cli.environment import TEST, make_ready
from cli.exits import CommandError, Exit


def command(
    *,
    fast: Annotated[bool, typer.Option("--fast", help="Lint, types and the tests that start no server.")] = False,
    with_cluster: Annotated[
        bool,
        typer.Option("--cluster", help="Only the tests on a real Kubernetes: --context, or where its scripts are."),
    ] = False,
    context: Annotated[
        str | None, typer.Option(help="With --cluster: a kube context to test on: kind, minikube, or any other.")
    ] = None,
    registry: Annotated[
        str | None, typer.Option(help="With --context: push images here; needless for kind and minikube.")
    ] = None,
    select: Annotated[str | None, typer.Option("-k", help="Only the tests that this expression names.")] = None,
    durations: Annotated[
        int, typer.Option("--durations", metavar="N", min=0, help="Also list the N slowest tests of each run.")
    ] = 0,
) -> None:
    """Run every check that needs no cluster, installing what they need where possible.

    All steps run even if one fails. The last line sums the tests; a check that is no test run counts as one.
    """
    # A job in the background starts with Ctrl-C ignored, and hands that down to what the tests want to interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if (context and not with_cluster) or (registry and not context):
        raise CommandError("--context is for --cluster, and --registry for --context: give both.", code=Exit.USAGE)
    make_ready(TEST)
    outcomes = (
        on_cluster(select, context, registry)
        if with_cluster
        else run_all(plan(fast=fast, select=select, durations=durations))
    )
    if not outcomes:
        return
    print(f"\n{table(outcomes)}\n\n{closing(outcomes)}", flush=True)
    if any(outcome.state is not State.PASSED for outcome in outcomes):
        raise typer.Exit(int(Exit.FAILED))
    if select and not any(outcome.tests for outcome in outcomes):
        raise CommandError(f"No test is named by -k {select!r}: give a part of a test's name.", code=Exit.USAGE)


def run_all(steps: list[Step]) -> list[Outcome]:
    missing = supply({need for step in steps for need in (*step.needs, *step.wishes)})
    for reason in missing.values():
        sys.stderr.write(f"{reason}\n")
    return [run_step(step, missing=missing) for step in steps]


def on_cluster(select: str | None, context: str | None, registry: str | None) -> list[Outcome]:
    if context:
        return cluster.run_on(context, registry=registry, select=select)
    reason = cluster.reason_not_to_run()
    if reason:
        print(f"cluster tests: not run, because {reason}")
        return []
    return cluster.run_all(select=select)
