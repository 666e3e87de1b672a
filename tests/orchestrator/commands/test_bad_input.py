"""`./todo deploy` where something is missing or wrong: a sentence, the way to mend it, the exit code that fits."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from orchestrator import cli
from orchestrator.graph.lock import held
from orchestrator.steps.images import _remedy
from tests.orchestrator.standins import bare_tree, cluster_stands, stand_in


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree with contracts and chart, the CLI pointed at it, and a PATH with nothing but coreutils and git."""
    bare_tree(tmp_path)
    monkeypatch.setattr(cli.group, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{tmp_path}/plain")
    for name in ("DATABASE_URL", "OPENAI_API_KEY", "BETTER_AUTH_SECRET"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def deploy(*words: str) -> Result:
    """Run the CLI with plain progress."""
    return CliRunner().invoke(cli.app, [*words, "--progress", "plain"])


@pytest.mark.parametrize("program", ["minikube", "docker", "helm", "kubectl"])
def test_a_missing_program_is_named(tree: Path, program: str) -> None:
    cluster_stands(tree)
    (tree / "bin" / program).unlink()
    done = deploy()
    assert done.exit_code == 20, done.output
    assert f"the program '{program}' is not on the PATH" in done.stderr
    assert f"Install {program} and run again" in done.stderr


def test_a_cluster_that_will_not_start_is_told(tree: Path) -> None:
    cluster_stands(tree)
    stand_in(tree / "bin", "minikube", 'echo \'{"Host":"Stopped"}\'; exit 7')
    done = deploy()
    assert done.exit_code in (1, 20)
    assert "minikube" in done.stderr


def test_a_docker_engine_that_is_not_minikubes_is_told(tree: Path) -> None:
    cluster_stands(tree)
    stand_in(tree / "bin", "docker", "echo my-own-container")
    done = deploy()
    assert done.exit_code == 1
    assert "docker ps shows no k8s_* containers" in done.stderr


def test_a_build_on_a_full_disk_says_so(tree: Path) -> None:
    cluster_stands(tree)
    stand_in(tree / "bin", "helm", "sleep 5")
    done = deploy()
    assert done.exit_code == 1
    assert "The disk of the Docker engine is full" in done.stderr
    assert "full" in _remedy("write /x: no space left on device")
    assert "base image" in _remedy("pull access denied for python")


def test_without_a_named_context_nothing_is_used(tree: Path) -> None:
    cluster_stands(tree)
    done = deploy("--target", "context")
    assert done.exit_code == 20
    assert "no kube context was named" in done.stderr


def test_options_are_taken_before_and_after_the_command(tree: Path) -> None:
    cluster_stands(tree)
    before = deploy("--target", "context", "--context", "nowhere", "status")
    after = deploy("status", "--target=context", "--context", "nowhere")
    assert before.exit_code == after.exit_code == 20
    assert before.stderr == after.stderr
    assert "nowhere" in after.stderr


def test_a_values_file_with_a_typo_is_refused_by_name(tree: Path) -> None:
    cluster_stands(tree)
    (tree / "mine.yaml").write_text("frontend:\n  nodeprot: 30081\n")
    done = deploy("--values", str(tree / "mine.yaml"))
    assert done.exit_code == 21
    assert "nodeprot" in done.stderr
    assert "nodePort" in done.stderr


@pytest.mark.parametrize(("text", "told"), [("a: [1", "is not YAML"), ("- a\n", "is not a mapping")])
def test_a_values_file_that_is_none_is_refused(tree: Path, text: str, told: str) -> None:
    cluster_stands(tree)
    (tree / "mine.yaml").write_text(text)
    done = deploy("--values", str(tree / "mine.yaml"))
    assert (done.exit_code, told in done.stderr) == (21, True), done.stderr


def test_a_values_file_that_is_not_there_is_refused(tree: Path) -> None:
    cluster_stands(tree)
    done = deploy("--values", str(tree / "none.yaml"))
    assert done.exit_code == 21
    assert "none.yaml cannot be read" in done.stderr


def test_an_env_file_that_was_named_must_be_there(tree: Path) -> None:
    done = deploy("--env-file", "secrets.env")
    assert done.exit_code == 20
    assert "there is no file secrets.env" in done.stderr


def test_standalone_output_that_is_not_set_is_told(tree: Path) -> None:
    cluster_stands(tree)
    (tree / "frontend" / "next.config.ts").write_text("export default {};\n")
    done = deploy()
    assert "does not set output: 'standalone'" in done.stderr


def test_the_second_run_leaves_at_once(tree: Path) -> None:
    with held(tree / ".todo-deploy" / "lock", doing="up"):
        done = deploy()
    assert done.exit_code == 23
    assert "another run holds the lock: `up`, process " in done.stderr


def test_an_incomplete_log_ends_audit_with_its_code(tree: Path) -> None:
    done = deploy("audit", "--json")
    assert done.exit_code == 24
    assert json.loads(done.stdout)["faults"] == ["phase-iv-audit.log is not there"]


def test_a_chart_that_is_gone_is_made_by_helm_create_as_far_as_t002_goes(tree: Path) -> None:
    cluster_stands(tree)
    shutil.rmtree(tree / "charts")
    stand_in(
        tree / "bin", "helm",
        'if [ "$1" = create ]; then /bin/mkdir -p $2/templates; printf "apiVersion: v2\\nname: x\\n" > $2/Chart.yaml;'
        ' echo "replicaCount: 1" > $2/values.yaml; echo ".git/" > $2/.helmignore; echo x > $2/templates/x.yaml; fi',
    )  # fmt: skip
    deploy()
    chart = (tree / "charts" / "todo-app" / "Chart.yaml").read_text()
    assert "name: todo-app" in chart
    assert "description: Phase IV Todo Chatbot on Minikube" in chart
    assert not (tree / "charts" / "todo-app" / "templates" / "x.yaml").exists()
    assert "replicaCount" not in (tree / "charts" / "todo-app" / "values.yaml").read_text()
