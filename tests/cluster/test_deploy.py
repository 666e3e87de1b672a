"""The whole way on a real cluster: deployed, unchanged, changed, interrupted, broken, drifted, taken down. In order."""

import json
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.steps.plan import steps
from tests.cluster.conftest import NAMESPACE, ROOT, URL, Tree, is_ready, kubectl, pods, wait_for

pytestmark = pytest.mark.cluster
BREAKS_IN_A_POD = 'import os\nif os.environ.get("DATABASE_URL"):\n    raise RuntimeError("broken on purpose")\n'
STEPS = [step.name for step in steps(ROOT)]


def helm(*words: str) -> str:
    """Standard output of helm in the test's namespace."""
    argv = ["helm", *words, "--kube-context", "minikube", "--namespace", NAMESPACE]
    return subprocess.run(argv, check=True, capture_output=True, text=True, timeout=180).stdout


def revision() -> int:
    """The release's current revision, which must be deployed."""
    (release,) = json.loads(helm("list", "--output", "json"))
    assert release["status"] == "deployed"
    return int(release["revision"])


def uids(app: str) -> set[str]:
    """The identities of an app's pods."""
    return {pod["metadata"]["uid"] for pod in pods(app).values()}


def page() -> str:
    """The login page's HTML, through the NodePort."""
    with urllib.request.urlopen(URL, timeout=10) as answer:  # noqa: S310 - a constant address
        text: str = answer.read().decode()
        return text


def test_a_plan_touches_nothing(tree: Tree) -> None:
    planned = json.loads(tree.deployed("plan", "--json"))
    assert [step["name"] for step in planned] == STEPS
    assert all(step["runs"] for step in planned)
    tasks = {task for step in planned for task in step["tasks"]}
    assert {f"T{number:03}" for number in range(1, 37)} - tasks == {"T030", "T031", "T032"}
    assert not (tree.root / ".todo-deploy").exists()
    assert not (tree.root / "phase-iv-audit.log").exists()
    assert "todo-check" not in kubectl("get", "namespaces")


def test_an_empty_cluster_gets_four_ready_pods_and_a_page_that_works(tree: Tree) -> None:
    told = tree.deployed()
    assert f"login page, sign-up, chat turn and task through {URL}" in told
    for app in ("todo-backend", "todo-frontend"):
        assert [is_ready(pod) for pod in pods(app).values()] == [True, True]
    assert len(pods("todo-postgres")) == 1
    assert revision() == 1
    assert "<html" in page()
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
    shown = subprocess.run([*argv, "--dump-dom", URL], check=True, capture_output=True, text=True, timeout=120).stdout
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
    told = json.loads(kubectl("get", "secret", "todo-backend-secret", "--output", "json"))["data"]
    import base64

    values = [base64.b64decode(value).decode() for value in told.values() if value]
    values.append(values[0].split(":")[2].split("@")[0] if "@" in values[0] else values[0])
    written = [*(tree.root / ".todo-deploy").rglob("*"), *tree.root.glob("phase-iv-audit.*")]
    for path in written:
        if path.is_file():
            assert not any(value in path.read_text(errors="replace") for value in values), path


def test_a_second_run_redeploys_nothing(tree: Tree) -> None:
    before = (
        revision(),
        uids("todo-backend"),
        uids("todo-frontend"),
        (tree.root / "phase-iv-audit.jsonl").read_bytes(),
    )
    assert "nothing changed" in tree.deployed()
    after = (revision(), uids("todo-backend"), uids("todo-frontend"), (tree.root / "phase-iv-audit.jsonl").read_bytes())
    assert before == after


def test_status_is_healthy_and_open_gives_the_page(tree: Tree) -> None:
    found = json.loads(tree.deployed("status", "--json"))
    assert found["healthy"] is True
    assert {one["name"]: one["ready"] for one in found["workloads"]} == {
        "todo-backend": 2, "todo-frontend": 2, "todo-postgres": 1,
    }  # fmt: skip
    assert tree.deployed("open").strip() == URL
    assert tree.deployed("logs", "backend", "--lines", "5").count("todo-backend") >= 1


def test_a_change_by_hand_is_named_and_taken_back(tree: Tree) -> None:
    kubectl("scale", "deployment", "todo-frontend", "--replicas", "1")
    wait_for(lambda: len(pods("todo-frontend")) == 1, limit=60)
    done = tree.deploy("status")
    assert done.returncode == 22
    assert "Deployment/todo-frontend spec.replicas: the chart says 2, the cluster has 1" in done.stdout
    tree.deployed()
    assert len(pods("todo-frontend")) == 2
    assert json.loads(tree.deployed("status", "--json"))["drift"] == []


def test_a_changed_source_rolls_only_its_own_pods(tree: Tree) -> None:
    before = (uids("todo-backend"), uids("todo-frontend"))
    path = tree.root / "backend" / "health.py"
    path.write_text(path.read_text() + "\n# a change\n")
    tree.deployed()
    assert uids("todo-frontend") == before[1]
    assert not uids("todo-backend") & before[0]


def test_a_broken_image_is_told_with_its_log_and_rolled_back(tree: Tree) -> None:
    path = tree.root / "backend" / "main.py"
    good = path.read_text()
    path.write_text(BREAKS_IN_A_POD + good)
    done = tree.deploy()
    path.write_text(good)
    assert done.returncode == 22, done.stderr
    assert "CrashLoopBackOff" in done.stderr
    assert "broken on purpose" in done.stderr
    assert "It was rolled back to revision" in done.stderr
    assert all(is_ready(pod) for pod in pods("todo-backend").values())
    assert "<html" in page()
    tree.deployed()


