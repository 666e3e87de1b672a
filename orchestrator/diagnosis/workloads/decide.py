"""From a store to root causes, of every workload or of some. Pure."""

from collections.abc import Collection, Iterable, Mapping

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.roots import explains
from orchestrator.diagnosis.stages import Stage
from orchestrator.diagnosis.workloads.dependencies import needs
from orchestrator.diagnosis.workloads.look import ref_of
from orchestrator.diagnosis.workloads.reach import hit_by
from orchestrator.diagnosis.workloads.signs import (
    apis,
    calls,
    certificates,
    cluster_dns,
    containers,
    control,
    creation,
    ingresses,
    jobs,
    load,
    network,
    nodes,
    one_node,
    own_address,
    placement,
    policies,
    probes,
    rollouts,
    setup,
    sidecars,
    silence,
    storage,
    surroundings,
    switched_off,
    traces,
    traffic,
)
from orchestrator.diagnosis.workloads.store import CONTROL, Store

_KINDS = (
    nodes,
    apis,
    control,
    silence,
    cluster_dns,
    one_node,
    creation,
    switched_off,
    storage,
    placement,
    setup,
    surroundings,
    containers,
    probes,
    network,
    ingresses,
    certificates,
    policies,
    calls,
    own_address,
    jobs,
    rollouts,
    sidecars,
    traffic,
    traces,
    load,
)
_BY_OTHERS = frozenset(
    {  # what a workload says or does because of one that it calls
        "DependencyRefused",
        "DatabaseName",
        "DatabaseLogin",
        "DatabaseRefused",
        "DatabaseConnections",
        "DatabaseSchema",
        "DatabaseReadOnly",
        "DatabaseLocked",
        "DatabaseMemory",
        "MigrationFailed",
        "TlsMismatch",
        "SlowProgram",
        "ProgramErrors",
        "CrashLoop",
        "ReadinessProbe",
        "LivenessProbe",
        "StartupProbe",
        "InitBlocked",
        "InitFailed",
        "ProbeTiming",
        "NotReady",
        "RolloutStuck",
        "AppErrors",
        "NoEndpoints",
    }
)
_VAGUE = {"StartupProbe", "LivenessProbe", "ReadinessProbe", "NotReady", "RolloutStuck", "CrashLoop"}
_OF_OTHERS = frozenset(
    {"DependencyRefused", "DatabaseName", "NoEndpoints", "NotReady", "RolloutStuck", "ProgramErrors"}
)
"""What more often tells of another workload than of its own: it stands behind what names a cause."""
_ORDER = {"certain": 0, "likely": 1, "possible": 2}


def decide(store: Store, *, namespace: str | None = None, only: str | None = None) -> tuple[Sign, ...]:
    """The root causes, errors first, surest first; empty for what is healthy.

    `namespace` leaves out what is neither in it nor of the cluster; `only`, a kind/name, also what that workload does
    not need.
    """
    signs = [sign for kind in _KINDS for sign in kind.signs(store)]
    graph = needs(store)
    hit = {id(sign): parts for sign in signs if (parts := hit_by(store, sign)) is not None}
    unique: dict[tuple[str, str, str], Sign] = {}
    for sign in sorted(signs, key=lambda one: _ORDER[one.certainty]):
        unique.setdefault((sign.code, sign.part, sign.subject), sign)
    found = list(unique.values())
    kept = [
        sign
        for sign in found
        if not any(_explains(other, sign, graph, hit.get(id(other))) for other in found if other is not sign)
    ]
    chosen = [sign for sign in kept if _is_asked(sign, namespace, only, graph)]
    return _once_each(
        sorted(
            chosen,
            key=lambda one: (
                one.weight != "error",
                _ORDER[one.certainty],
                one.code in _OF_OTHERS,
                one.rule.stage,
                one.part,
                one.subject,
            ),
        )
    )


def _once_each(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """One finding for an object that several workloads miss, or that keeps several apart: the first."""
    return tuple({(sign.code, sign.subject, sign.namespace): sign for sign in reversed(tuple(signs))}.values())[::-1]


def _is_asked(sign: Sign, namespace: str | None, only: str | None, graph: Mapping[str, Collection[str]]) -> bool:
    if not sign.part:
        return (
            namespace is None or not sign.subject.startswith("namespace/") or sign.subject == f"namespace/{namespace}"
        )
    space = sign.part.split("/")[0]
    if space in CONTROL and namespace != space:
        return False
    if only:
        wanted = [part for part in {sign.part, *graph} if ref_of(part) == only]
        return sign.subject == only or any(sign.part == part or sign.part in graph.get(part, ()) for part in wanted)
    return namespace is None or space in ("", namespace)


def _explains(
    cause: Sign, effect: Sign, graph: Mapping[str, Collection[str]], hit: Collection[str] | None = None
) -> bool:
    """`hit`: the workloads that a cause of the cluster reaches, None for all; who needs one of them is reached too."""
    if hit is not None and effect.part and effect.part not in hit and not set(hit) & set(graph.get(effect.part, ())):
        return False
    if not cause.part and cause.subject == effect.subject and cause.rule.stage is effect.rule.stage is Stage.CLUSTER:
        return _ORDER[cause.certainty] < _ORDER[effect.certainty]  # of one node: what is sure stands
    if cause.part and cause.part == effect.part:
        return _explains_at_home(cause, effect)
    if cause.part:
        return cause.weight == "error" and effect.code in _BY_OTHERS and cause.part in graph.get(effect.part, ())
    return explains(cause, effect)


def _explains_at_home(cause: Sign, effect: Sign) -> bool:
    """Within a workload: what names a cause explains what only shows that something is wrong, never the reverse."""
    if cause.code in _VAGUE and effect.code not in _VAGUE:
        return False
    if effect.code in _VAGUE and cause.code not in _VAGUE:
        return cause.weight == "error" and (bool(cause.pod) or cause.rule.stage < Stage.WIRED)
    if cause.rule.stage == effect.rule.stage:
        return cause.subject == effect.subject and _ORDER[cause.certainty] < _ORDER[effect.certainty]
    return explains(cause, effect) and not _stands_by_itself(cause, effect)


def _stands_by_itself(cause: Sign, effect: Sign) -> bool:
    """A certain fault of an object is not there because a pod of the same workload is sick in another way."""
    return (
        effect.certainty == "certain"
        and effect.rule.stage is Stage.WIRED
        and effect.weight == "error"
        and (cause.rule.stage >= Stage.MEMORY or cause.rule.stage < Stage.PLACED)
    )
