"""From facts to root causes. Pure."""

from orchestrator.diagnosis.facts import Facts, Sign
from orchestrator.diagnosis.roots import roots
from orchestrator.diagnosis.signs import (
    configuration,
    containers,
    creation,
    permissions,
    probes,
    service,
    service_links,
)
from orchestrator.release.snapshot import is_ready

_KINDS = (creation, configuration, containers, probes, service_links, service, permissions)


def decide(facts: Facts) -> tuple[Sign, ...]:
    """The root causes, errors first; empty for a healthy release, and for one that still comes up as it should."""
    return roots(sign for kind in _KINDS for sign in kind.signs(facts))


def up(facts: Facts) -> tuple[int, int]:
    """How many pods are ready, and how many are wanted."""
    wanted = sum(int(item["spec"].get("replicas", 1)) for item in facts.snapshot.workloads)
    return sum(is_ready(pod) for pod in facts.pods), wanted
