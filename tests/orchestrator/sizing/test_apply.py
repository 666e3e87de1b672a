"""Sizes written, upgraded and put back, through a helm that keeps revisions as the real one does."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator import audit_check
from orchestrator.agents.choose import choose
from orchestrator.audit import AuditLog, Entry
from orchestrator.content import file_digest, tree_digest
from orchestrator.errors import EnvironmentMissingError, ReleaseFailedError
from orchestrator.graph.state import Memory, State
from orchestrator.options import Options
from orchestrator.release.sizes import sizes_name, sizes_path
from orchestrator.run import Run
from orchestrator.sizing import record
from orchestrator.sizing.applying.apply import Applied, apply, left, prepare, publish, put_back, words
from orchestrator.sizing.applying.chart import VALUES, InForce, given_file, in_force
from orchestrator.sizing.model import NAMES, Advice, Line
from orchestrator.sizing.quantities import MIB
from orchestrator.steps.chart import chart_inputs
from orchestrator.steps.release import value_files
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.standins import door, stand_in

ROOT = Path(__file__).resolve().parents[3]
HELM = """
case "$1" in
  history) cat revisions ;;
  get) echo '{"frontend": {"nodePort": 30086}}' ;;
  upgrade) [ -e broken ] && { echo "Error: context deadline exceeded" >&2; exit 1; }
    echo '[{"revision": 2, "status": "superseded"}, {"revision": 3, "status": "deployed"}]' > revisions
    echo '{"version": 3}' ;;
  rollback)
    echo "[{\\"revision\\": 4, \\"status\\": \\"deployed\\", \\"description\\": \\"Rollback to $3\\"}]" > revisions ;;
esac
"""
OVERLAY = "minikube-minikube-todo.yaml"
ADVICE = Advice("backend", (Line("cpu_request", 100, 35, "P95"),), None, None, 9, 2, "low")


def said(text: str) -> None:
    """Nobody listens."""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A tree with the project's chart, its release at revision 2, and `up`'s memory of it."""
    for part in ("charts", "specs"):
        shutil.copytree(ROOT / part, tmp_path / part)
    stand_in(tmp_path / "bin", "helm", HELM)
    stand_in(tmp_path / "bin", "kubectl", "echo '{\"items\": []}'")
    (tmp_path / "revisions").write_text('[{"revision": 2, "status": "deployed", "description": "ok"}]')
    one = door(tmp_path, programs=tmp_path / "bin")
    options = Options(tmp_path, namespace="todo", wait=10)
    state = State.load(options.home / "state.json", options.place)
    chart = tree_digest(tmp_path, ("charts/todo-app",))
    known = {"values.yaml": file_digest(tmp_path / VALUES), "measured sizes": "absent", "mine.yaml": "d"}
    state.keep("values", Memory(known, "", {}))
    known = {"chart": chart, "measured sizes": "absent", "images and settings": "x"}
    state.keep("release", Memory(known, "", {"revision": "2"}))
    state.keep("access", Memory({"revision": "2"}, "", {"url": "http://x"}))
    return Run(options, one, AuditLog(tmp_path, one.redactor), Minikube("minikube", "todo"), choose({}))


def remembered(run: Run, step: str) -> Memory:
    found = State.load(run.options.home / "state.json", run.options.place).recall(step)
    assert found
    return found


def prepared(run: Run) -> Applied:
    return prepare(run, given_file(run, in_force(run).given))


def test_what_was_applied_is_what_up_knows_as_done(run: Run) -> None:
    assert apply(prepared(run), [ADVICE], said) == 3
    assert "cpu: 35m" in sizes_path(run.options).read_text()
    assert (run.root / VALUES).read_bytes() == (ROOT / VALUES).read_bytes(), "no committed file is written"
    fresh = file_digest(sizes_path(run.options))
    assert remembered(run, "release").inputs == {
        "chart": tree_digest(run.root, ("charts/todo-app",)),
        "measured sizes": fresh,
        "images and settings": "x",
    }
    assert chart_inputs(run)["measured sizes"] == fresh
    assert remembered(run, "release").outputs == {"revision": "3"}
    assert remembered(run, "values").inputs == {
        "values.yaml": file_digest(run.root / VALUES),
        "measured sizes": fresh,
        "mine.yaml": "d",
    }
    assert remembered(run, "access") == Memory({"revision": "3"}, "", {"url": "http://x"})


