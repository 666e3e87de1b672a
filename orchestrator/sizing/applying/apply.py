"""T031: new sizes in values.yaml and in the release; both put back if that, or what follows, does not go well."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from orchestrator.audit import Entry
from orchestrator.content import file_digest, tree_digest
from orchestrator.contracts import values_schema
from orchestrator.gates.chart import values_findings
from orchestrator.gates.findings import demand
from orchestrator.graph.state import State
from orchestrator.options import CHART
from orchestrator.release import helm, install
from orchestrator.run import Run
from orchestrator.sizing.applying.chart import VALUES
from orchestrator.sizing.applying.values_file import plain, with_sizes, write
from orchestrator.sizing.model import Advice, Line, shown
from orchestrator.steps.chart import merged

Say = Callable[[str], None]
TASKS = ("T031",)
_CHART_STEPS = ("values", "lint", "release")


@dataclass(frozen=True)
class Applied:
    """What stood before, to go back to: the file's text, the revision, and whether `up` knew both as done."""

    run: Run
    values: Path
    text: str
    revision: int
    known: bool


def words(advices: Sequence[Advice]) -> str:
    """The changes in a line: `backend requests.cpu 100m→30m, …`."""
    return ", ".join(f"{one.part} {change(line)}" for one in advices for line in one.changes) or "no change"


def change(line: Line) -> str:
    """One size as the chart calls it, before and after."""
    resource, kind = line.name.split("_")
    return f"{kind}s.{resource} {shown(line.name, line.current)}→{shown(line.name, line.recommended)}"


def prepare(run: Run, values: Path) -> Applied:
    """Remember what stands; nothing is changed yet."""
    known = _known(run)
    revision = helm.last_good(helm.history(run.door, run.target.cluster)) or 0
    return Applied(run, values, (run.root / VALUES).read_text(encoding="utf-8"), revision, known)


def apply(before: Applied, advices: Sequence[Advice], say: Say) -> int:
    """Write the sizes and upgrade; the new revision. Raises ReleaseFailedError if it does not become ready."""
    run = before.run
    sizes = {one.part: {line.name: line.recommended or 0 for line in one.changes} for one in advices if one.changes}
    text = with_sizes(before.text, sizes)
    demand(values_findings(merged(plain(text), {}), values_schema(run.root)))
    _write(run, text, f"write {VALUES}: {words(advices)}", "values.yaml written with the measured sizes")
    say(f"upgrading: {words(advices)}")
    revision = install.install(run, (before.values,), say, tasks=TASKS)
    _remember(before, revision)
    return revision


def put_back(before: Applied, why: str, say: Say) -> str:
    """Both as they stood; what was done, in a sentence. Raises ReleaseFailedError if the release cannot be put back."""
    run = _afresh(before.run)
    _write(run, before.text, f"put {VALUES} back: {why}", "values.yaml is as it was before")
    last = helm.history(run.door, run.target.cluster)[-1]
    if last.number == before.revision or f"Rollback to {before.revision}" == last.description:
        revision = last.number  # nothing was upgraded, or the failed upgrade was already taken back
    else:
        say(f"going back to revision {before.revision}: {why}")
        install.back_to(run, before.revision, say, tasks=TASKS)
        revision = helm.history(run.door, run.target.cluster)[-1].number
    _remember(before, revision)
    return f"values.yaml and the release are as before (revision {revision})"


def _write(run: Run, text: str, prompt: str, result: str) -> None:
    path = run.root / VALUES
    if path.read_text(encoding="utf-8") == text:
        return
    write(path, text)
    run.audit.append(Entry("BUILTIN", TASKS, prompt, result, artefact=str(VALUES), artefact_digest=file_digest(path)))


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
    """What `up` looks at, so that it does nothing again: the chart's new digests and the new revision."""
    if not before.known:
        return
    run, state = before.run, _state(before.run)
    fresh = {
        "values.yaml": file_digest(run.root / VALUES),
        "chart": tree_digest(run.root, (str(CHART),)),
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
