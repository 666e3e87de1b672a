"""A gate that passes a broken image fails here: one mutation a rule."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestrator import contracts
from orchestrator.gates import image
from orchestrator.gates.findings import errors

CONTRACT = contracts.of(Path(__file__).resolve().parents[3], "backend-dockerfile")
GOOD: dict[str, Any] = {
    "Size": 210_000_000,
    "Config": {
        "User": "1000:1000",
        "ExposedPorts": {"8000/tcp": {}},
        "Cmd": list(CONTRACT.facts.command),
        "Entrypoint": None,
        "Env": ["PATH=/opt/venv/bin:/usr/bin", "LANG=C.UTF-8"],
        "Labels": {image.REVISION: "abc", image.CONTENT: "def"},
    },
}
HISTORY = ["RUN /bin/sh -c pip install --require-hashes -r requirements.txt", "COPY backend/ ./backend/"]


def test_a_good_image_passes() -> None:
    assert image.findings(GOOD, HISTORY, CONTRACT) == ()


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("size", lambda told: told.update(Size=300_000_000)),
        ("user", lambda told: told["Config"].update(User="")),
        ("user", lambda told: told["Config"].update(User="0:1000")),
        ("user", lambda told: told["Config"].update(User="appuser")),
        ("port", lambda told: told["Config"].update(ExposedPorts={"8000/tcp": {}, "22/tcp": {}})),
        ("command", lambda told: told["Config"].update(Entrypoint=["sh", "-c"])),
        ("label", lambda told: told["Config"].update(Labels=None)),
        ("secret", lambda told: told["Config"]["Env"].append("BETTER_AUTH_SECRET=x")),
        ("secret", lambda told: told["Config"]["Env"].append("URL=postgres://u:p@h/d")),
    ],
)
def test_a_mutation_is_refused_by_its_rule(rule: str, change: Callable[[dict[str, Any]], None]) -> None:
    told = copy.deepcopy(GOOD)
    change(told)
    assert {finding.rule for finding in errors(image.findings(told, HISTORY, CONTRACT))} == {rule}


@pytest.mark.parametrize("line", ["|1 OPENAI_API_KEY=abc /bin/sh", "RUN echo sk-" + "a" * 20, "postgres://u:p@h/d"])
def test_a_secret_in_the_history_is_refused(line: str) -> None:
    assert [finding.rule for finding in image.findings(GOOD, [*HISTORY, line], CONTRACT)] == ["secret-history"]


def test_above_the_aim_is_a_warning_only() -> None:
    found = image.findings({**GOOD, "Size": 250_000_000}, HISTORY, CONTRACT)
    assert [(finding.rule, finding.severity) for finding in found] == [("size-aim", "warning")]
