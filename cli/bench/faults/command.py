"""`./todo bench faults`: how surely and how quickly the diagnosis names the cause of a broken release."""

import json
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.bench.deployment import copy
from cli.bench.faults import folder as folder_of
from cli.bench.faults.acts import Fault
from cli.bench.faults.catalogue import FAULTS, choose
from cli.bench.faults.figures import figures, line, summary
from cli.bench.faults.release import Release
from cli.bench.faults.restoration import Saved
from cli.bench.faults.rounds import Outcome, Round
from cli.exits import CommandError, Exit
from cli.progress import row


def command(
    *,
    only: Annotated[list[str] | None, typer.Option("--only", help="A fault's name; repeatable.")] = None,
    rounds: Annotated[int, typer.Option(min=1, max=20, help="How often all are put in, one after the other.")] = 1,
    mend: Annotated[
        bool, typer.Option("--mend", help="Run the commands that findings offer; each has to heal.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option("--from", exists=True, file_okay=False, help="A folder of manifests, each a fault.")
    ] = None,
    names: Annotated[bool, typer.Option("--list", help="Print the faults, and do nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Put faults into a running release, one at a time; each has to be found, alone, by `./todo deploy verify`.

    On Minikube, in the namespace todo-faults and at node port 30088, from a copy of the tree; all of it is removed
    after. A release that is healthy, rolling or scaled must give no finding. Aims: recall and precision 100 %, the
    cause 15 s after the first sign.
    """
    if folder is not None:
        _from(folder, only or [], as_json=as_json, names=names)
        return
    faults = choose(only or [])
    if names:
        print("\n".join(f"{fault.name:<24} {fault.does}: {fault.code} {fault.subject}" for fault in faults))
        return
    outcomes = measure(faults, rounds=rounds, mend=mend, told=not as_json)
    found = figures(outcomes)
    told = {**found.as_dict(), "outcomes": [asdict(one) for one in outcomes]}
    print(json.dumps(told, indent=2) if as_json else summary(found))
    if not found.met:
        raise typer.Exit(Exit.FAILED)


def _from(path: Path, only: Sequence[str], *, as_json: bool, names: bool) -> None:
    """The first answers to a folder's faults, each in a namespace of its own, which is removed after."""
    faults = tuple(one for one in folder_of.manifests(path) if not only or one.name in only)
    if names:
        print(
            "\n".join(f"{one.name:<26} {one.does}: {'|'.join(one.codes) or 'nothing'} {one.subject}" for one in faults)
        )
        return
    answers = list(folder_of.run(faults))
    print(json.dumps(folder_of.as_dict(answers), indent=2) if as_json else folder_of.summary(answers))
    if not all(one.right for one in answers):
        raise typer.Exit(Exit.FAILED)


def measure(faults: Sequence[Fault] = FAULTS, *, rounds: int, mend: bool, told: bool = False) -> list[Outcome]:
    """Deploy, put every fault in `rounds` times, remove all of it; `told` prints outcomes as they come."""
    for number in (signal.SIGINT, signal.SIGTERM):  # however it is ended: nothing is left behind
        signal.signal(number, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="todo-bench-") as folder:
        release = Release(copy(Path(folder)))
        release.remove(wait=True)
        try:
            with row("Deploying the release that faults are put into"):
                release.deploy()
                release.wait_until_healthy()
            return _rounds(release, faults, rounds=rounds, mend=mend, told=told)
        finally:
            release.remove()


def _rounds(release: Release, faults: Sequence[Fault], *, rounds: int, mend: bool, told: bool) -> list[Outcome]:
    outcomes: list[Outcome] = []
    saved = Saved(release)
    try:
        for number in range(1, rounds + 1):
            for outcome in Round(release, saved, mending=mend, number=number).run(faults):
                outcomes.append(outcome)
                if told and (outcome.expected or outcome.found):
                    print(line(outcome), flush=True)
    except CommandError as error:  # what was measured is told all the same
        print(error.message, file=sys.stderr)
        outcomes.append(Outcome(name="ended early", expected=None, found=(("error", error.message),)))
    return outcomes
