"""The files in the tree are those that the built-in engine makes, byte for byte; the chart's values are T022's."""

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from backend.settings import Settings
from orchestrator import contracts
from orchestrator.artefacts import parameterise, render, values
from orchestrator.audit import AuditLog
from orchestrator.audit_check import VALUES, logged
from orchestrator.content import file_digest
from orchestrator.redaction import Redactor

ROOT = Path(__file__).resolve().parents[2]
CHART = ROOT / "charts" / "todo-app"
SCHEMA = contracts.values_schema(ROOT)
T022 = """
backend:
  image: todo-backend
  tag: latest
  replicas: 2
  port: 8000
  resources:
    requests: { cpu: "100m", memory: "128Mi" }
    limits:   { cpu: "500m", memory: "512Mi" }
  livenessProbe:  { path: /health, initialDelaySeconds: 15, periodSeconds: 30 }
  readinessProbe: { path: /health, initialDelaySeconds: 10, periodSeconds: 15 }
frontend:
  image: todo-frontend
  tag: latest
  replicas: 2
  port: 3000
  nodePort: 30080
  resources:
    requests: { cpu: "50m",  memory: "64Mi"  }
    limits:   { cpu: "200m", memory: "256Mi" }
  livenessProbe:  { path: /, initialDelaySeconds: 20, periodSeconds: 30 }
  readinessProbe: { path: /, initialDelaySeconds: 15, periodSeconds: 15 }
secrets:
  backendSecretName: todo-backend-secret
configmap:
  frontendConfigName: todo-frontend-config
"""


def load(text: str) -> dict:
    return YAML(typ="safe").load(text)


@pytest.mark.parametrize("contract", contracts.load(ROOT), ids=lambda contract: contract.name)
def test_the_artefact_in_the_tree_is_the_builtin_engines(contract: contracts.Contract) -> None:
    made = render.artefact(contract)
    wanted = parameterise.template(made, contract) if contract.format == "manifest" else made
    assert (ROOT / contract.artefact).read_text() == wanted


def test_the_values_have_the_defaults_of_t022_but_for_sizes_that_were_measured() -> None:
    told, wanted = load((CHART / "values.yaml").read_text()), load(T022)
    told["secrets"].pop("checksum")
    if logged(AuditLog(ROOT, Redactor()).records()).get(VALUES) == file_digest(CHART / "values.yaml"):
        for values in (told, wanted):  # the log says that T031 wrote them
            values["backend"].pop("resources")
            values["frontend"].pop("resources")
    assert {name: told[name] for name in wanted} == wanted


def test_every_optional_part_is_off() -> None:
    told = load((CHART / "values.yaml").read_text())
    optional = set(told) - set(load(T022)) - {"imagePullPolicy"}
    assert {name: told[name]["enabled"] for name in optional} == dict.fromkeys(optional, False)


def test_the_services_are_those_that_the_backend_allows_by_itself() -> None:
    told = load((CHART / "values.yaml").read_text())
    assert told["channels"]["services"] == Settings.model_fields["todo_reminder_services"].default


def test_the_schema_and_the_readme_are_written_from_the_contract() -> None:
    assert (CHART / "values.schema.json").read_text() == values.schema_json(SCHEMA)
    assert (CHART / "README.md").read_text() == values.readme(SCHEMA)


def test_every_value_is_described() -> None:
    assert all(text for _name, _value, text in values._rows(SCHEMA, ""))


def test_the_schema_refuses_unknown_keys_everywhere() -> None:
    def objects(part: object) -> list[dict]:
        if isinstance(part, dict):
            here = [part] if "properties" in part and part.get("type") == "object" else []
            return here + [found for inner in part.values() for found in objects(inner)]
        return []

    told = json.loads((CHART / "values.schema.json").read_text())
    assert all(part.get("additionalProperties") is False for part in objects(told))


def test_the_five_templates_of_the_specification_stand() -> None:
    named = {path.name for path in (CHART / "templates").glob("*.yaml")}
    assert named == {Path(c.artefact).name for c in contracts.load(ROOT) if c.format == "manifest"}
