"""Runs the steps of a plan, each as soon as what it needs is there, independent ones side by side."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial

from orchestrator.errors import DeployError, InterruptedRunError
from orchestrator.graph.decide import decide
from orchestrator.graph.state import Memory, State
from orchestrator.graph.step import Step
from orchestrator.progress.events import Phase, Reporter, StepEvent
from orchestrator.run import Run


@dataclass
class Result:
    """How a run ended: what was done, what still held, and the first failure with its step."""

    done: dict[str, str] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    failed: tuple[str, DeployError] | None = None
    seconds: float = 0.0


def check_order(steps: Sequence[Step]) -> None:
    """Raise ValueError if a step needs one that is unknown or comes later: the order given must be a valid one."""
    seen: set[str] = set()
    for step in steps:
        if missing := [name for name in step.needs if name not in seen]:
            raise ValueError(f"{step.name} needs {', '.join(missing)} before it")
        seen.add(step.name)


def execute(steps: Sequence[Step], run: Run, state: State, reporter: Reporter, *, workers: int = 4) -> Result:
    """Run `steps`. After a failure nothing new starts, what runs is let finish, and the rest is told as skipped.

    Ctrl-C (KeyboardInterrupt) ends running commands and is raised on as InterruptedRunError.
    """
    check_order(steps)
    started = time.monotonic()
    result = Result()
    reporter.begin(tuple(_event(step, "waiting", text=_waits_for(step, set())) for step in steps))
    pool = ThreadPoolExecutor(max_workers=workers)
    try:
        _drive(steps, partial(_one, run=run, state=state, reporter=reporter, result=result), reporter, pool, result)
    except KeyboardInterrupt as error:
        run.door.cancelled.set()
        raise InterruptedRunError("interrupted.", remedy="Run the same command again: it resumes.") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        result.seconds = time.monotonic() - started
        reporter.end()
    return result


def _drive(
    steps: Sequence[Step], one: Callable[[Step], None], reporter: Reporter, pool: ThreadPoolExecutor, result: Result
) -> None:
    waiting = list(steps)
    running: dict[Future[None], Step] = {}
    finished: set[str] = set()
    while waiting or running:
        if result.failed is None:
            for step in [step for step in waiting if finished.issuperset(step.needs)]:
                waiting.remove(step)
                running[pool.submit(one, step)] = step
            for step in waiting:
                reporter.tell(_event(step, "waiting", text=_waits_for(step, finished)))
        if not running:
            break
        for future in wait(running, return_when=FIRST_COMPLETED, timeout=0.5).done:
            step = running.pop(future)
            try:
                future.result()
                finished.add(step.name)
            except DeployError as error:
                result.failed = result.failed or (step.name, error)
    for step in waiting:
        reporter.tell(_event(step, "skipped", text="not started"))


def _one(step: Step, *, run: Run, state: State, reporter: Reporter, result: Result) -> None:
    started = time.monotonic()

    def tell(phase: Phase, text: str) -> None:
        reporter.tell(_event(step, phase, text=text, seconds=time.monotonic() - started))

    try:
        tell("running", "")
        decision = decide(step, run, state)
        if not decision.needed and decision.memory is not None:
            run.outputs.put(step.name, decision.memory.outputs)
            result.unchanged.append(step.name)
            tell("unchanged", decision.memory.summary)
            return
        state.forget(step.name)
        done = step.act(run, lambda text: tell("running", text))
        run.outputs.put(step.name, done.outputs)
        state.keep(step.name, Memory(decision.inputs, done.summary, dict(done.outputs)))
        result.done[step.name] = done.summary
        tell("done", done.summary)
    except InterruptedRunError as error:
        tell("cancelled", str(error))
        raise
    except DeployError as error:
        tell("failed", str(error))
        raise
    except OSError as error:
        tell("failed", str(error))
        raise DeployError(f"{step.title}: {error}.", remedy="Free the resource it names and run again.") from error


def _waits_for(step: Step, finished: set[str]) -> str:
    names = [name for name in step.needs if name not in finished]
    return f"waits for {', '.join(names)}" if names else ""


def _event(step: Step, phase: Phase, *, text: str = "", seconds: float = 0.0) -> StepEvent:
    return StepEvent(step.name, step.title, step.tasks, phase, text, seconds)
