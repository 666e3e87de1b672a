"""The subprocess door: what it passes, ends, masks and leaves behind."""

import json
import os
import subprocess
import threading
import time
from pathlib import Path

import pytest

from orchestrator.errors import CommandFailedError, EnvironmentMissingError, InterruptedRunError
from orchestrator.process import end_leftovers
from tests.orchestrator.standins import door, stand_in


def test_arguments_arrive_as_given_without_a_shell(tmp_path: Path) -> None:
    done = door(tmp_path).run(["printf", "%s|", "a b", "$HOME", "*", "'"], limit=5)
    assert done.out == "a b|$HOME|*|'|"
    assert done.argv == ("printf", "%s|", "a b", "$HOME", "*", "'")


def test_text_is_standard_input_and_else_it_is_empty(tmp_path: Path) -> None:
    assert door(tmp_path).run(["cat"], limit=5, text="secret on stdin").out == "secret on stdin"
    assert door(tmp_path).run(["cat"], limit=5).out == ""


def test_a_large_input_that_nobody_reads_does_not_hang(tmp_path: Path) -> None:
    assert door(tmp_path).run(["true"], limit=10, text="x" * 5_000_000).ok


def test_a_bad_exit_code_tells_the_last_lines_masked(tmp_path: Path) -> None:
    one = door(tmp_path)
    one.redactor.learn("hunter2hunter2")
    with pytest.raises(CommandFailedError) as caught:
        one.run(["bash", "-c", "echo first >&2; echo password is hunter2hunter2 >&2; exit 3"], limit=5)
    assert caught.value.code == 3
    assert "hunter2" not in str(caught.value)
    assert "password is ****" in caught.value.tail


def test_the_limit_ends_the_command_and_what_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "grandchild"
    script = f"(sleep 60 & echo $! > {mark}; wait)"
    started = time.monotonic()
    with pytest.raises(CommandFailedError, match=r"took longer than 0\.5 s"):
        door(tmp_path).run(["bash", "-c", script], limit=0.5)
    assert time.monotonic() - started < 8
    assert _ends(int(mark.read_text()))


def test_what_does_not_end_with_its_command_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "grandchild"
    script = f"(trap '' TERM; sleep 60 & echo $! > {mark}; wait) & wait"
    with pytest.raises(CommandFailedError, match=r"took longer than 0\.5 s"):
        door(tmp_path).run(["bash", "-c", script], limit=0.5)
    assert _ends(int(mark.read_text()))


def test_stop_ends_it_early_and_gives_its_result(tmp_path: Path) -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    script = "trap 'echo cancelled; exit 1' TERM; while true; do sleep 0.05; done"
    done = door(tmp_path).run(["bash", "-c", script], limit=30, check=False, stop=stop)
    assert (done.code, done.out) == (1, "cancelled\n")


def test_a_cancelled_door_ends_what_runs_and_starts_nothing(tmp_path: Path) -> None:
    one = door(tmp_path)
    threading.Timer(0.3, one.cancelled.set).start()
    with pytest.raises(InterruptedRunError):
        one.run(["sleep", "60"], limit=90)
    with pytest.raises(InterruptedRunError):
        one.run(["touch", str(tmp_path / "made")], limit=5)
    assert not (tmp_path / "made").exists()


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentMissingError, match="'helm' is not on the PATH"):
        door(tmp_path, programs=tmp_path / "empty").run(["helm", "version"], limit=5)


def test_lines_are_told_masked_as_they_come(tmp_path: Path) -> None:
    one = door(tmp_path)
    one.redactor.learn("topsecretvalue")
    lines: list[str] = []
    one.run(["bash", "-c", "echo one; echo topsecretvalue >&2"], limit=5, on_line=lines.append)
    assert sorted(lines) == ["****", "one"]


def test_a_flood_is_cut(tmp_path: Path) -> None:
    stand_in(tmp_path / "bin", "flood", "yes 0123456789012345678901234567890123456789")
    with pytest.raises(CommandFailedError):
        door(tmp_path, programs=tmp_path / "bin").run(["flood"], limit=60)


def test_leftovers_of_a_killed_run_are_ended_and_strangers_are_not(tmp_path: Path) -> None:
    ours = subprocess.Popen(["sleep", "60"], start_new_session=True)
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        born = Path(f"/proc/{ours.pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
        (tmp_path / str(ours.pid)).write_text(json.dumps({"program": "helm", "born": born}))
        (tmp_path / str(stranger.pid)).write_text(json.dumps({"program": "helm", "born": "1"}))
        (tmp_path / "999999999").write_text("{half")
        assert end_leftovers(tmp_path) == ["helm"]
        assert ours.wait(timeout=5) == -9
        assert stranger.poll() is None
        assert list(tmp_path.iterdir()) == []
    finally:
        for one in (ours, stranger):
            if one.poll() is None:
                one.kill()
            one.wait()


def test_a_finished_command_leaves_no_note(tmp_path: Path) -> None:
    one = door(tmp_path)
    one.run(["true"], limit=5)
    assert list((tmp_path / "running").iterdir()) == []


def _ends(pid: int) -> bool:
    """Whether it is gone within two seconds: a signal is not obeyed in the instant that it is sent."""
    deadline = time.monotonic() + 2
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not _alive(pid)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
