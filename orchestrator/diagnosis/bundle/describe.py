"""What `kubectl describe` prints, as objects, each with its events."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from orchestrator.diagnosis.bundle import describe_kinds as kinds
from orchestrator.diagnosis.bundle.blocks import Block, parse
from orchestrator.diagnosis.bundle.describe_pods import pod
from orchestrator.diagnosis.bundle.tables import event, seconds
from orchestrator.release.snapshot import Object

_EVENT = re.compile(r"^\s+(Warning|Normal)\s+(\S+)\s+(\S+(?: \(x\d+ over [^)]*\))?)\s+(\S+)\s+(.*)$")
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
    ("Rules", "Default backend", "Ingress", kinds.nothing),
    ("Resource", "Name", "ResourceQuota", kinds.nothing),
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
        item = reader(block)
        found += [{**item, "thin": True}] if item else []
        found += _events(part, block, kind)
    return found


def _events(text: str, block: Block, kind: str) -> Iterator[Object]:
    _, _, events = text.partition("\nEvents:")
    namespace, name = block.text("Namespace"), block.text("Name")
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