def test_what_up_did_not_know_before_it_does_not_know_after(run: Run) -> None:
    readme = run.root / "charts/todo-app/README.md"
    readme.write_text("changed since the last deployment")
    before = remembered(run, "release")
    apply(prepared(run), [ADVICE], said)
    assert remembered(run, "release") == before


def test_put_back_restores_every_byte_and_the_revision(run: Run) -> None:
    apply(prepared(run), [ADVICE], said)
    text = sizes_path(run.options).read_bytes()
    (run.root / "revisions").write_text('[{"revision": 2, "status": "deployed", "description": "ok"}]')
    kept = prepared(run)
    apply(kept, [Advice("backend", (Line("cpu_request", 35, 60, "P95"),), None, None, 9, 2, "low")], said)
    assert "cpu: 60m" in sizes_path(run.options).read_text()
    told = put_back(kept, "slower", said)
    assert sizes_path(run.options).read_bytes() == text
    assert told == "the sizes and the release are as before (revision 4)"


def test_the_first_sizes_put_back_leave_none(run: Run) -> None:
    kept = prepared(run)
    apply(kept, [ADVICE], said)
    put_back(kept, "slower", said)
    assert not sizes_path(run.options).exists()
    assert remembered(run, "release").inputs["measured sizes"] == "absent"
    assert remembered(run, "release").outputs == {"revision": "4"}
    assert not [one for one in audit_check.check(run.root).faults if "sizes/" in one]


