"""Targets: exact commands, nothing but named contexts, every missing thing said."""

from pathlib import Path

import pytest

from orchestrator.errors import CommandFailedError, EnvironmentMissingError
from orchestrator.options import Options
from orchestrator.targets.choose import target_of
from orchestrator.targets.context import Context
from orchestrator.targets.kind import Kind
from orchestrator.targets.minikube import Minikube, parse_environment, parse_status
from tests.orchestrator.standins import door, stand_in

RUNNING = '{"Name":"minikube","Host":"Running","Kubelet":"Running","APIServer":"Running","Kubeconfig":"Configured"}'
STOPPED = '{"Name":"minikube","Host":"Stopped","Kubelet":"Stopped","APIServer":"Stopped"}'


def minikube_program(folder: Path, *, running: bool) -> None:
    """minikube's exit codes and output forms, with a file as the cluster; calls are noted."""
    state = folder / "state"
    if running:
        folder.mkdir(parents=True, exist_ok=True)
        state.touch()
    stand_in(
        folder, "minikube",
        f"""echo "$@" >> {folder}/calls
        shift 2
        case "$1" in
          status) if [ -e {state} ]; then echo '{RUNNING}'; else echo '{STOPPED}'; exit 7; fi;;
          start) touch {state};;
          docker-env) printf 'DOCKER_HOST="tcp://192.168.49.2:2376"\\nDOCKER_TLS_VERIFY=1\\n# a comment\\n';;
          service) echo http://192.168.49.2:30080;;
        esac""",
    )  # fmt: skip


def test_minikube_is_started_only_if_it_does_not_run_and_never_takes_over_the_context(tmp_path: Path) -> None:
    minikube_program(tmp_path / "bin", running=False)
    environment = Minikube("minikube", "todo").prepare(door(tmp_path, programs=tmp_path / "bin"), start=True)
    assert environment == {"DOCKER_HOST": "tcp://192.168.49.2:2376", "DOCKER_TLS_VERIFY": "1"}
    assert (tmp_path / "bin" / "calls").read_text().splitlines() == [
        "--profile minikube status --output json",
        "--profile minikube start --keep-context",
        "--profile minikube status --output json",
        "--profile minikube docker-env --shell none",
    ]


def test_a_plan_or_a_status_never_starts_it(tmp_path: Path) -> None:
    minikube_program(tmp_path / "bin", running=False)
    with pytest.raises(EnvironmentMissingError, match="Host is Stopped, Kubelet is Stopped, APIServer is Stopped"):
        Minikube("minikube", "todo").prepare(door(tmp_path, programs=tmp_path / "bin"), start=False)
    assert "start" not in (tmp_path / "bin" / "calls").read_text().split()


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        (RUNNING, []),
        (f"[{RUNNING}]", []),
        ('{"Host":"Running","Kubelet":"Stopped","APIServer":"Running"}', ["Kubelet is Stopped"]),
        ("not json", ["Host", "Kubelet", "APIServer"]),
        ("[]", ["Host", "Kubelet", "APIServer"]),
    ],
)
def test_status_is_read_part_by_part(text: str, stopped: list[str]) -> None:
    assert parse_status(text) == stopped


def test_the_engines_environment_is_parsed_and_never_evaluated() -> None:
    assert parse_environment("# no\nDOCKER_HOST=unix:///x=y\nA=$(touch /tmp/evil)\n\n") == {
        "DOCKER_HOST": "unix:///x=y",
        "A": "$(touch /tmp/evil)",
    }


def test_minikubes_page_address_is_its_own(tmp_path: Path) -> None:
    minikube_program(tmp_path / "bin", running=True)
    one = door(tmp_path, programs=tmp_path / "bin")
    assert Minikube("minikube", "todo").address(one, "todo-frontend", 30080) == "http://192.168.49.2:30080"


def test_a_minikube_that_holds_a_tunnel_open_has_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestrator.targets.minikube._ADDRESS_LIMIT", 0.5)
    stand_in(tmp_path / "bin", "minikube", "echo http://127.0.0.1:59906; sleep 60")
    one = door(tmp_path, programs=tmp_path / "bin")
    assert Minikube("minikube", "todo").address(one, "todo-frontend", 30080) is None


def test_kind_makes_its_cluster_with_a_kubeconfig_of_its_own(tmp_path: Path) -> None:
    target = Kind("todo", "default", tmp_path / "home")
    own = str(tmp_path / "home" / "kind-todo.kubeconfig")
    stand_in(tmp_path / "bin", "kubectl", "true")
    stand_in(
        tmp_path / "bin", "kind",
        f'echo "$@" >> {tmp_path}/calls; [ "$1" = create ] && echo x > {own}; true',
    )  # fmt: skip
    assert target.prepare(door(tmp_path, programs=tmp_path / "bin"), start=True) == {}
    target.deliver(door(tmp_path, programs=tmp_path / "bin"), ("todo-backend:abc",))
    assert (tmp_path / "calls").read_text().splitlines() == [
        "get clusters",
        f"create cluster --name todo --kubeconfig {own} --wait 120s",
        "load docker-image todo-backend:abc --name todo",
    ]
    assert Path(own).stat().st_mode & 0o777 == 0o600
    assert target.cluster.kubeconfig == own


def test_a_context_must_be_named_and_known(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentMissingError, match="no kube context was named"):
        target_of(Options(tmp_path, target="context"))
    stand_in(tmp_path / "bin", "kubectl", "echo production; echo staging")
    with pytest.raises(EnvironmentMissingError, match=r"no kube context 'test' \(known: production, staging\)"):
        Context("test", "todo").prepare(door(tmp_path, programs=tmp_path / "bin"), start=True)


def test_a_cluster_that_does_not_answer_is_told(tmp_path: Path) -> None:
    stand_in(tmp_path / "bin", "kubectl", 'case "$*" in *get-contexts*) echo test;; *) echo refused >&2; exit 1;; esac')
    with pytest.raises(EnvironmentMissingError, match="the cluster of context 'test' does not answer: refused"):
        Context("test", "todo").prepare(door(tmp_path, programs=tmp_path / "bin"), start=True)


def test_a_registry_is_pushed_to_and_else_the_engine_is_shared(tmp_path: Path) -> None:
    stand_in(tmp_path / "bin", "docker", f'echo "$@" >> {tmp_path}/calls')
    one = door(tmp_path, programs=tmp_path / "bin")
    with_registry = Context("test", "todo", "registry.example/team/")
    reference = with_registry.image("todo-backend", "abc")
    assert (reference, with_registry.pull_policy) == ("registry.example/team/todo-backend:abc", "IfNotPresent")
    with_registry.deliver(one, (reference,))
    assert (tmp_path / "calls").read_text() == "push registry.example/team/todo-backend:abc\n"
    shared = Context("test", "todo")
    shared.deliver(one, ("todo-backend:abc",))
    assert shared.pull_policy == "Never"
    assert (tmp_path / "calls").read_text().count("\n") == 1


def test_an_image_that_is_not_in_minikubes_engine_is_told(tmp_path: Path) -> None:
    stand_in(tmp_path / "bin", "docker", "exit 1")
    with pytest.raises(EnvironmentMissingError, match="todo-backend:abc is not in minikube's Docker engine"):
        Minikube("minikube", "todo").deliver(door(tmp_path, programs=tmp_path / "bin"), ("todo-backend:abc",))


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    stand_in(tmp_path / "bin", "other", "true")
    with pytest.raises((EnvironmentMissingError, CommandFailedError), match="minikube"):
        Minikube("minikube", "todo").prepare(door(tmp_path, programs=tmp_path / "bin"), start=True)
