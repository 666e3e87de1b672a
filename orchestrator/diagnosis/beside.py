"""What is true of any workload, added to what is known of the release: rules that the release has none of."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from orchestrator.diagnosis.facts import Facts, Sign, part_of
from orchestrator.diagnosis.roots import roots
from orchestrator.diagnosis.rules import RELEASE_RULES
from orchestrator.diagnosis.stages import Stage
from orchestrator.diagnosis.workloads.decide import decide
from orchestrator.diagnosis.workloads.store import Store
from orchestrator.release.snapshot import belongs

_OWN = frozenset(
    {  # told of the release by its own signs, which know its front door and its fixes
        "SelectorMatchesOthers",
        "CpuStarved",
        "ServiceAddress",
        "ServicePort",
        "CommandEnds",
        "CommandMissing",
        "ClaimMissing",
        "ClaimMismatch",
        "StorageClassMissing",
        "LimitRefused",
        "WebhookDown",
        "PodSecurityRefused",
        "KubeletDown",
        "RuntimeDown",
        "MemoryNearLimit",
    }
)
_STARTS = (Stage.PLACED, Stage.CONFIGURED, Stage.IMAGE, Stage.STARTED, Stage.ALIVE, Stage.RUNNING)


def joined(own: Iterable[Sign], facts: Facts, store: Store, namespace: str) -> tuple[Sign, ...]:
    """The release's signs with those of the rest of the namespace, each root cause once."""
    own = tuple(own)
    known = {sign.subject for sign in own} | {sign.code for sign in own}
    return roots((*own, *(sign for sign in _added(facts, store, namespace) if not known & {sign.code, sign.subject})))


def _added(facts: Facts, store: Store, namespace: str) -> Iterator[Sign]:
    parts = {
        f"{namespace}/{item['kind']}/{item['metadata']['name']}": part_of(item)
        for item in (*store.objects,)
        if item["kind"] in ("Deployment", "StatefulSet") and belongs(item)
    }
    foreign = _foreign(facts, store)
    for sign in decide(store, namespace=namespace):
        if sign.part in parts:
            if sign.code not in RELEASE_RULES and sign.code not in _OWN and sign.rule.stage not in _STARTS:
                yield replace(sign, part=parts[sign.part], namespace="")
        elif sign.part.split("/")[-1] not in foreign or (sign.part and sign.code == "HeldByFinalizer"):
            yield replace(sign, part=sign.part or "", severity=sign.severity or sign.rule.severity)


def _foreign(facts: Facts, store: Store) -> frozenset[str]:
    """Names of the release's objects that the release's own signs speak of."""
    own = {item["metadata"]["name"] for item in store.objects if belongs(item)}
    return frozenset(own | {item["metadata"]["name"] for item in facts.services})
