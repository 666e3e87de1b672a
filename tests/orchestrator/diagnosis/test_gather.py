"""Reading a cluster, over a stand-in for kubectl."""

import json
from pathlib import Path

import pytest

from orchestrator.diagnosis.cpu_activity import at_work
from orchestrator.diagnosis.decide import decide
from orchestrator.diagnosis.gather import Gatherer
from orchestrator.errors import CommandFailedError
from orchestrator.process import Door
from orchestrator.redaction import Redactor
from orchestrator.targets.base import Cluster
from tests.orchestrator.diagnosis.builders import World, at, codes
from tests.orchestrator.standins import stand_in

NO_MAP = 'Error from server (Forbidden): configmaps "todo-frontend-config" is forbidden: User "one" cannot get it'
REFUSAL = (
    'Error from server (Forbidden): nodes is forbidden: User "one" cannot list resource "nodes" at the cluster scope'
)
ANSWER = 'I1122 round_trippers.go:632] "Response" verb="GET" url="https://x" status="502 Bad Gateway" milliseconds=9'


def gatherer(folder: Path, kubectl: str) -> Gatherer:
    stand_in(folder, "kubectl", kubectl)
    stand_in(folder, "helm", 'echo \'[{"revision": 1, "status": "deployed", "description": ""}]\'')
    door = Door(folder, Redactor(), {"PATH": f"{folder}:/usr/bin:/bin"})
    return Gatherer(door, Cluster("minikube", "todo"))


def a_cluster(folder: Path, *, read: str = "", raw: str = "echo {}") -> str:
    """kubectl over the healthy world; `read` is done after the objects were told, `raw` for a GET."""
    world = World()
    items = [
        *world.pods.values(), *world.workloads.values(), *world.sets.values(), *world.services.values(),
        *world.endpoints.values(), world.node,
    ]  # fmt: skip
    foreign = {"kind": "Pod", "metadata": {"name": "foreign", "uid": "f", "labels": {}, "creationTimestamp": at(1)}}
    (folder / "items").write_text(json.dumps({"items": [*items, foreign]}))
    keys = "todo-backend-secret DATABASE_URL OPENAI_API_KEY BETTER_AUTH_SECRET"
    return f"""case "$*" in
        *deployments*) cat {folder}/items; {read};;
        *"get secrets"*) echo "{keys}";;
        *"get configmaps"*) echo "todo-frontend-config NEXT_PUBLIC_API_URL";;
        *"get configmap "*) printf http://todo-backend:8000;;
        *kube-dns*) echo '{{"subsets": [{{"addresses": [{{"ip": "10.0.0.2"}}]}}]}}';;
        *--raw*) {raw};;
    esac"""


def test_a_healthy_cluster_gives_no_finding_and_no_other_releases_pods(tmp_path: Path) -> None:
    facts = gatherer(tmp_path, a_cluster(tmp_path)).gather(settled=True)
    assert len(facts.snapshot.pods) == 3
    assert facts.secrets == {"todo-backend-secret": {"DATABASE_URL", "OPENAI_API_KEY", "BETTER_AUTH_SECRET"}}
    assert facts.dns == 1
    assert decide(facts) == ()


def test_what_is_forbidden_is_named_and_the_rest_is_judged(tmp_path: Path) -> None:
    refusing = a_cluster(tmp_path, read=f"echo '{REFUSAL}' >&2; exit 1")
    (sign,) = decide(gatherer(tmp_path, refusing).gather(settled=True))
    assert (sign.code, sign.subject) == ("CannotRead", "nodes")
    assert 'cannot list resource "nodes"' in sign.evidence[0].value


def test_one_object_that_is_forbidden_is_named_by_its_kind(tmp_path: Path) -> None:
    refusing = a_cluster(tmp_path).replace("printf http://todo-backend:8000", f"echo '{NO_MAP}' >&2; exit 1")
    (sign,) = decide(gatherer(tmp_path, refusing).gather(settled=True))
    assert (sign.code, sign.subject) == ("CannotRead", "configmaps")
    assert "kubectl create role todo-verify --verb get,list --resource configmaps" in sign.fix
    assert "--user one" in sign.fix


def test_a_cluster_that_does_not_answer_is_an_error_and_no_finding(tmp_path: Path) -> None:
    broken = gatherer(tmp_path, "echo 'The connection to the server was refused' >&2; exit 1")
    with pytest.raises(CommandFailedError, match="connection to the server was refused"):
        broken.gather(settled=True)


def test_the_first_answer_counts_though_kubectl_would_ask_again(tmp_path: Path) -> None:
    raw = f"echo '{ANSWER}' >&2; echo 'Got a Retry-After response' >&2; sleep 30"
    facts = gatherer(tmp_path, a_cluster(tmp_path, raw=raw)).gather(settled=True)
    assert {answer.status for answer in facts.answers} == {502}
    assert codes(decide(facts)) == ["DatabaseRefused"]


def test_a_proxy_that_may_not_pass_says_nothing_of_the_app(tmp_path: Path) -> None:
    raw = """echo '"message": "error trying to reach service: i/o timeout",' >&2; exit 1"""
    assert decide(gatherer(tmp_path, a_cluster(tmp_path, raw=raw)).gather(settled=True)) == ()


def use_of(namespace: str, nanocores: int) -> dict[str, object]:
    """A pod in a kubelet's summary."""
    containers = [{"name": "backend", "cpu": {"usageNanoCores": nanocores}}, {"name": "beside"}]
    return {"podRef": {"name": "todo-backend-pod", "namespace": namespace}, "containers": containers}


@pytest.mark.parametrize(
    ("used", "namespace", "found"),
    [(60_000_000, "todo", {"todo-backend-pod"}), (4_000_000, "todo", set()), (60_000_000, "other", set())],
)
def test_a_pod_that_is_not_ready_and_computes_is_told_from_one_that_hangs(
    tmp_path: Path, used: int, namespace: str, found: set[str]
) -> None:
    world = World()
    world.unready("backend")
    (tmp_path / "summary").write_text(json.dumps({"pods": [use_of(namespace, used)]}))
    pods = list(world.pods.values())
    kubectl = f'case "$*" in *nodes/minikube/proxy/stats/summary) cat {tmp_path}/summary;; *) exit 1;; esac'
    stand_in(tmp_path, "kubectl", kubectl)
    door = Door(tmp_path, Redactor(), {"PATH": f"{tmp_path}:/usr/bin:/bin"})
    assert at_work(door, Cluster("minikube", "todo"), pods) == found


def test_a_kubelet_that_may_not_be_asked_and_pods_that_are_ready_say_nothing(tmp_path: Path) -> None:
    world = World()
    stand_in(tmp_path, "kubectl", "exit 1")
    door = Door(tmp_path, Redactor(), {"PATH": f"{tmp_path}:/usr/bin:/bin"})
    assert at_work(door, Cluster("minikube", "todo"), list(world.pods.values())) == set()
    world.unready("backend")
    assert at_work(door, Cluster("minikube", "todo"), list(world.pods.values())) == set()
