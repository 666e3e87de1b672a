"""What a run leaves behind for the next one, and the lock that keeps two apart."""

import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.errors import LockedError
from orchestrator.graph.lock import held
from orchestrator.graph.state import Memory, State


@pytest.mark.parametrize(
    "text", ["", "{", '{"version": 1, "pla', "[]", '{"version": 99}', '{"version": 1, "places": []}']
)
def test_a_half_written_state_is_set_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(text)
    state = State.load(path, "here")
    assert "could not be read" in state.warning
    assert (tmp_path / "state.broken").read_text() == text
    state.keep("a", Memory({}, "done", {}))
    again = State.load(path, "here")
    assert again.warning == ""
    assert again.recall("a") == Memory({}, "done", {})


def test_places_do_not_know_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    State.load(path, "one").keep("a", Memory({}, "done", {}))
    State.load(path, "two").keep("b", Memory({}, "done", {}))
    assert State.load(path, "two").recall("a") is None
    assert State.load(path, "one").recall("a") is not None


def test_the_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    script = f"import sys; sys.path.insert(0, {str(Path.cwd())!r})\n" + (
        "from pathlib import Path; from orchestrator.graph.lock import held; import time\n"
        f"with held(Path({str(path)!r}), doing='up'): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match=rf"`up`, process {holder.pid} of "), held(path, doing="down"):
            pass
    finally:
        holder.kill()
        holder.wait()
    with held(path, doing="down"):
        pass  # a killed holder leaves no lock behind
