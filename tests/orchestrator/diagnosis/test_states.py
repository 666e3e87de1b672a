"""One state put into a healthy release, with what follows from it: exactly its root cause is found."""

import pytest

from orchestrator.diagnosis.decide import decide
from orchestrator.diagnosis.facts import Answer
from orchestrator.diagnosis.rules import RELEASE_RULES
from orchestrator.release.helm import Revision
from tests.orchestrator.diagnosis.breaks import (
    BAD_GATEWAY,
    Break,
    blocked_init,
    cannot_run,
    crash_loop,
    database,
    elsewhere,
    empty_endpoints,
    evicted,
    failing_init,
    gated,
    gone,
    more,
    mount,
    never_started,
    no_metrics,
    no_metrics_v2,
    no_selector,
    node_down,
    own_address,
    own_names,
    paused,
    pressure,
    probe,
    recovered_kill,
    refused,
    refused_stateful,
    restarts,
    sandbox,
    scaled,
    stale_probe,
    stuck,
    unbound,
    unschedulable,
    waits,
    wrong_port,
)
from tests.orchestrator.diagnosis.builders import KEYS, World, codes

STATES: list[tuple[str, Break]] = [
    ("ErrImageNeverPull", waits("ErrImageNeverPull")),
    ("ImagePullFailed", waits("ImagePullBackOff", "Back-off pulling image")),
    ("ImagePullFailed", waits("ErrImagePull", "manifest unknown")),
    ("InvalidImageName", waits("InvalidImageName")),
    ("ImageUnusable", waits("ImageInspectError")),
    ("SecretMissing", waits("CreateContainerConfigError", 'secret "another" not found')),
    ("SecretMissing", more(secrets={"todo-backend-secret": None})),
    ("SecretMissing", mount('MountVolume.SetUp failed for volume "x" : secret "tls" not found')),
    ("ConfigMapMissing", waits("CreateContainerConfigError", 'configmap "another" not found')),
    ("ConfigMapMissing", more(config_maps={"todo-frontend-config": None})),
    ("KeyMissing", waits("CreateContainerConfigError", "couldn't find key A in Secret todo/todo-backend-secret")),
    ("KeyMissing", more(secrets={"todo-backend-secret": KEYS - {"DATABASE_URL"}})),
    ("ConfigError", waits("CreateContainerConfigError", "container has runAsNonRoot and image will run as root")),
    ("MountFailed", mount("MountVolume.SetUp failed: hostPath type check failed: /nope is not a directory")),
    ("SandboxFailed", sandbox),
    ("CannotStart", waits("RunContainerError", 'exec: "nope": executable file not found')),
    ("CannotStart", waits("CreateContainerError", "invalid mount")),
    ("OOMKilled", lambda world: crash_loop(world, 137, "OOMKilled")),
    ("OOMKilled", cannot_run),
    ("OOMKilled", recovered_kill),
    ("CrashLoop", crash_loop),
    ("CrashLoop", lambda world: crash_loop(world, 0, "Completed")),
    ("RestartRate", restarts),
    ("InitFailed", failing_init),
    ("InitBlocked", blocked_init),
    ("StartupProbe", probe("Startup")),
    ("LivenessProbe", probe("Liveness")),
    ("LivenessProbe", probe("Liveness", "probe, will be restarted", "Killing")),
    ("ReadinessProbe", probe("Readiness")),
    ("ReadinessProbe", probe("Readiness", "probe failed: dial tcp: connection refused")),
    ("ReadinessProbe", elsewhere),
    ("ReadinessProbe", lambda world: world.unready("backend")),
    ("ReadinessProbe", stale_probe),
    ("StartupProbe", never_started),
    ("QuotaExceeded", refused('pods "x" is forbidden: exceeded quota: small, requested: pods=1')),
    ("QuotaExceeded", refused_stateful),
    ("ServiceAccountMissing", refused('error looking up service account d/robot: serviceaccount "robot" not found')),
    ("AdmissionRefused", refused('admission webhook "policy.example" denied the request')),
    ("AdmissionRefused", refused("pods is forbidden: maximum memory usage per Container is 64Mi")),
    ("PodCreationFailed", refused("Internal error occurred")),
    ("Unschedulable", unschedulable),
    ("ClaimUnbound", unbound),
    ("Evicted", evicted),
    ("NodePressure", pressure),
    ("NodeNotReady", node_down),
    ("ScaledToZero", scaled),
    ("WorkloadMissing", gone),
    ("ServiceMissing", lambda world: world.services.pop("backend")),
    ("SelectorMatchesNothing", no_selector),
    ("TargetPortWrong", wrong_port),
    ("NoEndpoints", empty_endpoints),
    ("BackendAddress", more(api_address="http://elsewhere:8000", answers=(BAD_GATEWAY,))),
    ("BackendAddress", own_address),
    ("PodDns", own_names("backend")),
    ("PodDns", own_names("frontend")),
    ("RolloutPaused", paused),
    ("RolloutStuck", stuck),
    ("NotReady", gated),
    ("NoMetrics", no_metrics),
    ("NoMetrics", no_metrics_v2),
    ("ReleasePending", more(history=(Revision(2, "pending-upgrade", ""),))),
    ("ReleaseFailed", more(history=(Revision(2, "failed", "timed out"),))),
    ("DnsDown", more(dns=0, answers=(Answer("backend", "/ready", 503), BAD_GATEWAY))),
    ("DatabaseRefused", database("waiting for the database error=connection refused")),
    ("DatabaseLogin", database('waiting for the database error=password authentication failed for user "todo"')),
    ("DatabaseName", database("waiting for the database error=[Errno -2] Name or service not known")),
    ("AppErrors", more(answers=(Answer("frontend", "/api/auth/get-session", 500),))),
    ("CannotRead", more(unreadable={"nodes": "User x cannot list resource nodes"}, nodes=())),
]  # fmt: skip


@pytest.mark.parametrize(("code", "breaking"), STATES, ids=[code for code, _ in STATES])
def test_a_state_is_one_finding_with_evidence_and_a_fix(code: str, breaking: Break) -> None:
    world = World()
    breaking(world)
    found = decide(world.facts())
    assert codes(found) == [code], [str(sign) for sign in found]
    (sign,) = found
    assert sign.message
    assert sign.remedy
    assert sign.subject
    assert sign.evidence
    assert all(one.path for one in sign.evidence)


def test_every_rule_has_a_state_here() -> None:
    assert {code for code, _ in STATES} == set(RELEASE_RULES)


def test_a_healthy_release_gives_no_finding() -> None:
    assert decide(World().facts()) == ()
