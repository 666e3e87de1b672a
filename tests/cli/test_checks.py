"""`./todo test`: how steps end, are counted and told."""

import itertools
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cli.checks import cluster
from cli.checks import test as checks
from cli.checks.plan import plan
from cli.checks.report import closing, table
from cli.checks.runner import run_step
from cli.checks.steps import Need, Outcome, State, Step
from cli.exits import CommandError, Exit


def pytest_step(folder: Path, text: str) -> Step:
    (folder / "test_it.py").write_text(text)
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py")
    return Step(name="it", command=command, folder=folder, is_pytest=True)


def counts(outcome: Outcome) -> tuple[State, int, int, int]:
    return outcome.state, outcome.passed, outcome.failed, outcome.skipped


def test_tests_are_counted_and_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = "import pytest\ndef test_a(): pass\ndef test_b(): assert 0\n@pytest.mark.skip\ndef test_c(): pass\n"
    outcome = run_step(pytest_step(tmp_path, text), missing={})
    assert counts(outcome) == (State.FAILED, 1, 1, 1)
    assert "1 failed, 1 passed, 1 skipped in" in capfd.readouterr().out


def test_a_test_file_that_cannot_be_read_fails(tmp_path: Path) -> None:
    outcome = run_step(pytest_step(tmp_path, "import nothing_of_that_name\n"), missing={})
    assert outcome.state is State.FAILED
    assert outcome.failed == 1


def test_a_run_that_breaks_off_fails(tmp_path: Path) -> None:
    outcome = run_step(pytest_step(tmp_path, "import os\ndef test_a(): os._exit(3)\n"), missing={})
    assert counts(outcome) == (State.FAILED, 0, 1, 0)
    assert outcome.remark == "pytest ended with 3"


def test_a_plain_check_is_shown_only_when_it_fails(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def check(text: str) -> Outcome:
        return run_step(Step(name="lint", command=(sys.executable, "-c", text), folder=tmp_path), missing={})

    assert counts(check("print('all is well')")) == (State.PASSED, 1, 0, 0)
    assert "all is well" not in capfd.readouterr().out
    assert counts(check("print('line 3 is bad'); raise SystemExit(2)")) == (State.FAILED, 0, 1, 0)
    assert "line 3 is bad" in capfd.readouterr().out


def test_a_step_whose_need_is_missing_fails_by_its_reason(tmp_path: Path) -> None:
    step = Step(name="browser", command=("never-run",), folder=tmp_path, needs=(Need.CHROMIUM, Need.PAGE))
    outcome = run_step(step, missing={Need.CHROMIUM: "chromium is not installed: apt-get install chromium"})
    assert counts(outcome) == (State.MISSING, 0, 1, 0)
    assert outcome.remark == "chromium is not installed: apt-get install chromium"


def test_a_step_without_its_wish_runs_and_fails_by_its_reason(tmp_path: Path) -> None:
    step = replace(pytest_step(tmp_path, "def test_a(): pass\n"), wishes=(Need.POSTGRES,))
    assert counts(run_step(step, missing={})) == (State.PASSED, 1, 0, 0)
    outcome = run_step(step, missing={Need.POSTGRES: "postgresql is not installed"})
    assert counts(outcome) == (State.FAILED, 1, 1, 0)
    assert outcome.remark == "postgresql is not installed"


def test_the_last_line_sums_all_steps() -> None:
    outcomes = [
        Outcome(name="ruff", state=State.PASSED, seconds=0.2, passed=1),
        Outcome(name="tests", state=State.FAILED, seconds=61.0, passed=40, failed=2, skipped=3),
    ]
    assert closing(outcomes) == "41 passed, 2 failed, 3 skipped"
    assert table(outcomes).splitlines() == [
        "ruff   passed      0.2 s  1 passed",
        "tests  FAILED     61.0 s  40 passed, 2 failed, 3 skipped",
    ]


def test_every_test_folder_is_run_by_some_step() -> None:
    commands = [step.command for step in plan(fast=False, select=None) if step.is_pytest]
    assert "tests" in commands[0]
    ignored = {word.removeprefix("--ignore=") for word in commands[0] if word.startswith("--ignore=")}
    named = {word for command in commands[1:] for word in command}
    assert ignored - named <= {"tests/cluster"} | {path for path in ignored if not Path(path).exists()}


def test_selecting_runs_only_tests() -> None:
    steps = plan(fast=False, select="undo")
    assert all(step.is_pytest and step.command[-2:] == ("-k", "undo") for step in steps)


def test_an_expression_that_names_no_test_is_a_wrong_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "make_ready", lambda wanted: None)
    monkeypatch.setattr(checks, "run_all", lambda steps: [Outcome(name="it", state=State.PASSED)])
    with pytest.raises(CommandError, match="No test is named by -k 'nothing'") as told:
        checks.command(fast=True, with_cluster=False, select="nothing")
    assert told.value.code == Exit.USAGE


def test_cluster_tests_say_why_they_do_not_run(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    reason = cluster.reason_not_to_run(scripts=tmp_path / "scripts", tests=tmp_path / "tests")
    there = f"there are no cluster scripts ({tmp_path / 'scripts'} is not there)"
    assert reason == f"{there}; name a cluster of yours: --context NAME"


def test_cluster_is_left_as_it_was_found(tmp_path: Path) -> None:
    log = tmp_path / "log"
    (tmp_path / "bin").mkdir()
    for name, text in {
        "up": f"echo up >> {log}; touch {tmp_path}/running",
        "base-images": f"echo base-images >> {log}",
        "down": f"echo down >> {log}; rm {tmp_path}/running",
        "env": f'echo "export KUBECONFIG=/there PATH={tmp_path}/bin:\\$PATH"',
        "bin/kubectl": f"test -e {tmp_path}/running",
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    with cluster.running_cluster(scripts=tmp_path) as variables:
        assert variables["KUBECONFIG"] == "/there"
        with cluster.running_cluster(scripts=tmp_path):
            cluster.make_base_images(scripts=tmp_path)
        assert (tmp_path / "running").exists()
    assert log.read_text().split() == ["up", "up", "base-images", "down"]


def test_every_cluster_test_is_in_a_folder_that_is_run_once() -> None:
    folders = {cluster.CHART, *cluster.LANES}
    found = {path.relative_to(cluster.TESTS).parts[0] for path in cluster.TESTS.rglob("test_*.py")}
    assert found == folders
    words = {word for name in folders for word in cluster.step(name, {}, select=None).command}
    assert {word for word in words if word.startswith("tests/")} == {f"tests/cluster/{name}" for name in folders}


def test_cluster_tests_that_run_side_by_side_share_no_namespace_and_no_port() -> None:
    names = re.compile(r"\btodo-(?:check|trouble|size|faults|agents|backups)\b|\b30\d{3}\b")

    def told(lane: str) -> set[str]:
        return {name for path in (cluster.TESTS / lane).rglob("*.py") for name in names.findall(path.read_text())}

    for one, other in itertools.combinations(cluster.LANES, 2):
        assert not told(one) & told(other)


def test_the_slowest_tests_of_each_run_are_listed_if_asked() -> None:
    runs = [step.command for step in plan(fast=False, select=None, durations=20) if step.is_pytest]
    assert runs and all("--durations=20" in command for command in runs)
    plain = [step.command for step in plan(fast=False, select=None)]
    assert not any("durations" in part for command in plain for part in command)
