"""The graph: order, side by side, skipping, stopping, resuming."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from orchestrator.agents.choose import choose
from orchestrator.audit import AuditLog
from orchestrator.errors import DeployError, InterruptedRunError
from orchestrator.graph.decide import decide
from orchestrator.graph.runner import Result, check_order, execute
from orchestrator.graph.state import State
from orchestrator.graph.step import Done, Say, Step
from orchestrator.options import Options
from orchestrator.progress.events import StepEvent
from orchestrator.run import Run
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.standins import door

Act = Callable[[Run, Say], Done]


class Recorder:
    """A reporter that remembers."""

    def __init__(self) -> None:
        self.events: list[StepEvent] = []
        self.ended = False

    def begin(self, steps: tuple[StepEvent, ...]) -> None:
        self.events += steps

    def tell(self, event: StepEvent) -> None:
        self.events.append(event)

    def note(self, text: str) -> None:
        raise AssertionError(text)

    def end(self) -> None:
        self.ended = True

    def phases(self, step: str) -> list[str]:
        """The phases of a step in order, each once."""
        found = [event.phase for event in self.events if event.step == step]
        return [phase for index, phase in enumerate(found) if index == 0 or found[index - 1] != phase]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    one = door(tmp_path)
    return Run(Options(tmp_path), one, AuditLog(tmp_path, one.redactor), Minikube("minikube", "default"), choose({}))


def step(
    name: str,
    *needs: str,
    act: Act | None = None,
    inputs: Mapping[str, str] | None = None,
    stale: str | None = None,
) -> Step:
    """A step that does `act`, or nothing."""
    return Step(
        name=name,
        tasks=("T001",),
        title=name,
        needs=needs,
        inputs=lambda run: inputs or {},
        preview=lambda run: (),
        act=act or (lambda run, say: Done(f"{name} done", {"from": name})),
        stale=lambda run, outputs: stale,
    )


def go(run: Run, *steps: Step) -> tuple[Result, Recorder]:
    recorder = Recorder()
    return execute(steps, run, State.load(run.options.home / "state.json", "here"), recorder), recorder


def test_a_step_starts_only_when_all_it_needs_is_done(run: Run) -> None:
    order: list[str] = []

    def noting(name: str) -> Act:
        def act(run: Run, say: Say) -> Done:
            time.sleep(0.05)
            order.append(name)
            return Done(name)

        return act

    steps = [step("a", act=noting("a")), step("b", "a", act=noting("b")), step("c", "a", act=noting("c"))]
    result, recorder = go(run, *steps, step("d", "b", "c", act=noting("d")))
    assert order[0] == "a"
    assert sorted(order[1:3]) == ["b", "c"]
    assert order[3] == "d"
    assert set(result.done) == {"a", "b", "c", "d"}
    assert recorder.phases("d") == ["waiting", "running", "done"]
    assert recorder.ended


def test_independent_steps_run_side_by_side(run: Run) -> None:
    meeting = threading.Barrier(3, timeout=5)

    def meet(run: Run, say: Say) -> Done:
        meeting.wait()
        return Done("met")

    result, _ = go(run, *(step(name, act=meet) for name in "abc"))
    assert len(result.done) == 3


def test_an_unchanged_step_is_skipped_and_its_outputs_are_there(run: Run) -> None:
    go(run, step("a", inputs={"source": "1"}))
    seen: list[str] = []

    def look(run: Run, say: Say) -> Done:
        seen.append(run.outputs.get("a", "from"))
        return Done("looked")

    result, recorder = go(run, step("a", inputs={"source": "1"}), step("b", "a", act=look))
    assert result.unchanged == ["a"]
    assert seen == ["a"]
    assert recorder.phases("a") == ["waiting", "running", "unchanged"]


@pytest.mark.parametrize(
    ("again", "why"),
    [
        (step("a", inputs={"source": "2"}), "changed: source"),
        (step("a", inputs={"source": "1", "more": "x"}), "changed: more"),
        (step("a", inputs={"source": "1"}, stale="the image is gone"), "the image is gone"),
    ],
)
def test_what_changed_is_named(run: Run, again: Step, why: str) -> None:
    go(run, step("a", inputs={"source": "1"}))
    state = State.load(run.options.home / "state.json", "here")
    assert decide(again, run, state).why == why
    assert list(go(run, again)[0].done) == ["a"]


def test_inputs_that_change_while_a_step_works_make_it_run_again(run: Run) -> None:
    source = run.root / "source"
    source.write_text("1")

    def act(run: Run, say: Say) -> Done:
        source.write_text("2")
        return Done("built from 1")

    one = Step("a", (), "a", (), lambda run: {"source": source.read_text()}, lambda run: (), act)
    go(run, one)
    assert list(go(run, one)[0].done) == ["a"]


def test_after_a_failure_nothing_new_starts_and_a_second_run_resumes(run: Run) -> None:
    def fail(run: Run, say: Say) -> Done:
        raise DeployError("the gate said no.", remedy="Mend it.")

    result, recorder = go(run, step("a"), step("b", "a", act=fail), step("c", "b"))
    assert result.failed is not None
    assert (result.failed[0], str(result.failed[1])) == ("b", "the gate said no. Mend it.")
    assert recorder.phases("c")[-1] == "skipped"
    result, _ = go(run, step("a"), step("b", "a"), step("c", "b"))
    assert (result.unchanged, list(result.done)) == (["a"], ["b", "c"])


def test_a_step_that_fails_again_is_not_remembered_from_before(run: Run) -> None:
    go(run, step("a", inputs={"source": "1"}))

    def fail(run: Run, say: Say) -> Done:
        raise DeployError("no.")

    go(run, step("a", inputs={"source": "2"}, act=fail))
    assert list(go(run, step("a", inputs={"source": "1"}))[0].done) == ["a"]


def test_a_full_disk_is_told_as_a_failure(run: Run) -> None:
    def fail(run: Run, say: Say) -> Done:
        raise OSError(28, "No space left on device")

    result, _ = go(run, step("a", act=fail))
    assert result.failed is not None
    assert "No space left on device" in str(result.failed[1])


def test_ctrl_c_ends_running_commands(run: Run) -> None:
    def long(run: Run, say: Say) -> Done:
        run.door.run(["sleep", "60"], limit=90)
        return Done("slept")

    def interrupt() -> None:
        time.sleep(0.5)
        import signal

        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    started = time.monotonic()
    with pytest.raises(InterruptedRunError):
        go(run, step("a", act=long), step("b", "a"))
    assert time.monotonic() - started < 10


def test_an_order_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="b needs a"):
        check_order([step("b", "a"), step("a")])
