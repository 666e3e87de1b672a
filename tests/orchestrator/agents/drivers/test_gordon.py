"""Gordon, against a stand-in that behaves as Docker Desktop's command does."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestrator.agents.base import Kind, Outcome
from orchestrator.agents.gordon import Gordon
from tests.orchestrator.agents.stage import SECRET, act, backstage, brief, in_fence, right

NAME = "backend-dockerfile"


def asked(folder: Path, rule: dict[str, Any], *, seconds: float = 30.0) -> Outcome:
    """What Gordon makes of one answer."""
    act(folder, "docker", rule)
    return Gordon(backstage(folder), seconds).propose(brief(NAME))


def test_one_fenced_file_among_control_sequences_is_the_proposal(tmp_path: Path) -> None:
    coloured = "\x1b[1m⠋ thinking\r\x1b[0m" + in_fence(right(NAME), "dockerfile").replace("FROM", "\x1b[34mFROM\x1b[0m")
    outcome = asked(tmp_path, {"say": coloured})
    assert (outcome.kind, outcome.text) == (Kind.PROPOSAL, right(NAME))


def test_its_only_argument_is_the_prompt(tmp_path: Path) -> None:
    act(tmp_path, "docker", {"report": True})
    seen = json.loads(Gordon(backstage(tmp_path)).read("How are you?").text)
    assert (seen["argv"], seen["stdin"]) == (["ai", "How are you?"], "device")


def test_dockers_own_settings_are_found_and_not_copied(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.json").write_text('{"currentContext": "desktop-linux"}')
    act(tmp_path, "docker", {"report": True})
    door = backstage(tmp_path, DOCKER_CONFIG=str(tmp_path / "config"))
    environment = json.loads(Gordon(door).read("x").text)["environment"]
    assert environment["DOCKER_CONFIG"].startswith(environment["HOME"])


@pytest.mark.parametrize(
    ("rule", "kind", "detail"),
    [
        ({}, Kind.UNAVAILABLE, "it answered nothing"),
        ({"say": "\x1b[?1049h\x1b[2J\x1b[H Gordon ▏"}, Kind.UNAVAILABLE, "terminal interface"),
        ({"say": "Gordon proposes:\n  docker ps\n\nApprove? [Y/n/a]: "}, Kind.NEEDS_PERMISSION, "asks before"),
        ({"err": "Please sign in to Docker Desktop", "code": 1}, Kind.UNAVAILABLE, "Please sign in"),
        (
            {"say": "half an answer", "err": "token=abcdef123456", "code": 3},
            Kind.UNAVAILABLE,
            "ended with code 3: token=****",
        ),
        ({"say": "Use two stages, friend."}, Kind.REFUSED, "no fenced file"),
        ({"say": in_fence("FROM a\n") + in_fence("x\n")}, Kind.REFUSED, "2 fenced blocks"),
        ({"say": "```dockerfile\nFROM python:3.11"}, Kind.TRUNCATED, "ends within"),
        ({"say": in_fence(f"ENV BETTER={SECRET}\n")}, Kind.REFUSED, "holds a secret"),
        ({"write": {"Dockerfile": "FROM scratch\n"}, "say": "Done: Dockerfile"}, Kind.REFUSED, "wrote files itself"),
    ],
)
def test_every_other_answer_has_its_outcome(tmp_path: Path, rule: dict[str, Any], kind: Kind, detail: str) -> None:
    outcome = asked(tmp_path, rule)
    assert (outcome.kind, outcome.text) == (kind, "")
    assert detail in outcome.detail
    assert SECRET not in outcome.detail


def test_one_that_hangs_is_given_up(tmp_path: Path) -> None:
    assert asked(tmp_path, {"hang": True}, seconds=1).kind is Kind.TIMEOUT


@pytest.mark.parametrize(
    ("version", "why"),
    [("none", "no 'ai' command"), ("", "no 'ai' command"), ("\x1b[?1049h\x1b[2J 1.2", "no 'ai' command")],
)
def test_a_docker_without_gordon_is_no_gordon(tmp_path: Path, version: str, why: str) -> None:
    act(tmp_path, "docker", {"say": in_fence(right(NAME))}, version=version)
    gordon = Gordon(backstage(tmp_path))
    assert gordon.probe() is None
    assert why in gordon.presence.why
    assert gordon.propose(brief(NAME)).kind is Kind.UNAVAILABLE


def test_the_probe_waits_only_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestrator.agents.gordon.PROBE_LIMIT", 0.5)
    act(tmp_path, "docker", version="hang")
    assert "no answer within 0.5 s" in Gordon(backstage(tmp_path)).presence.why


def test_the_version_is_read(tmp_path: Path) -> None:
    act(tmp_path, "docker", version="docker-ai version v1.6.2, build 0a1b2c")
    assert Gordon(backstage(tmp_path)).probe() == "1.6.2"
