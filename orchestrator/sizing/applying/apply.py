"""T031: new sizes kept with the run and in the release; both put back if that, or what follows, does not go well.

`./todo deploy commit --sizes` writes them into values.yaml.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Any

from orchestrator.audit import Entry
from orchestrator.content import file_digest, tree_digest
from orchestrator.contracts import values_schema
from orchestrator.errors import EnvironmentMissingError
from orchestrator.gates.chart import values_findings
from orchestrator.gates.findings import demand
from orchestrator.graph.state import State
from orchestrator.options import CHART
from orchestrator.release import helm, install
from orchestrator.release.sizes import sizes_files, sizes_name, sizes_path
from orchestrator.run import Run
from orchestrator.sizing.applying.chart import VALUES
from orchestrator.sizing.applying.values_file import plain, with_sizes, write
from orchestrator.sizing.measuring.sources import sizes
from orchestrator.sizing.model import Advice, Line, Name, shown
from orchestrator.steps.chart import merged, read_values

Say = Callable[[str], None]
TASKS = ("T031",)
_PUBLISHED = ("T037",)  # the sizes themselves were concluded before
_CHART_STEPS = ("values", "release")


@dataclass(frozen=True)
class Applied:
    """What stood before, to go back to: the overlay's text, the revision, and whether `up` knew both as done."""

    run: Run
    values: Path
    text: str
    revision: int
    known: bool


def words(advices: Sequence[Advice]) -> str:
    """The changes in a line: `backend requests.cpu 100m→30m, …`."""
    return ", ".join(f"{one.part} {change(line)}" for one in advices for line in one.changes) or "no change"


def left(advices: Sequence[Advice]) -> str:
    """What is recommended and not sure enough to be applied, to follow `words`; empty if nothing is."""
    told = [f"{one.part} {change(line)} ({line.unsure})" for one in advices for line in one.untaken]
    return f"; not sure enough to apply: {', '.join(told)}" if told else ""


def change(line: Line) -> str:
    """One size as the chart calls it, before and after."""
    resource, kind = line.name.split("_")
    return f"{kind}s.{resource} {shown(line.name, line.current)}→{shown(line.name, line.recommended)}"


def prepare(run: Run, values: Path) -> Applied:
    """Remember what stands; nothing is changed yet."""
    known = _known(run)
    revision = helm.last_good(helm.history(run.door, run.target.cluster)) or 0
    path = sizes_path(run.options)
    return Applied(run, values, path.read_text(encoding="utf-8") if path.exists() else "", revision, known)


def apply(before: Applied, advices: Sequence[Advice], say: Say) -> int:
    """Keep the sizes and upgrade; the new revision. Raises ReleaseFailedError if it does not become ready."""
    run = before.run
    due = {one.part: {line.name: line.recommended or 0 for line in one.changes} for one in advices if one.changes}
    text = with_sizes(before.text, due)
    demand(values_findings(merged(read_values(run.root / VALUES), plain(text)), values_schema(run.root)))
    _keep(run, text, f"keep sizes: {words(advices)}", "the measured sizes are kept with the run")
    say(f"upgrading: {words(advices)}")
    revision = install.install(run, (*sizes_files(run.options), before.values), say, tasks=TASKS)
    _remember(before, revision)
    return revision


def put_back(before: Applied, why: str, say: Say) -> str:
    """Both as they stood; what was done, in a sentence. Raises ReleaseFailedError if the release cannot be put back."""
    run = _afresh(before.run)
    _keep(run, before.text, f"put the sizes back: {why}", "the sizes are as they were before")
    last = helm.history(run.door, run.target.cluster)[-1]
    if last.number == before.revision or f"Rollback to {before.revision}" == last.description:
        revision = last.number  # nothing was upgraded, or the failed upgrade was already taken back
    else:
        say(f"going back to revision {before.revision}: {why}")
        install.back_to(run, before.revision, say, tasks=TASKS)
        revision = helm.history(run.door, run.target.cluster)[-1].number
    _remember(before, revision)
    return f"the sizes and the release are as before (revision {revision})"


def publish(run: Run) -> None:
    """The sizes that are kept here into values.yaml, and kept no more: the next deployment takes them from there.

    Raises EnvironmentMissingError if none are kept, RejectedError if values.yaml cannot take them.
    """
    path = sizes_path(run.options)
    if not path.exists():
        raise EnvironmentMissingError(
            f"no sizes were measured for {run.options.place}.", remedy="Measure them: ./todo deploy optimise"
        )
    text = with_sizes((run.root / VALUES).read_text(encoding="utf-8"), _kept(read_values(path)))
    demand(values_findings(plain(text), values_schema(run.root)))
    write(run.root / VALUES, text)
    digest = file_digest(run.root / VALUES)
    told = Entry("BUILTIN", _PUBLISHED, f"write {VALUES}", "values.yaml written with the measured sizes")
    run.audit.append(replace(told, artefact=str(VALUES), artefact_digest=digest))
    _keep(run, "", "publish the sizes", "the measured sizes stand in values.yaml", tasks=_PUBLISHED)


def _kept(values: Mapping[str, Any]) -> dict[str, Mapping[Name, int]]:
    """The sizes of a values file, as numbers."""
    found = {part: sizes((told or {}).get("resources") or {}) for part, told in values.items()}
    return {part: {name: number for name, number in one.items() if number is not None} for part, one in found.items()}


def _keep(run: Run, text: str, prompt: str, result: str, *, tasks: tuple[str, ...] = TASKS) -> None:
    """The overlay's text; without one, no overlay."""
    path = sizes_path(run.options)
    if (path.read_text(encoding="utf-8") if path.exists() else "") == text:
        return
    if text:
        write(path, text)
    else:
        path.unlink()
    told = Entry("BUILTIN", tasks, prompt, result, artefact=sizes_name(run.options), artefact_digest=file_digest(path))
    run.audit.append(told)


def _afresh(run: Run) -> Run:
    """The same run with a door that a cancelled run has not closed."""
    return replace(run, door=replace(run.door, cancelled=Event()))


def _known(run: Run) -> bool:
    """Whether `up` would skip the release as it is: only then may it be told of the new revision."""
    memory = _state(run).recall("release")
    revisions = helm.history(run.door, run.target.cluster)
    if memory is None or not revisions:
        return False
    same = memory.inputs.get("chart") == tree_digest(run.root, (str(CHART),))
    return same and memory.outputs.get("revision") == str(revisions[-1].number)


def _remember(before: Applied, revision: int) -> None:
    """What `up` looks at, so that it does nothing again: the sizes' new digest and the new revision."""
    if not before.known:
        return
    run, state = before.run, _state(before.run)
    fresh = {
        "measured sizes": file_digest(sizes_path(run.options)),
        "revision": str(revision),
    }
    for step in (*_CHART_STEPS, "health", "access"):
        if (memory := state.recall(step)) is None:
            continue
        inputs = {name: fresh.get(name, value) for name, value in memory.inputs.items()}
        outputs = {name: fresh["revision"] if name == "revision" else value for name, value in memory.outputs.items()}
        state.keep(step, replace(memory, inputs=inputs, outputs=outputs))


def _state(run: Run) -> State:
    return State.read_only(run.options.home / "state.json", run.options.place)