def test_later_deployments_take_them_below_the_persons_own_files(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("frontend: {nodePort: 30086}\n")
    run = replace(run, options=replace(run.options, values=(mine,)))
    apply(prepared(run), [ADVICE], said)
    assert [path.name for path in value_files(run)] == [sizes_path(run.options).name, "mine.yaml", OVERLAY]


def test_the_sizes_of_the_run_are_no_values_of_the_persons(run: Run) -> None:
    apply(prepared(run), [ADVICE], said)
    given = '{"backend": {"resources": {"requests": {"cpu": "35m"}}, "tag": "1"}, "frontend"'
    stand_in(run.root / "bin", "helm", HELM.replace('{"frontend"', given))
    force = in_force(run)
    assert force.given == {"backend": {"tag": "1"}, "frontend": {"nodePort": 30086}}
    assert force.together["backend"]["resources"]["requests"]["cpu"] == "35m"
    assert force.setting("backend").fixed == {}


def test_published_they_stand_in_values_yaml_and_nowhere_else(run: Run) -> None:
    apply(prepared(run), [ADVICE], said)
    record.concluded(run, "applied")
    publish(run)
    assert (run.root / VALUES).read_text() == (ROOT / VALUES).read_text().replace("cpu: 100m", "cpu: 35m", 1)
    assert not sizes_path(run.options).exists()
    assert faults(run) == []
    with pytest.raises(EnvironmentMissingError, match="no sizes were measured"):
        publish(run)


def test_an_upgrade_that_helm_took_back_already_is_not_taken_back_twice(run: Run) -> None:
    (run.root / "broken").touch()
    kept = prepared(run)
    with pytest.raises(ReleaseFailedError, match="rolled back to revision 2"):
        apply(kept, [ADVICE], said)
    rollbacks = [one for one in run.audit.records() if "rolled back" in one["result"]]
    put_back(kept, "failed", said)
    assert [one for one in run.audit.records() if "rolled back" in one["result"]] == rollbacks


def test_a_cancelled_run_can_still_be_put_back(run: Run) -> None:
    kept = prepared(run)
    apply(kept, [ADVICE], said)
    run.door.cancelled.set()
    assert "as before" in put_back(kept, "interrupted", said)


def faults(run: Run) -> list[str]:
    """What the check says of values.yaml and of the sizes."""
    return [one for one in audit_check.check(run.root).faults if "values.yaml" in one or "T032" in one]


def test_the_audit_knows_sizes_only_once_they_were_asked_for(run: Run) -> None:
    run.audit.append(Entry("BUILTIN", ("T030",), "a dry run", "recommended: no change"))
    assert not [need for need in audit_check.check(run.root).needs if need.task == "T032"]
    apply(prepared(run), [ADVICE], said)
    assert faults(run) == ["no entry for T032: the measured sizes"]
    record.concluded(run, f"recommendations applied — {words([ADVICE])}")
    assert faults(run) == []


def test_the_audit_names_a_byte_of_the_sizes_that_was_changed_by_hand(run: Run) -> None:
    apply(prepared(run), [ADVICE], said)
    record.concluded(run, "applied")
    path = sizes_path(run.options)
    path.write_text(path.read_text().replace("cpu: 35m", "cpu: 36m"))
    wrong = f"{sizes_name(run.options)} is not the one that was logged"
    assert [one.split(" (")[0] for one in audit_check.check(run.root).faults if "sizes/" in one] == [wrong]


def test_what_is_not_sure_is_told_and_not_applied(run: Run) -> None:
    unsure = Line("memory_limit", 512 * MIB, 256 * MIB, "peak", unsure="2 minutes are too few")
    both = Advice("backend", (ADVICE.lines[0], unsure), None, None, 9, 2, "low")
    apply(prepared(run), [both], said)
    assert "memory" not in sizes_path(run.options).read_text()
    told = "; not sure enough to apply: backend limits.memory 512Mi→256Mi (2 minutes are too few)"
    assert (words([both]), left([both])) == ("backend requests.cpu 100m→35m", told)


def test_the_log_has_the_specifications_entries(run: Run) -> None:
    apply(prepared(run), [ADVICE], said)
    record.concluded(run, f"recommendations applied — {words([ADVICE])}")
    (*_, last) = (run.root / "phase-iv-audit.log").read_text().splitlines()
    assert '[BUILTIN] prompt="Analyze CPU/memory and suggest optimized limits' in last
    assert 'result="recommendations applied — backend requests.cpu 100m→35m"' in last
    assert {task for one in run.audit.records() for task in one["tasks"]} == {"T030", "T031", "T032"}


def test_an_upgrade_is_given_what_the_release_was_given(run: Run) -> None:
    kept = prepared(run)
    assert json.loads(json.dumps(in_force(run).given)) == {"frontend": {"nodePort": 30086}}
    assert (run.root / kept.values).read_text() == "frontend:\n  nodePort: 30086\n"


def test_sizes_in_a_values_file_of_the_persons_own_win() -> None:
    force = InForce({"backend": {"resources": {"limits": {"memory": "1Gi"}}}}, {})
    assert list(force.setting("backend").fixed) == ["memory_limit"]
    assert force.setting("frontend").fixed == {}


@pytest.mark.parametrize(("storage", "kept"), [("", NAMES), ("1Gi", ())])
def test_a_postgres_whose_data_would_end_with_its_pod_keeps_its_sizes(storage: str, kept: tuple[str, ...]) -> None:
    force = InForce({}, {"postgres": {"enabled": True, "storage": storage}})
    assert tuple(force.setting("postgres").fixed) == kept


def test_the_autoscaler_counts_for_the_parts_that_it_scales() -> None:
    force = InForce({}, {"autoscaling": {"enabled": True, "cpuPercent": 60}, "postgres": {"storage": "1Gi"}})
    assert [force.setting(part).autoscaler for part in ("backend", "frontend", "postgres")] == [60, 60, None]
    assert InForce({}, {"autoscaling": {"enabled": False}}).setting("backend").autoscaler is None
