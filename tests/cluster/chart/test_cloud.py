"""The values that a cloud's cluster asks for, each where it belongs; unset, they leave no trace. Needs helm alone."""

import json
import subprocess
from typing import Any

import kubernetes_validate
import pytest
from ruamel.yaml import YAML

from orchestrator import contracts
from orchestrator.gates import chart as gate
from orchestrator.steps.chart import merged, read_values
from tests.cluster.chart.test_render import CHART, CLOUD, ROOT, render

pytestmark = pytest.mark.cluster
VALUES = YAML(typ="safe").load(CLOUD.read_text())


@pytest.fixture(scope="module")
def placed() -> dict[tuple[str, str], dict[str, Any]]:
    return {(item["kind"], item["metadata"]["name"]): item for item in render("--values", str(CLOUD))}


def pods(placed: dict[tuple[str, str], dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The pod templates' specs by the name of what makes them."""
    made = {
        name: item["spec"]["template"] for (kind, name), item in placed.items() if kind in {"Deployment", "StatefulSet"}
    }
    made["todo-backup"] = placed["CronJob", "todo-backup"]["spec"]["jobTemplate"]["spec"]["template"]
    return made


def test_the_values_fit_the_schema() -> None:
    together = merged(read_values(CHART / "values.yaml"), VALUES)
    assert gate.values_findings(together, contracts.values_schema(ROOT)) == ()


def test_the_objects_fit_kubernetes_and_the_gate(placed: dict[tuple[str, str], dict[str, Any]]) -> None:
    for item in placed.values():
        if item["kind"] != "HTTPRoute":  # a CRD: not in Kubernetes' own schemas
            kubernetes_validate.validate(item, "1.31", strict=True)
    told = {finding.rule for finding in gate.rendered_findings(list(placed.values()), ROOT)}
    assert told == {"type"}  # a LoadBalancer in the place of the contract's NodePort


def test_every_pod_pulls_with_the_secret(placed: dict[tuple[str, str], dict[str, Any]]) -> None:
    assert {name: pod["spec"]["imagePullSecrets"] for name, pod in pods(placed).items()} == {
        name: [{"name": "regcred"}] for name in ("todo-backend", "todo-frontend", "todo-postgres", "todo-backup")
    }
    assert placed["Pod", "todo-app-reach"]["spec"]["imagePullSecrets"] == [{"name": "regcred"}]


@pytest.mark.parametrize("key", ["nodeSelector", "tolerations", "affinity"])
@pytest.mark.parametrize("part", ["backend", "frontend", "postgres"])
def test_placement_is_the_parts_own(placed: dict[tuple[str, str], dict[str, Any]], part: str, key: str) -> None:
    assert pods(placed)[f"todo-{part}"]["spec"].get(key) == VALUES[part].get(key)


def test_a_backup_runs_where_the_backend_may(placed: dict[tuple[str, str], dict[str, Any]]) -> None:
    spec = pods(placed)["todo-backup"]["spec"]
    assert spec["tolerations"] == VALUES["backend"]["tolerations"]
    assert spec["containers"][0]["env"] == VALUES["backend"]["extraEnv"]
    assert spec["volumes"][-1]["secret"]["secretName"] == "todo-database-ca"


def test_variables_are_added_to_those_of_the_chart(placed: dict[tuple[str, str], dict[str, Any]]) -> None:
    backend, frontend = (pods(placed)[f"todo-{part}"]["spec"]["containers"][0] for part in ("backend", "frontend"))
    assert backend["env"] == VALUES["backend"]["extraEnv"]
    assert frontend["env"] == [{"name": "PORT", "value": "3000"}, *VALUES["frontend"]["extraEnv"]]


def test_a_startup_probe_asks_the_parts_own_port(placed: dict[tuple[str, str], dict[str, Any]]) -> None:
    probe = pods(placed)["todo-backend"]["spec"]["containers"][0]["startupProbe"]
    assert probe == {"httpGet": {"path": "/ready", "port": 8000}, "periodSeconds": 5, "failureThreshold": 30}


def test_annotations_stand_where_they_are_read(placed: dict[tuple[str, str], dict[str, Any]]) -> None:
    assert placed["Service", "todo-frontend"]["metadata"]["annotations"] == {"lb": "internal"}
    assert placed["Service", "todo-backend"]["metadata"]["annotations"] == {"a": "b"}
    assert placed["Ingress", "todo-frontend"]["metadata"]["annotations"] == {"cert-manager.io/cluster-issuer": "le"}
    told = pods(placed)["todo-backend"]["metadata"]["annotations"]
    assert told == {"checksum/secret": "", "x": "y"}


def test_a_load_balancer_has_no_node_port(placed: dict[tuple[str, str], dict[str, Any]]) -> None:
    spec = placed["Service", "todo-frontend"]["spec"]
    assert spec["type"] == "LoadBalancer"
    assert "nodePort" not in spec["ports"][0]


def test_the_databases_authority_is_mounted_to_be_read(placed: dict[tuple[str, str], dict[str, Any]]) -> None:
    spec = pods(placed)["todo-backend"]["spec"]
    mount = next(one for one in spec["containers"][0]["volumeMounts"] if one["name"] == "database-ca")
    assert mount == {"name": "database-ca", "mountPath": "/etc/todo/database", "readOnly": True}
    assert spec["volumes"][-1]["secret"]["items"] == [{"key": "ca.crt", "path": "ca.crt"}]


def test_a_route_names_its_gateway_and_the_page(placed: dict[tuple[str, str], dict[str, Any]]) -> None:
    spec = placed["HTTPRoute", "todo-frontend"]["spec"]
    assert spec["parentRefs"] == [{"name": "public", "namespace": "gw", "sectionName": "https"}]
    assert spec["rules"][0]["backendRefs"] == [{"name": "todo-frontend", "port": 3000}]
    with pytest.raises(subprocess.CalledProcessError) as told:
        render("--set", "gateway.enabled=true")
    assert "needs gateway.name" in told.value.stderr


def test_the_dashboard_asks_for_metrics_that_the_backend_has(placed: dict[tuple[str, str], dict[str, Any]]) -> None:
    item = placed["ConfigMap", "todo-dashboard"]
    assert item["metadata"]["labels"]["grafana_dashboard"] == "1"
    asked = {
        word
        for panel in json.loads(item["data"]["todo-app.json"])["panels"]
        for target in panel["targets"]
        for word in target["expr"].replace("(", " ").replace("{", " ").split()
        if word.startswith(("todo_", "process_"))
    }
    sources = "".join(path.read_text() for path in (ROOT / "backend").rglob("*.py"))
    known = {name.removesuffix("_bucket").removesuffix("_total") for name in asked}
    assert known
    assert [name for name in known if name.startswith("todo_") and f'"{name}"' not in sources] == []


@pytest.mark.parametrize(
    "words",
    [
        ("--set", "backend.extraEnv[0].value=x"), ("--set", "imagePullSecrets[0].nam=x"),
        ("--set", "frontend.service.type=External"), ("--set", "backend.startupProbe.path=/x"),
        ("--set", "backend.nodeSelector.zone=1"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        render(*words)
