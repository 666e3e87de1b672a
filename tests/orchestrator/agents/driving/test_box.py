"""The box: what a program in it sees, what it can write, and how long and how much it may speak."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestrator.agents.base import Kind, Outcome
from orchestrator.agents.driving import confine
from orchestrator.agents.driving.box import OUTPUT_LIMIT, Told, opened
from orchestrator.errors import InterruptedRunError
from tests.orchestrator.agents.stage import CLUSTER, SECRET, act, backstage
from tests.orchestrator.standins import stand_in

needs_landlock = pytest.mark.skipif(not confine.version(), reason="this kernel has no Landlock")


def told(folder: Path, script: str, *, limit: float = 20.0) -> Told | Outcome:
    """What comes of the bash script in a box."""
    stand_in(folder / "bin", "program", script)
    with opened(backstage(folder / "bin")) as box:
        return box.call(["program"], limit=limit)


def test_a_program_gets_an_empty_folder_no_input_and_no_secret(tmp_path: Path) -> None:
    act(tmp_path, "docker", {"report": True})
    with opened(backstage(tmp_path, AWS_SECRET_ACCESS_KEY="x")) as box:
        answer = box.call(["docker", "ai", "hello"], limit=20)
        folder = box.folder
    assert isinstance(answer, Told)
    seen = json.loads(answer.out)
    assert (seen["files"], seen["stdin"], Path(seen["folder"])) == ([], "device", folder / "work")
    assert set(seen["environment"]) - {"LC_CTYPE"} <= {
        "PATH", "HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LANG", "TERM", "NO_COLOR",
        "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy", "SSL_CERT_FILE",
    }  # fmt: skip
    assert SECRET not in answer.out
    assert not folder.exists()


@needs_landlock
def test_nothing_can_be_written_changed_or_removed_outside(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("as it was")
    script = (
        f"echo x > {outside}/new; echo x > {outside}/kept; rm {outside}/kept; mkdir {outside}/d; ln -s / {outside}/l; "
    )
    answer = told(tmp_path, script + 'echo ok > "$TMPDIR/trace"; cat "$TMPDIR/trace"; echo x > /dev/null')
    assert isinstance(answer, Told)
    assert answer.out == "ok\n"
    assert [path.name for path in outside.iterdir()] == ["kept"]
    assert (outside / "kept").read_text() == "as it was"


def test_without_landlock_the_program_runs_all_the_same(tmp_path: Path) -> None:
    code = "import confine, sys; confine.version = lambda: 0; confine.main(sys.argv[1:])"
    argv = [sys.executable, "-c", code, str(tmp_path), "--", "/bin/echo", "hello"]
    environment = {**os.environ, "PYTHONPATH": str(Path(confine.__file__).parent)}
    assert subprocess.run(argv, env=environment, capture_output=True, text=True, check=True).stdout == "hello\n"


def test_a_file_in_the_working_folder_is_refused_by_name(tmp_path: Path) -> None:
    answer = told(tmp_path, "mkdir sub; echo FROM scratch > sub/Dockerfile; echo done")
    assert isinstance(answer, Outcome)
    assert (answer.kind, answer.detail) == (Kind.REFUSED, "it wrote files itself: sub, sub/Dockerfile")


def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    started = time.monotonic()
    answer = told(
        tmp_path, f'trap \'\' TERM; sleep 300 & echo $! > "$TMPDIR/pid"; cp "$TMPDIR/pid" {tmp_path}; wait', limit=1
    )
    assert isinstance(answer, Outcome)
    assert (answer.kind, answer.detail) == (Kind.TIMEOUT, "no answer within 1 s")
    assert time.monotonic() - started < 15


def test_a_flood_is_ended_and_refused(tmp_path: Path) -> None:
    act(tmp_path, "docker", {"flood": True})
    with opened(backstage(tmp_path)) as box:
        answer = box.call(["docker", "ai", "hello"], limit=60)
    assert isinstance(answer, Outcome)
    assert (answer.kind, answer.detail) == (Kind.REFUSED, f"it wrote more than {OUTPUT_LIMIT // 1024} kB")
    assert len(answer.answer) <= OUTPUT_LIMIT


def test_a_program_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with opened(backstage(tmp_path)) as box:
        answer = box.call(["nobody"], limit=5)
    assert isinstance(answer, Outcome)
    assert answer.kind is Kind.UNAVAILABLE


def test_an_interrupted_run_ends_the_program(tmp_path: Path) -> None:
    stand_in(tmp_path, "program", "sleep 60")
    door = backstage(tmp_path)
    door.cancelled.set()
    with opened(door) as box, pytest.raises(InterruptedRunError):
        box.call(["program"], limit=60)


def test_the_kubeconfig_holds_the_one_context_in_its_namespace(tmp_path: Path) -> None:
    view = {"current-context": "test", "contexts": [{"name": "test", "context": {"cluster": "c", "user": "u"}}]}
    stand_in(tmp_path, "kubectl", f"echo \"$*\" > {tmp_path}/asked; echo '{json.dumps(view)}'")
    with opened(backstage(tmp_path)) as box:
        path = box.kubeconfig(CLUSTER)
        written = json.loads(path.read_text())
        assert path.stat().st_mode & 0o077 == 0
    assert written["contexts"] == [{"name": "test", "context": {"cluster": "c", "user": "u", "namespace": "default"}}]
    assert "--context test" in (tmp_path / "asked").read_text()
    assert "--minify --flatten --raw" in (tmp_path / "asked").read_text()


@pytest.mark.parametrize("script", ["echo 'no such context' >&2; exit 1", "echo nonsense", "echo '{}'"])
def test_without_the_context_the_kubeconfig_reaches_nothing(tmp_path: Path, script: str) -> None:
    stand_in(tmp_path, "kubectl", script)
    with opened(backstage(tmp_path)) as box:
        assert json.loads(box.kubeconfig(CLUSTER).read_text())["clusters"] == []
