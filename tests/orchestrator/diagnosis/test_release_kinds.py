"""Faults of a release that are kinds, not words: each is one finding, and its fix leads back."""

import pytest

from orchestrator.diagnosis.decide import decide
from orchestrator.diagnosis.facts import Answer
from tests.orchestrator.diagnosis.breaks import Break, more
from tests.orchestrator.diagnosis.builders import World, at, codes


def others(world: World) -> None:
    world.services["backend"]["spec"]["selector"] = {"app": "todo-frontend"}
    world.more["answers"] = (Answer("frontend", "/api/auth/get-session", 502),)


def no_postgres_service(world: World) -> None:
    del world.services["postgres"]
    world.more["answers"] = (Answer("backend", "/ready", 503),)
    world.more["logs"] = {("todo-backend-pod", "backend"): "waiting for the database error=Name or service not known"}


def runs_between_crashes(log: str) -> Break:
    def act(world: World) -> None:
        world.unready("backend")
        world.ended("backend", 1, seconds=20)
        world.status("backend").update(restartCount=3, state={"running": {"startedAt": at(2)}})
        world.event(world.pods["backend"], "Unhealthy", "Readiness probe failed: connect: connection refused")
        world.more["logs"] = {("todo-backend-pod", "backend"): log}

    return act


def starved(world: World) -> None:
    world.unready("backend")
    world.status("backend").update(restartCount=2)
    world.pods["backend"]["spec"]["containers"][0]["resources"]["limits"]["cpu"] = "10m"
    world.event(
        world.pods["backend"],
        "Unhealthy",
        "Liveness probe failed: Get http://10.0.0.1:8000/health: context deadline exceeded",
    )


KINDS: list[tuple[str, str, Break]] = [
    ("SelectorMatchesOthers", '"app":"todo-backend"', others),
    ("ServiceMissing", "deploy --force", no_postgres_service),
    ("BackendAddress", "http://todo-backend:8000", more(api_address="https://todo-backend:8000")),
    ("BackendAddress", "http://todo-backend:8000", more(api_address="http://todo-backend:8000/api")),
    ("CrashLoop", "", runs_between_crashes('ERROR: Error loading ASGI app. Could not import module "backend.mian".')),
    ("CrashLoop", "", runs_between_crashes("OSError: [Errno 30] Read-only file system: '/tmp/x'")),
    ("CrashLoop", "", runs_between_crashes("ArgumentError: Could not parse SQLAlchemy URL from string 'x'")),
    ("CpuStarved", "limits cpu=500m", starved),
    ("DatabaseReadOnly", "read_only", more(answers=(Answer("backend", "/ready", 503, '{"code":"read_only"}'),))),
    ("DatabaseSchema", "restore", more(answers=(Answer("backend", "/ready", 503, '{"code":"schema_missing"}'),))),
]


@pytest.mark.parametrize(
    ("code", "fix", "breaking"), KINDS, ids=[f"{code}-{place}" for place, (code, _, _) in enumerate(KINDS)]
)
def test_a_kind_is_one_finding_with_its_fix(code: str, fix: str, breaking: Break) -> None:
    world = World()
    breaking(world)
    found = decide(world.facts())
    assert codes(found) == [code], [str(sign) for sign in found]
    assert fix in found[0].remedy


def test_a_container_that_lives_again_after_a_kill_by_its_probe_is_no_crash() -> None:
    world = World()
    world.ended("backend", 143, seconds=20)
    world.status("backend").update(restartCount=1)
    assert decide(world.facts()) == ()
