"""`./todo test`: every check that needs no cluster, or with --cluster those that do."""

import signal
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.checks import cluster
from cli.checks.needs import supply
from cli.checks.plan import plan
from cli.checks.report import closing, table
from cli.checks.runner import run_step
from cli.checks.steps import Outcome, State, Step
from cli.environment import ROOT, TEST, make_ready
from cli.exits import CommandError, Exit
from cli.strangers.report import PAGE, lines, page
from cli.strangers.results import State as Verdict
from cli.strangers.run import run_suites


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
    with_strangers: Annotated[
        bool, typer.Option("--strangers", help="Only others' suites and clients, installed by name when they run.")
    ] = False,
    suite: Annotated[
        list[str] | None, typer.Option("--suite", help="With --strangers: only this suite; may be given again.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help=f"With --strangers: write {PAGE} anew.")] = False,
) -> None:
    """Run every check that needs no cluster, installing what they need where possible.

    All steps run even if one fails. The last line sums the tests; a check that is no test run counts as one.
    """
    # A job in the background starts with Ctrl-C ignored, and hands that down to what the tests want to interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if (context and not with_cluster) or (registry and not context):
        raise CommandError("--context is for --cluster, and --registry for --context: give both.", code=Exit.USAGE)
    if (suite or write) and not with_strangers:
        raise CommandError("--suite and --write go with --strangers.", code=Exit.USAGE)
    make_ready(TEST)
    if with_strangers:
        on_strangers(suite or [], write=write)
        return
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


def on_strangers(names: list[str], *, write: bool) -> None:
    """Run others' suites, and tell what they found. Raises typer.Exit where a check failed."""
    if write and names:
        raise CommandError("The page is of all suites: leave --suite out with --write.", code=Exit.USAGE)
    results = run_suites(names)
    print("\n".join(lines(results)), flush=True)
    if write:
        (ROOT / PAGE).write_text(page(results, day=datetime.now(UTC).date()))
    if any(result.count(Verdict.FAILED) for result in results):
        raise typer.Exit(int(Exit.FAILED))


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
