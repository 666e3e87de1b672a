"""What is one cause and what are two, and what is over and no cause at all."""

from pathlib import Path

from orchestrator.diagnosis.decide import decide
from orchestrator.diagnosis.facts import Answer
from orchestrator.diagnosis.rules import page
from tests.orchestrator.diagnosis.breaks import BAD_GATEWAY, crash_loop, probe, recovered_kill, restarts
from tests.orchestrator.diagnosis.builders import World, at, codes

ROOT = Path(__file__).resolve().parents[3]


def test_two_faults_in_two_parts_are_two_findings() -> None:
    world = World()
    world.waiting("backend", "CreateContainerConfigError", 'secret "another" not found')
    world.waiting("frontend", "ErrImageNeverPull")
    assert codes(decide(world.facts())) == ["SecretMissing", "ErrImageNeverPull"]


def test_two_absent_things_of_one_pod_are_two_findings() -> None:
    world = World()
    world.more["secrets"] = {"todo-backend-secret": None}
    world.more["config_maps"] = {"todo-frontend-config": None}
    assert codes(decide(world.facts())) == ["SecretMissing", "ConfigMapMissing"]


def test_several_pods_with_one_fault_are_one_finding() -> None:
    world = World()
    world.waiting("backend", "ErrImageNeverPull")
    twin = {**world.pods["backend"], "metadata": {**world.pods["backend"]["metadata"], "name": "twin", "uid": "twin"}}
    world.pods["twin"] = twin
    assert codes(decide(world.facts())) == ["ErrImageNeverPull"]


def test_postgres_in_trouble_explains_the_refused_database_and_the_pages_errors() -> None:
    world = World()
    world.waiting("postgres", "ErrImageNeverPull")
    world.more["answers"] = (Answer("backend", "/ready", 503), BAD_GATEWAY)
    assert codes(decide(world.facts())) == ["ErrImageNeverPull"]


def test_a_memory_kill_that_was_survived_is_a_warning_and_hides_no_error() -> None:
    world = World()
    recovered_kill(world)
    assert [sign.weight for sign in decide(world.facts())] == ["warning"]
    world.more["answers"] = (Answer("frontend", "/api/auth/get-session", 500),)
    assert codes(decide(world.facts())) == ["AppErrors", "OOMKilled"]


def test_a_secret_that_was_made_again_is_not_missing_though_the_kubelet_still_says_so() -> None:
    world = World()
    world.waiting("backend", "CreateContainerConfigError", 'secret "todo-backend-secret" not found')
    assert "SecretMissing" not in codes(decide(world.facts()))


def test_restarts_of_long_ago_and_probe_failures_that_were_overcome_are_no_findings() -> None:
    world = World()
    restarts(world)
    world.ended("backend", 1, seconds=7200)
    world.event(world.pods["backend"], "Unhealthy", "Readiness probe failed: connection refused")
    world.event(world.pods["backend"], "Unhealthy", "Liveness probe failed: HTTP probe failed: 404", seconds=600)
    assert decide(world.facts()) == ()


def test_a_probe_that_had_the_container_killed_is_the_cause_until_it_runs_well() -> None:
    world = World()
    world.status("backend")["restartCount"] = 2
    world.unready("backend")
    world.event(world.pods["backend"], "Unhealthy", "Startup probe failed: statuscode: 404", seconds=90)
    assert codes(decide(world.facts())) == ["StartupProbe"]
    world.waiting("backend", "CrashLoopBackOff", "back-off 20s")
    assert codes(decide(world.facts())) == ["StartupProbe"]
    world.event(world.pods["backend"], "Killing", "Container backend failed startup probe", seconds=80)
    assert codes(decide(world.facts())) == ["StartupProbe"]


def test_a_startup_probe_over_its_threshold_is_the_cause_while_the_container_is_being_ended() -> None:
    world = World()
    world.unready("backend")
    world.event(world.pods["backend"], "Unhealthy", "Startup probe failed: connection refused", seconds=25)
    (sign,) = decide(world.facts())
    assert (sign.code, sign.final) == ("StartupProbe", True)


def test_a_page_that_is_not_there_is_sure_though_the_probe_was_refused_before() -> None:
    world = World()
    probe("Readiness", "probe failed: dial tcp: connection refused", count=9)(world)
    probe("Readiness")(world)
    (sign,) = decide(world.facts())
    assert sign.final
    assert "404" in sign.message


def test_a_refused_connection_while_a_pod_starts_is_no_finding() -> None:
    world = World()
    probe("Readiness", "probe failed: dial tcp: connection refused", count=2)(world)
    world.more.update(settled=False, answers=())
    assert decide(world.facts()) == ()


def test_a_crash_is_not_also_a_failing_probe() -> None:
    world = World()
    crash_loop(world)
    world.event(world.pods["backend"], "Unhealthy", "Readiness probe failed: connection refused")
    world.event(world.pods["backend"], "Unhealthy", "Liveness probe failed: connection refused")
    (sign,) = decide(world.facts())
    assert sign.code == "CrashLoop"
    assert "exit code 1, 4 restarts" in sign.message


def test_a_crashs_last_log_line_is_told_and_the_log_kept() -> None:
    world = World()
    crash_loop(world)
    world.more["logs"] = {("todo-backend-pod", "backend"): "starting\nValueError: broken"}
    (sign,) = decide(world.facts())
    assert sign.message.endswith("ValueError: broken")
    assert sign.log.startswith("starting")


def test_what_may_not_be_read_is_not_taken_for_absent() -> None:
    world = World()
    world.services.clear()
    world.endpoints.clear()
    world.more.update(unreadable={"services": "forbidden", "endpoints": "forbidden"})
    assert [(sign.code, sign.subject) for sign in decide(world.facts())] == [("CannotRead", "endpoints, services")]


def test_a_node_without_the_releases_pods_does_not_matter() -> None:
    world = World()
    world.node["metadata"]["name"] = "another"
    world.node["status"]["conditions"][0]["status"] = "False"
    assert decide(world.facts()) == ()


def test_a_claim_that_was_just_made_gets_time_to_bind() -> None:
    world = World()
    world.pods["postgres"]["spec"]["volumes"] = [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]
    made = {"name": "data", "uid": "c", "creationTimestamp": at(2)}
    world.more["claims"] = ({"kind": "PersistentVolumeClaim", "metadata": made, "status": {"phase": "Pending"}},)
    assert decide(world.facts()) == ()


def test_every_state_is_documented() -> None:
    assert page() in (ROOT / "docs" / "diagnosis.md").read_text()
