"""checkov finds nothing in the rendered chart and the Dockerfiles beyond the reasoned waivers."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from cli.environment import CHECKOV, make_ready

ROOT = Path(__file__).resolve().parents[3]
TOLD = YAML(typ="safe").load((ROOT / "tests" / "chart" / "waivers.yaml").read_text())
SWITCHES = ("postgres", "ingress", "autoscaling", "podDisruptionBudget", "networkPolicy", "backup")
pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Every failed check, over everything that the chart can render and both Dockerfiles."""
    folder = tmp_path_factory.mktemp("checkov")
    words = [word for name in SWITCHES for word in ("--set", f"{name}.enabled=true")] + ["--set", "backup.storage=1Gi"]
    argv = ["helm", "template", "todo-app", str(ROOT / "charts" / "todo-app"), *words]
    done = subprocess.run(argv, check=True, capture_output=True, text=True, timeout=60)
    (folder / "chart.yaml").write_text(done.stdout)
    for name in ("Dockerfile.backend", "Dockerfile.frontend"):
        shutil.copy(ROOT / name, folder)
    make_ready(CHECKOV)
    return scan(folder)


def scan(folder: Path) -> list[dict[str, Any]]:
    program = CHECKOV.folder / "bin" / "checkov"
    argv = [str(program), "--directory", ".", "--framework", "kubernetes", "dockerfile", "--output", "json"]
    done = subprocess.run(
        [*argv, "--soft-fail", "--skip-download"],
        cwd=folder, env={**os.environ, "LOG_LEVEL": "ERROR"}, check=True, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert {part["check_type"] for part in told} == {"kubernetes", "dockerfile"}, "a framework found nothing to check"
    return [check for part in told for check in part["results"]["failed_checks"]]


def test_nothing_fails_but_the_waivers(failed: list[dict[str, Any]]) -> None:
    assert {check["check_id"] for check in failed} == set(TOLD["checkov"])


def test_what_is_waived_for_the_test_pod_holds_for_it_alone(failed: list[dict[str, Any]]) -> None:
    narrow = [check["resource"] for check in failed if check["check_id"] in TOLD["only_test_pod"]]
    assert set(narrow) == {"Pod.default.todo-app-reach"}
