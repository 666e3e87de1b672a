"""What a deployment refuses, and what is left when it is taken down, on a real cluster. In order."""

import json

import pytest

from tests.cluster.conftest import NAMESPACE, Tree, kubectl
from tests.cluster.seen import helm

pytestmark = pytest.mark.cluster


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
    assert "Check that the database runs and DATABASE_URL leads to it." in done.stderr
    assert "waiting for the database" in done.stderr


def test_down_leaves_nothing(tree: Tree) -> None:
    tree.deployed("down", "--delete-data")
    kinds = "all,secrets,configmaps,persistentvolumeclaims,networkpolicies,poddisruptionbudgets"
    left = json.loads(kubectl("get", kinds, "--output", "json"))["items"]
    names = [item["metadata"]["name"] for item in left]
    assert [name for name in names if not name.startswith(("default-token", "kube-root-ca"))] == []
    assert json.loads(helm("list", "--output", "json")) == []
    kubectl("delete", "namespace", NAMESPACE)
