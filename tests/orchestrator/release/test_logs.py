"""The last log lines of a container that crashes, also while the kubelet cleans up what it left."""

from pathlib import Path

import pytest

from orchestrator.diagnosis.facts import Sign
from orchestrator.release import logs
from orchestrator.targets.base import Cluster
from tests.orchestrator.standins import door, stand_in

GONE = "echo unable to retrieve container logs for docker://d012"
CRASH = Sign("CrashLoop", "backend", "container backend of backend", "exit code 1", pod="x", container="backend")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_PAUSE", 0)


def told(folder: Path, *, previous: str, present: str, sign: Sign = CRASH) -> str:
    """The log that is found where kubectl does this for the run before, and that for the present one."""
    calls = f"echo >> {folder}/calls; calls=$(wc -l < {folder}/calls)"
    stand_in(
        folder / "bin", "kubectl", f"{calls}\ncase \"$*\" in *--previous*) {previous};; *) {present};; esac"
    )  # fmt: skip
    return logs.last_lines(door(folder, programs=folder / "bin"), Cluster("minikube", "todo"), sign)


def test_the_run_before_the_present_one_tells_why_it_crashed(tmp_path: Path) -> None:
    assert told(tmp_path, previous="echo Traceback", present="echo starting") == "Traceback"


def test_the_present_run_tells_where_there_is_no_other(tmp_path: Path) -> None:
    assert told(tmp_path, previous="exit 1", present="echo starting") == "starting"


def test_a_silent_run_is_told_as_it_is(tmp_path: Path) -> None:
    assert told(tmp_path, previous="true", present="echo starting") == ""


def test_where_the_log_was_just_cleaned_up_the_present_run_tells(tmp_path: Path) -> None:
    assert told(tmp_path, previous=GONE, present="echo Traceback") == "Traceback"


def test_a_log_that_was_just_cleaned_up_is_looked_for_again(tmp_path: Path) -> None:
    again = f"if [ $calls -lt 4 ]; then {GONE}; else echo Traceback; fi"
    assert told(tmp_path, previous=again, present="true") == "Traceback"


def test_a_log_that_stays_away_is_told_in_the_clusters_words(tmp_path: Path) -> None:
    assert "unable to retrieve" in told(tmp_path, previous=GONE, present="true")
    assert told(tmp_path, previous="exit 1", present="echo no >&2; exit 1") == "(its log cannot be read: no)"


def test_only_a_container_has_a_log(tmp_path: Path) -> None:
    assert (
        told(tmp_path, previous="true", present="true", sign=Sign("Unschedulable", "backend", "pod", "no node")) == ""
    )
