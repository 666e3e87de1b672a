"""What a deployment refuses where none stands yet, and what is left when one is taken down. In order.

It comes first in its folder, so that nothing has to be taken down for it.
"""

import json

import pytest

from tests.cluster.tree import Tree

pytestmark = pytest.mark.cluster


def test_a_secret_of_someone_else_with_other_keys_is_refused(tree: Tree) -> None:
    tree.kubectl("create", "namespace", tree.namespace)
    tree.kubectl("create", "secret", "generic", "todo-backend-secret", "--from-literal=PASSWORD=x")
    done = tree.deploy()
    assert done.returncode == 20
    assert "lacks DATABASE_URL, BETTER_AUTH_SECRET" in done.stderr
    tree.deployed("down")
    assert "todo-backend-secret" in tree.kubectl("get", "secrets")
    tree.kubectl("delete", "secret", "todo-backend-secret")


def test_a_taken_node_port_is_named_with_who_holds_it(tree: Tree) -> None:
    tree.kubectl("create", "service", "nodeport", "squatter", "--tcp=80:80", f"--node-port={tree.port}")
    done = tree.deploy()
    tree.kubectl("delete", "service", "squatter")
    assert done.returncode == 20
    assert f"node port {tree.port} is taken by the service {tree.namespace}/squatter" in done.stderr
    tree.kubectl("delete", "namespace", tree.namespace)  # the first run makes its own


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
    left = json.loads(tree.kubectl("get", kinds, "--output", "json"))["items"]
    names = [item["metadata"]["name"] for item in left]
    assert [name for name in names if not name.startswith(("default-token", "kube-root-ca"))] == []
    assert json.loads(tree.helm("list", "--output", "json")) == []
    assert tree.namespace not in tree.kubectl("get", "namespaces")
