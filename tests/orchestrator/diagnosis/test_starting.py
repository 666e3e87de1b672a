"""How long pods may take to start before that is a finding."""

import pytest

from orchestrator.diagnosis.decide import decide
from orchestrator.diagnosis.startup import still_starting
from tests.orchestrator.diagnosis.breaks import blocked_init, crash_loop
from tests.orchestrator.diagnosis.builders import World, at, codes


def started(seconds: float) -> World:
    """The backend's container runs since then and is not ready; its probe has 3 tries, one every 15 s."""
    world = World()
    world.unready("backend")
    world.status("backend")["state"] = {"running": {"startedAt": at(seconds)}}
    return world


@pytest.mark.parametrize(("seconds", "starting"), [(1, True), (44, True), (47, False)])
def test_a_pod_has_the_time_of_its_own_readiness_probe(seconds: float, starting: bool) -> None:
    assert still_starting(started(seconds).facts()) is starting


@pytest.mark.parametrize(("seconds", "starting"), [(29, True), (31, False)])
def test_an_impatient_probe_leaves_a_program_half_a_minute(seconds: float, starting: bool) -> None:
    world = started(seconds)
    world.pods["backend"]["spec"]["containers"][0]["readinessProbe"]["periodSeconds"] = 1
    assert still_starting(world.facts()) is starting


@pytest.mark.parametrize(("seconds", "starting"), [(31, True), (119, True), (121, False)])
def test_a_program_that_computes_has_two_minutes(seconds: float, starting: bool) -> None:
    world = started(seconds)
    world.pods["backend"]["spec"]["containers"][0]["readinessProbe"]["periodSeconds"] = 1
    world.more["at_work"] = frozenset({"todo-backend-pod"})
    assert still_starting(world.facts()) is starting


@pytest.mark.parametrize(("seconds", "starting"), [(46, True), (91, True), (93, False)])
def test_a_startup_probe_has_its_time_before_the_readiness_probe(seconds: float, starting: bool) -> None:
    world = started(seconds)
    container = world.pods["backend"]["spec"]["containers"][0]
    container["startupProbe"] = container["readinessProbe"]
    assert still_starting(world.facts()) is starting


@pytest.mark.parametrize(("age", "starting"), [(5, True), (59, True), (61, False)])
def test_a_pod_that_is_being_made_has_a_minute(age: float, starting: bool) -> None:
    world = started(0)
    world.status("backend")["state"] = {"waiting": {"reason": "ContainerCreating"}}
    world.pods["backend"]["metadata"]["creationTimestamp"] = at(age)
    assert still_starting(world.facts()) is starting


def test_what_cannot_start_is_not_starting() -> None:
    for breaking in (blocked_init, crash_loop):
        world = World()
        world.pods["backend"]["metadata"]["creationTimestamp"] = at(5)
        breaking(world)
        assert not still_starting(world.facts())
    assert not still_starting(World().facts())


def test_a_container_that_is_ready_in_a_pod_that_is_not_is_neither_starting_nor_failing_its_probe() -> None:
    world = started(5)
    world.status("backend")["ready"] = True
    world.event(world.pods["backend"], "Unhealthy", "Readiness probe failed: connection refused")
    assert not still_starting(world.facts())
    assert codes(decide(world.facts())) == ["NotReady"]
