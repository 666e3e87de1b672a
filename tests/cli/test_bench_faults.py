"""The benchmark of faults: what its figures come to, and that its faults are of states that the diagnosis knows."""

import pytest

from cli.bench.faults.catalogue import FAULTS, choose
from cli.bench.faults.figures import figures, line, summary
from cli.bench.faults.repair import commands
from cli.bench.faults.restoration import configured_by, merged
from cli.bench.faults.rounds import Outcome
from cli.exits import CommandError
from orchestrator.diagnosis.rules import RULES

CAUSE = ("OOMKilled", "container backend of backend")
OTHER = ("AppErrors", "service/todo-frontend")
FOUND = Outcome(name="memory", expected=CAUSE, found=(CAUSE,), seconds=3.0, overall=5.0)
MISSED = Outcome(name="memory", expected=CAUSE, found=())
HEALTHY = Outcome(name="before", expected=None, found=())


def test_all_found_alone_and_in_time_meets_every_aim() -> None:
    found = figures([HEALTHY, FOUND, HEALTHY])
    assert (found.faults, found.healthy, found.recall, found.precision, found.longest) == (1, 2, 1.0, 1.0, 3.0)
    assert found.met


@pytest.mark.parametrize(
    ("outcome", "recall", "precision"),
    [
        (MISSED, 0.5, 1.0),
        (Outcome(name="more", expected=CAUSE, found=(CAUSE, OTHER), seconds=1.0), 1.0, 2 / 3),
        (Outcome(name="wrong", expected=CAUSE, found=(OTHER,), seconds=1.0), 0.5, 0.5),
        (Outcome(name="healthy", expected=None, found=(OTHER,)), 1.0, 0.5),
        (Outcome(name="late", expected=CAUSE, found=(CAUSE,), seconds=15.1), 1.0, 1.0),
        (Outcome(name="unmended", expected=CAUSE, found=(CAUSE,), seconds=1.0, mended=False), 1.0, 1.0),
    ],
)
def test_each_failing_misses_its_aim(outcome: Outcome, recall: float, precision: float) -> None:
    found = figures([FOUND, outcome])
    assert (found.recall, found.precision, found.met) == (recall, precision, False)
    assert "NOT met" in summary(found)


def test_a_line_says_what_else_was_found() -> None:
    assert line(FOUND).startswith("✓ memory ")
    shown = line(Outcome(name="memory", expected=CAUSE, found=(CAUSE, OTHER), seconds=2.0, overall=2.0))
    assert shown.startswith("✗")
    assert "AppErrors service/todo-frontend" in shown


def test_faults_have_names_of_their_own_and_known_causes() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 28
    assert {fault.code for fault in FAULTS} <= set(RULES)


def test_an_unknown_fault_is_refused() -> None:
    assert [fault.name for fault in choose(["cpu"])] == ["cpu"]
    assert choose([]) == FAULTS
    with pytest.raises(CommandError, match="there is no fault gremlins"):
        choose(["gremlins"])


def test_of_a_fix_only_commands_that_change_something_are_run() -> None:
    fix = "kubectl --context a --namespace b patch x --patch '{\"a\": 1}'\nkubectl rollout restart y\nTo keep it, do z."
    assert [words[-1] for words in commands(fix)] == ['{"a": 1}', "y"]
    assert commands("Raise the quota.") == []
    assert commands("kubectl --context a --namespace b logs x --container y") == []
    assert commands("kubectl --context a describe node x") == []


def test_an_object_is_put_back_only_if_it_was_changed_and_keeps_what_the_cluster_wrote() -> None:
    meta = {"name": "a", "uid": "u", "annotations": {"deployment.kubernetes.io/revision": "7"}}
    saved = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {"replicas": 1}}
    live = {**saved, "metadata": meta, "status": {}}
    assert merged(live, saved) is None
    back = merged({**live, "spec": {"replicas": 0, "paused": True}}, saved)
    assert back is not None
    assert (back["spec"], back["metadata"]["annotations"]) == ({"replicas": 1}, meta["annotations"])
    assert "uid" not in back["metadata"]


def test_a_pod_keeps_the_variables_that_it_started_with() -> None:
    sources = [{"configMapRef": {"name": "todo-frontend-config"}}, {"secretRef": {"name": "more"}, "prefix": "A_"}]
    pod = {"spec": {"containers": [{"name": "beside"}, {"name": "frontend", "envFrom": sources}]}}
    assert configured_by(pod) == {"todo-frontend-config", "more"}
