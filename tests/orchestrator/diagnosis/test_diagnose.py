"""When a diagnosis ends: at a sure cause, when the release stands, or when patience is over."""

from pathlib import Path

import pytest

from orchestrator.agents.choose import choose
from orchestrator.audit import AuditLog
from orchestrator.diagnosis import diagnose as module
from orchestrator.diagnosis.diagnose import diagnose
from orchestrator.diagnosis.facts import Facts
from orchestrator.options import Options
from orchestrator.release.helm import Revision
from orchestrator.run import Run
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.diagnosis.breaks import Break, crash_loop, database, more, paused, waits
from tests.orchestrator.diagnosis.builders import World, at, codes
from tests.orchestrator.standins import door


@pytest.fixture
def run(tmp_path: Path) -> Run:
    one = door(tmp_path, programs=tmp_path / "bin")
    target = Minikube("minikube", "todo")
    return Run(Options(tmp_path, namespace="todo"), one, AuditLog(tmp_path, one.redactor), target, choose({}))


def looks(breaking: Break, run: Run, monkeypatch: pytest.MonkeyPatch, *, patience: float) -> tuple[list[str], int]:
    """What is found in a world that stays so, and after how many looks."""
    taken: list[bool] = []

    class Still:
        """Gathers the same every time."""

        def __init__(self, *_: object) -> None:
            pass

        def gather(self, *, settled: bool) -> Facts:
            taken.append(settled)
            world = World()
            breaking(world)
            world.more["settled"] = settled
            return world.facts()

    monkeypatch.setattr(module, "Gatherer", Still)
    monkeypatch.setattr(module, "_EVERY", 0.01)
    return codes(diagnose(run, lambda text: None, patience=patience).signs), len(taken)


def crashed_once(world: World) -> None:
    world.unready("backend")
    world.status("backend")["state"] = {"terminated": {"exitCode": 1, "reason": "Error", "finishedAt": at(1)}}


def killed_once(world: World) -> None:
    crashed_once(world)
    world.status("backend")["state"]["terminated"] |= {"exitCode": 137, "reason": "OOMKilled"}


@pytest.mark.parametrize(
    ("breaking", "code"),
    [
        (crash_loop, ["CrashLoop"]),
        (killed_once, ["OOMKilled"]),
        (waits("ErrImagePull", "connection refused"), ["ImagePullFailed"]),
        (paused, ["RolloutPaused"]),
        (more(history=(Revision(2, "failed", "timed out"),)), ["ReleaseFailed"]),
        (database('waiting for the database error=password authentication failed for user "todo"'), ["DatabaseLogin"]),
        (lambda world: None, []),
    ],
)
def test_a_sure_cause_and_a_release_that_stands_end_it_at_once(
    breaking: Break, code: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looks(breaking, run, monkeypatch, patience=60) == (code, 1)


@pytest.mark.parametrize(
    ("breaking", "code"),
    [
        (crashed_once, ["CrashLoop"]),
        (more(history=(Revision(2, "pending-upgrade", ""),)), ["ReleasePending"]),
        (database("waiting for the database error=refused"), ["DatabaseRefused"]),
    ],
)
def test_what_may_pass_is_told_when_patience_is_over(
    breaking: Break, code: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, count = looks(breaking, run, monkeypatch, patience=0.1)
    assert found == code
    assert count > 2