def test_a_typo_in_the_values_is_named_before_anything_happens(tree: Tree) -> None:
    before = revision()
    typo = tree.root / "mine.yaml"
    typo.write_text("backend:\n  replica: 3\n")
    done = tree.deploy("--values", str(typo))
    assert done.returncode == 21
    assert "replica" in done.stderr
    assert "replicas" in done.stderr
    assert revision() == before


def test_a_second_run_at_once_is_told_who_holds_the_lock(tree: Tree) -> None:
    first = tree.start("--force")
    try:
        wait_for((tree.root / ".todo-deploy" / "lock").read_text, limit=20)
        _until(first, "environment")
        done = tree.deploy()
        assert done.returncode == 23
        assert f"process {first.pid}" in done.stderr
    finally:
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=60)
    assert first.returncode == 130


@pytest.mark.parametrize("name", STEPS)
def test_a_run_that_is_killed_in_any_step_is_resumed(tree: Tree, name: str) -> None:
    killed = tree.start("--force")
    _until(killed, name)
    killed.kill()
    killed.communicate(timeout=60)
    tree.deployed()  # ends in the audit's check


def test_a_run_that_is_killed_while_pods_roll_is_resumed(tree: Tree) -> None:
    path = tree.root / "backend" / "health.py"
    path.write_text(path.read_text() + "\n# another change\n")
    before = uids("todo-backend")
    _kill_while_rolling(tree)
    assert "pending-upgrade" in helm("list", "--output", "json")
    tree.deployed()
    assert not uids("todo-backend") & before


def test_a_first_run_that_is_killed_while_pods_start_is_resumed(tree: Tree) -> None:
    tree.deployed("down", "--delete-data")
    _kill_while_rolling(tree)
    assert "pending-install" in helm("list", "--output", "json")
    tree.deployed()


def _kill_while_rolling(tree: Tree) -> None:
    killed = tree.start()
    _until(killed, "release", saying="pods ready")
    killed.kill()
    killed.communicate(timeout=60)


def test_after_all_that_nothing_is_left_to_do(tree: Tree) -> None:
    assert "nothing changed" in tree.deployed()
    assert "complete and unbroken" in tree.deployed("audit")
    assert json.loads(tree.deployed("status", "--json"))["healthy"] is True


def _until(process: "subprocess.Popen[str]", name: str, *, saying: str = "") -> None:
    """Read progress until the step runs (and says that); then give it a moment to do it."""
    for event in _events(process):
        if event.get("step") == name and event.get("phase") == "running" and saying in event.get("text", ""):
            time.sleep(0.2)
            return
    raise AssertionError(f"{name} never ran")


def _events(process: "subprocess.Popen[str]") -> Iterator[dict[str, str]]:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("{"):
            yield json.loads(line)


def test_a_torn_state_file_costs_nothing_but_time(tree: Tree) -> None:
    path = tree.root / ".todo-deploy" / "state.json"
    path.write_text(path.read_text()[:200])
    before = uids("todo-backend")
    done = tree.deploy()
    assert done.returncode == 0, done.stderr
    assert "could not be read" in done.stderr
    assert uids("todo-backend") == before


def test_rollback_goes_back_and_up_forward_again(tree: Tree) -> None:
    assert "rolled back to revision" in tree.deployed("rollback")
    assert json.loads(tree.deployed("status", "--json"))["workloads"]
    tree.deployed()


def test_a_secret_of_someone_else_with_other_keys_is_refused(tree: Tree) -> None:
    tree.deployed("down", "--delete-data")
    kubectl("create", "namespace", NAMESPACE)
    kubectl("create", "secret", "generic", "todo-backend-secret", "--from-literal=PASSWORD=x")
    done = tree.deploy()
    assert done.returncode == 20
    assert "lacks DATABASE_URL, BETTER_AUTH_SECRET" in done.stderr
    tree.deployed("down")
    assert "todo-backend-secret" in kubectl("get", "secrets")
    kubectl("delete", "secret", "todo-backend-secret")


def test_a_taken_node_port_is_named_with_who_holds_it(tree: Tree) -> None:
    kubectl("create", "service", "nodeport", "squatter", "--tcp=80:80", "--node-port=30080")
    done = tree.deploy()
    kubectl("delete", "service", "squatter")
    assert done.returncode == 20
    assert f"node port 30080 is taken by the service {NAMESPACE}/squatter" in done.stderr


def test_an_unreachable_database_is_told(tree: Tree) -> None:
    url = "postgresql://todo:verysecretpassword@10.96.255.254:5432/todo?connect_timeout=3"
    done = tree.deploy("--wait", "60", DATABASE_URL=url)
    assert done.returncode == 22
    assert "verysecretpassword" not in done.stderr + done.stdout
    assert "todo-backend" in done.stderr


def test_down_leaves_nothing(tree: Tree) -> None:
    tree.deployed("down", "--delete-data")
    kinds = "all,secrets,configmaps,persistentvolumeclaims,networkpolicies,poddisruptionbudgets"
    left = json.loads(kubectl("get", kinds, "--output", "json"))["items"]
    names = [item["metadata"]["name"] for item in left]
    assert [name for name in names if not name.startswith(("default-token", "kube-root-ca"))] == []
    assert json.loads(helm("list", "--output", "json")) == []
    kubectl("delete", "namespace", NAMESPACE)
