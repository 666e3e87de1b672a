"""What `kubectl describe` prints, as objects, each with its events."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from orchestrator.diagnosis.bundle import describe_kinds as kinds
from orchestrator.diagnosis.bundle import describe_others as others
from orchestrator.diagnosis.bundle.blocks import Block, parse
from orchestrator.diagnosis.bundle.describe_pods import pod
from orchestrator.diagnosis.bundle.tables import KINDS, event, seconds
from orchestrator.release.snapshot import Object

_EVENT = re.compile(r"^\s+(Warning|Normal)\s+(\S+)\s+(\S+(?: \(x\d+ over [^)]*\))?)\s+(\S+)\s+(.*)$")
_DESCRIBED = re.compile(r"describe (?:-n \S+ )?(?P<kind>[a-zA-Z]{2,40})[ /](?:-n \S+ )?(?P<name>[a-z0-9][a-z0-9.-]*)")
_COUNT = re.compile(r"\(x(\d+) over")
Reader = Callable[[Block], dict[str, Any] | None]
_KINDS: tuple[tuple[str, str, str, Reader], ...] = (
    ("Containers", "Node", "Pod", pod),
    ("Pod Template", "StrategyType", "Deployment", kinds.deployment),
    ("Pod Template", "Update Strategy", "StatefulSet", kinds.stateful),
    ("Pod Template", "Completions", "Job", kinds.nothing),
    ("Pod Template", "Desired Number of Nodes Scheduled", "DaemonSet", kinds.daemons),
    ("Pod Template", "Controlled By", "ReplicaSet", kinds.replicas),
    ("Schedule", "Suspend", "CronJob", kinds.cron),
    ("StorageClass", "Access Modes", "PersistentVolumeClaim", kinds.claim),
    ("Taints", "Conditions", "Node", kinds.node),
    ("Selector", "Session Affinity", "Service", kinds.service),
    ("Subsets", "Annotations", "Endpoints", kinds.endpoints),
    ("Rules", "Default backend", "Ingress", others.ingress),
    ("Reference", "Min replicas", "HorizontalPodAutoscaler", others.autoscaler),
    ("Reclaim Policy", "Claim", "PersistentVolume", others.volume),
    ("Provisioner", "IsDefaultClass", "StorageClass", others.storage_class),
    ("Resource", "Name", "ResourceQuota", kinds.nothing),
    ("API Version", "Kind", "", others.resource),
)


def described(text: str) -> list[Object]:
    """The objects of a text of `kubectl describe`; none for another text."""
    if not re.match(r"\s*Name:\s+\S", text):
        return []
    found: list[Object] = []
    for part in re.split(r"\n(?=Name:\s+\S)", text):
        block = parse(part)
        kind, reader = next(
            ((kind, reader) for one, other, kind, reader in _KINDS if one in block.below and other in block.below),
            ("Pod", kinds.nothing),
        )
        items = [item for item in (reader(block), others.addresses(block) if kind == "Service" else None) if item]
        found += [{**item, "thin": True} for item in items]
        found += _events(part, block, kind or block.text("Kind"))
    return found


def events_below(title: str, text: str) -> list[Object]:
    """The events of a description of which only the end was kept: of the object that the command names."""
    found = _DESCRIBED.search(title)
    if not found or "Name:" in text:
        return []
    kind = KINDS.get(found["kind"].rstrip("/").lower(), "") or KINDS.get(found["kind"].rstrip("s/").lower(), "")
    return list(_rows(text, kind, "", found["name"])) if kind else []


def _events(text: str, block: Block, kind: str) -> Iterator[Object]:
    _, _, events = text.partition("\nEvents:")
    yield from _rows(events, kind, block.text("Namespace"), block.text("Name"))


def _rows(events: str, kind: str, namespace: str, name: str) -> Iterator[Object]:
    for number, line in enumerate(events.splitlines()):
        if found := _EVENT.match(line):
            kind_of, reason, age, _, message = found.groups()
            count = _COUNT.search(age)
            yield event(
                kind,
                namespace,
                name,
                reason,
                message,
                kind_of=kind_of,
                age=seconds(age.split()[0]),
                count=int(count.group(1)) if count else 1,
                number=number,
            )
