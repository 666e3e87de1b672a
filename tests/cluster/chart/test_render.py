"""What the chart renders to, against schemas of several Kubernetes versions and the contracts. Needs helm alone."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
from ruamel.yaml import YAML

from orchestrator.gates import chart as gate
from orchestrator.process import Door
from orchestrator.redaction import Redactor

ROOT = Path(__file__).resolve().parents[3]
CHART = ROOT / "charts" / "todo-app"
SWITCHES = (
    "postgres", "ingress", "autoscaling", "podDisruptionBudget", "networkPolicy", "backup", "databaseTls",
    "grafanaDashboard", "mail", "push", "channels",
)  # fmt: skip
CLOUD = Path(__file__).with_name("cloud.yaml")
NEEDED = {"backup": ("--set", "backup.storage=1Gi")}
pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module", autouse=True)
def helm() -> None:
    assert shutil.which("helm"), "helm is not on the PATH"


def render(*words: str) -> list[dict[str, Any]]:
    argv = ["helm", "template", "todo-app", str(CHART), *words]
    done = subprocess.run(argv, check=True, capture_output=True, text=True, timeout=60)
    return [item for item in YAML(typ="safe").load_all(done.stdout) if item]


def switched(*names: str) -> list[str]:
    return [word for name in names for word in ("--set", f"{name}.enabled=true", *NEEDED.get(name, ()))]


def kinds(documents: list[dict[str, Any]]) -> list[str]:
    return sorted(item["kind"] for item in documents if "helm.sh/hook" not in item["metadata"].get("annotations", {}))


@pytest.mark.parametrize("version", ["1.25", "1.31", "1.37"])
@pytest.mark.parametrize(
    "names", [(), *((name,) for name in SWITCHES), SWITCHES], ids=lambda names: "+".join(names) or "default"
)
def test_every_object_fits_the_schema_of_the_version(version: str, names: tuple[str, ...]) -> None:
    for item in render(*switched(*names)):
        kubernetes_validate.validate(item, version, strict=True)


def test_the_defaults_make_five_objects_and_pass_the_gate() -> None:
    documents = render()
    assert kinds(documents) == ["ConfigMap", "Deployment", "Deployment", "Service", "Service"]
    assert gate.rendered_findings(documents, ROOT) == ()


def test_everything_switched_on_passes_the_gate() -> None:
    words = [*switched(*SWITCHES, "serviceMonitor"), "--api-versions", "monitoring.coreos.com/v1"]
    assert gate.rendered_findings(render(*words), ROOT) == ()


@pytest.mark.parametrize(
    ("name", "added"),
    [
        ("postgres", ["Service", "StatefulSet"]),
        ("ingress", ["Ingress"]),
        ("autoscaling", ["HorizontalPodAutoscaler"] * 2),
        ("podDisruptionBudget", ["PodDisruptionBudget"] * 2),
        ("networkPolicy", ["NetworkPolicy"] * 2),
        ("backup", ["CronJob", "PersistentVolumeClaim"]),
        ("databaseTls", []),
        ("grafanaDashboard", ["ConfigMap"]),
    ],
)
def test_one_switch_adds_its_objects_alone(name: str, added: list[str]) -> None:
    assert kinds(render(*switched(name))) == sorted([*kinds(render()), *added])


def test_api_versions_follow_the_cluster() -> None:
    def versions(*words: str) -> set[str]:
        documents = render(*switched("autoscaling", "podDisruptionBudget"), *words)
        return {item["apiVersion"] for item in documents if item["kind"].startswith(("Horizontal", "PodDis"))}

    assert versions() == {"autoscaling/v2", "policy/v1"}


def test_a_service_monitor_without_its_operator_says_what_to_do() -> None:
    with pytest.raises(subprocess.CalledProcessError) as told:
        render(*switched("serviceMonitor"))
    assert "needs the Prometheus operator" in told.value.stderr


def test_prometheus_gets_the_metrics_token_from_the_backends_secret() -> None:
    words = [*switched("serviceMonitor"), "--api-versions", "monitoring.coreos.com/v1"]

    def authorization(*more: str) -> object:
        monitor = next(item for item in render(*words, *more) if item["kind"] == "ServiceMonitor")
        return monitor["spec"]["endpoints"][0].get("authorization")

    assert authorization() is None
    credentials = {"name": "todo-backend-secret", "key": "METRICS_TOKEN"}
    assert authorization("--set", "serviceMonitor.token=true") == {"type": "Bearer", "credentials": credentials}


def test_backups_need_a_place_and_take_one_that_stands() -> None:
    with pytest.raises(subprocess.CalledProcessError) as told:
        render("--set", "backup.enabled=true")
    assert "set backup.storage (a claim is made) or backup.existingClaim" in told.value.stderr
    documents = render("--set", "backup.enabled=true", "--set", "backup.existingClaim=mine")
    assert kinds(documents) == sorted([*kinds(render()), "CronJob"])
    job = next(item for item in documents if item["kind"] == "CronJob")
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert pod["volumes"][0]["persistentVolumeClaim"] == {"claimName": "mine"}
    assert pod["containers"][0]["args"] == ["python", "-m", "backend.backup", "keep", "/backups", "--keep", "7"]


@pytest.mark.parametrize(("version", "api"), [("1.20.2", "batch/v1beta1"), ("1.21.0", "batch/v1")])
def test_the_cron_job_is_of_the_version_that_the_cluster_has(version: str, api: str) -> None:
    documents = render(*switched("backup"), "--kube-version", version)
    assert next(item["apiVersion"] for item in documents if item["kind"] == "CronJob") == api


def test_a_values_file_with_a_typo_is_refused_by_helm_too() -> None:
    with pytest.raises(subprocess.CalledProcessError) as told:
        render("--set", "backend.replcas=3")
    assert "replcas" in told.value.stderr


def test_a_changed_secret_or_config_rolls_its_pods() -> None:
    def annotations(*words: str) -> dict[str, dict[str, str]]:
        return {
            item["metadata"]["name"]: item["spec"]["template"]["metadata"]["annotations"]
            for item in render(*words)
            if item["kind"] == "Deployment"
        }

    before = annotations()
    assert annotations("--set", "secrets.checksum=x")["todo-backend"] != before["todo-backend"]
    assert annotations("--set", "backend.port=8001")["todo-frontend"] != before["todo-frontend"]


def test_ports_hold_together() -> None:
    objects = {(item["kind"], item["metadata"]["name"]): item for item in render("--set", "backend.port=9000")}
    container = objects["Deployment", "todo-backend"]["spec"]["template"]["spec"]["containers"][0]
    assert container["args"][-1] == "9000" and container["livenessProbe"]["httpGet"]["port"] == 9000
    assert objects["Service", "todo-backend"]["spec"]["ports"][0]["targetPort"] == 9000
    assert objects["ConfigMap", "todo-frontend-config"]["data"]["NEXT_PUBLIC_API_URL"] == "http://todo-backend:9000"


def test_a_claim_or_an_empty_dir() -> None:
    def database(*words: str) -> dict[str, Any]:
        return next(item["spec"] for item in render(*switched("postgres"), *words) if item["kind"] == "StatefulSet")

    assert database()["volumeClaimTemplates"][0]["spec"]["resources"]["requests"]["storage"] == "1Gi"
    ephemeral = database("--set", "postgres.storage=")
    assert "volumeClaimTemplates" not in ephemeral
    assert {"name": "data", "emptyDir": {}} in ephemeral["template"]["spec"]["volumes"]


def test_postgres_is_told_to_stop_at_once_and_cleanly() -> None:
    (database,) = (item["spec"] for item in render(*switched("postgres")) if item["kind"] == "StatefulSet")
    (container,) = database["template"]["spec"]["containers"]
    assert "pg_ctl stop --mode=fast" in container["lifecycle"]["preStop"]["exec"]["command"][-1]


def test_helm_lint_passes_the_gate() -> None:
    assert gate.lint(Door(ROOT, Redactor()), CHART) == ()
