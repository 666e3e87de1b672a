"""The whole way on a real cluster: deployed, unchanged, changed, broken, drifted, rolled back. In order."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.commands.session import open_run
from orchestrator.options import Options
from orchestrator.process import Door
from orchestrator.release.reach import answers, front_door
from orchestrator.steps.plan import steps
from orchestrator.targets.context import Context
from tests.cluster.seen import CONTEXT, is_ready
from tests.cluster.tree import ROOT, Tree, wait_for

pytestmark = pytest.mark.cluster
BREAKS_IN_A_POD = 'import os\nif os.environ.get("DATABASE_URL"):\n    raise RuntimeError("broken on purpose")\n'
STEPS = [step.name for step in steps(ROOT)]


def test_a_plan_touches_nothing(tree: Tree) -> None:
    planned = json.loads(tree.deployed("plan", "--json"))
    assert [step["name"] for step in planned] == STEPS
    assert all(step["runs"] for step in planned)
    tasks = {task for step in planned for task in step["tasks"]}
    assert {f"T{number:03}" for number in range(1, 37)} - tasks == {"T030", "T031", "T032"}
    assert not (tree.root / ".todo-deploy").exists()
    assert not (tree.root / "phase-iv-audit.log").exists()
    assert tree.namespace not in tree.kubectl("get", "namespaces")


def test_an_empty_cluster_gets_four_ready_pods_and_a_page_that_works(tree: Tree) -> None:
    told = tree.deployed()
    assert re.search(rf"login page, sign-up, chat turn and task through http://[\d.]+:{tree.port}\n", told)
    for app in ("todo-backend", "todo-frontend"):
        assert [is_ready(pod) for pod in tree.pods(app).values()] == [True, True]
    assert len(tree.pods("todo-postgres")) == 1
    assert tree.revision() == 1
    assert "<html" in tree.page()
    assert (
        "0 chart(s) failed"
        in subprocess.run(
            ["helm", "lint", "charts/todo-app"], cwd=tree.root, check=True, capture_output=True, text=True
        ).stdout
    )


def test_the_login_page_shows_in_a_browser(tree: Tree, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    assert browser, "Chromium is not installed: apt-get install chromium"
    argv = [browser, "--headless=new", "--no-sandbox", f"--user-data-dir={tmp_path}", "--virtual-time-budget=10000"]
    argv += ["--dump-dom", tree.url]
    shown = subprocess.run(argv, check=True, capture_output=True, text=True, timeout=120).stdout
    assert 'type="password"' in shown


def test_the_images_are_within_their_limits() -> None:
    for name, limit in (("todo-backend", 300), ("todo-frontend", 150)):
        argv = ["docker", "image", "inspect", "--format", "{{.Size}}", f"{name}:latest"]
        assert 0 < int(subprocess.run(argv, check=True, capture_output=True, text=True).stdout) / 1e6 < limit


def test_the_audit_log_is_complete_and_a_changed_byte_is_named(tree: Tree) -> None:
    assert "complete and unbroken" in tree.deployed("audit")
    log = tree.root / "phase-iv-audit.log"
    good = log.read_text()
    log.write_text(good.replace("[BUILTIN]", "[GORDON]", 1))
    done = tree.deploy("audit")
    log.write_text(good)
    assert done.returncode == 24
    assert "phase-iv-audit.log line" in done.stdout


def test_no_secret_is_in_any_file_or_argument_that_the_tool_wrote(tree: Tree) -> None:
    told = json.loads(tree.kubectl("get", "secret", "todo-backend-secret", "--output", "json"))["data"]
    import base64

    values = [base64.b64decode(value).decode() for value in told.values() if value]
    values.append(values[0].split(":")[2].split("@")[0] if "@" in values[0] else values[0])
    written = [*(tree.root / ".todo-deploy").rglob("*"), *tree.root.glob("phase-iv-audit.*")]
    for path in written:
        if path.is_file():
            assert not any(value in path.read_text(errors="replace") for value in values), path


def test_a_second_run_redeploys_nothing(tree: Tree) -> None:
    def state() -> tuple[int, set[str], set[str], bytes]:
        log = (tree.root / "phase-iv-audit.jsonl").read_bytes()
        return tree.revision(), tree.uids("todo-backend"), tree.uids("todo-frontend"), log

    before = state()
    assert "nothing changed" in tree.deployed()
    assert before == state()


def test_status_is_healthy_and_open_gives_the_page(tree: Tree) -> None:
    found = json.loads(tree.deployed("status", "--json"))
    assert found["healthy"] is True
    assert {one["name"]: one["ready"] for one in found["workloads"]} == {
        "todo-backend": 2, "todo-frontend": 2, "todo-postgres": 1,
    }  # fmt: skip
    assert tree.deployed("open").strip().endswith(f":{tree.port}")
    assert tree.deployed("logs", "backend", "--lines", "5").count("todo-backend") >= 1


class OutOfReach(Context):
    """A cluster whose node port cannot be reached, as with its Docker driver on macOS and Windows."""

    def address(self, door: Door, service: str, port: int) -> str | None:
        return None


def test_where_no_node_port_is_reached_a_port_forward_leads_to_the_page(tree: Tree) -> None:
    run = replace(open_run(Options(tree.root, namespace=tree.namespace)), target=OutOfReach(CONTEXT, tree.namespace))
    with front_door(run) as (url, forwarded):
        assert forwarded
        assert answers(url)
    assert not answers(url)


def test_a_context_by_name_reaches_the_same_release(tree: Tree) -> None:
    found = json.loads(tree.deployed("status", "--target", "context", "--context", CONTEXT, "--json"))
    assert found["healthy"] is True


def test_a_change_by_hand_is_named_and_taken_back(tree: Tree) -> None:
    tree.kubectl("scale", "deployment", "todo-frontend", "--replicas", "1")
    wait_for(lambda: len(tree.pods("todo-frontend")) == 1, limit=60)
    done = tree.deploy("status")
    assert done.returncode == 22
    assert "Deployment/todo-frontend spec.replicas: the chart says 2, the cluster has 1" in done.stdout
    tree.deployed()
    assert len(tree.pods("todo-frontend")) == 2
    assert json.loads(tree.deployed("status", "--json"))["drift"] == []


def test_a_changed_source_rolls_only_its_own_pods(tree: Tree) -> None:
    before = (tree.uids("todo-backend"), tree.uids("todo-frontend"))
    path = tree.root / "backend" / "health.py"
    path.write_text(path.read_text() + "\n# a change\n")
    tree.deployed()
    assert tree.uids("todo-frontend") == before[1]
    assert not tree.uids("todo-backend") & before[0]


def test_a_broken_image_is_told_with_its_log_and_rolled_back(tree: Tree) -> None:
    path = tree.root / "backend" / "main.py"
    good = path.read_text()
    path.write_text(BREAKS_IN_A_POD + good)
    done = tree.deploy()
    path.write_text(good)
    assert done.returncode == 22, done.stderr
    assert "CrashLoop: container backend of backend" in done.stderr
    assert "broken on purpose" in done.stderr
    assert "It was rolled back to revision" in done.stderr
    assert all(is_ready(pod) for pod in tree.pods("todo-backend").values())
    assert "<html" in tree.page()
    tree.deployed()


def test_a_typo_in_the_values_is_named_before_anything_happens(tree: Tree) -> None:
    before = tree.revision()
    typo = tree.root / "mine.yaml"
    typo.write_text("backend:\n  replica: 3\n")
    done = tree.deploy("--values", str(typo))
    assert done.returncode == 21
    assert "replica" in done.stderr
    assert "replicas" in done.stderr
    assert tree.revision() == before


def test_rollback_goes_back_and_up_forward_again(tree: Tree) -> None:
    assert "rolled back to revision" in tree.deployed("rollback")
    assert json.loads(tree.deployed("status", "--json"))["workloads"]
    tree.deployed()
