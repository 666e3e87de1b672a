"""What `kubectl describe` prints, as objects, each with its events."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from orchestrator.diagnosis.bundle import describe_kinds as kinds
from orchestrator.diagnosis.bundle import describe_others as others
from orchestrator.diagnosis.bundle.blocks import Block, parse
from orchestrator.diagnosis.bundle.describe_pods import pod
from orchestrator.diagnosis.bundle.describe_policies import policy
from orchestrator.diagnosis.bundle.tables import KINDS, event, seconds
from orchestrator.release.snapshot import Object

_EVENT = re.compile(
    r"^\s+(?P<type>Warning|Normal)\s+(?P<reason>\S+)\s+(?P<age>\S+(?: \(x\d+ over [^)]*\))?)\s+\S+\s+(?P<message>.*)$"
)
_OLD_EVENT = re.compile(  # of kubectl before 1.9: FirstSeen, LastSeen, Count, From, SubObjectPath
    r"^\s+\d\S{0,12}\s+(?P<age>\d\S{0,12})\s+(?P<count>\d{1,9})\s+\S[^\n]{0,200}?\s(?P<type>Warning|Normal)\s+"
    r"(?P<reason>\S+)\s+(?P<message>.*)$"
)
_DESCRIBED = re.compile(r"describe (?:-n \S+ )?(?P<kind>[a-zA-Z]{2,40})[ /](?:-n \S+ )?(?P<name>[a-z0-9][a-z0-9.-]*)")
_HEAD = re.compile(
    r"^[ \t]{1,40}+Type[ \t]{1,40}+Reason[ \t]{1,40}+Age[ \t]{1,40}+From[ \t]{1,40}+Message", re.MULTILINE
)
_COUNT = re.compile(r"\(x(\d+) over")
Reader = Callable[[Block], dict[str, Any] | None]
_KINDS: tuple[tuple[str, str, str, Reader], ...] = (
    ("Containers", "Node", "Pod", pod),
    ("Pod Template", "StrategyType", "Deployment", kinds.deployment),
    ("Pod Template", "Update Strategy", "StatefulSet", kinds.stateful),
    ("Pod Template", "Completions", "Job", others.job),
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
    ("Spec", "Created on", "NetworkPolicy", policy),
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
        found += [{**item, "thin": True, "described": True} for item in items]
        found += _events(part, block, kind or block.text("Kind"))
    return found


def events_below(title: str, text: str) -> list[Object]:
    """The events of a description of which only the end was kept: of the object that the command names."""
    found = _DESCRIBED.search(title)
    if not found or "Name:" in text:
        return []
    kind = KINDS.get(found["kind"].rstrip("/").lower(), "") or KINDS.get(found["kind"].rstrip("s/").lower(), "")
    return list(_rows(text, kind, "", found["name"])) if kind else []


def orphans(text: str) -> list[Object]:
    """Events below a head of their columns, of a description whose beginning was not kept."""
    return list(_rows(text, "Pod", "", "")) if _HEAD.search(text) else []


def _events(text: str, block: Block, kind: str) -> Iterator[Object]:
    _, _, events = text.partition("\nEvents:")
    yield from _rows(events, kind, block.text("Namespace"), block.text("Name"))


def _rows(events: str, kind: str, namespace: str, name: str) -> Iterator[Object]:
    for number, line in enumerate(events.splitlines()):
        if found := _EVENT.match(line) or _OLD_EVENT.match(line):
            told = found.groupdict()
            count = _COUNT.search(told["age"])
            yield event(
                kind,
                namespace,
                name,
                told["reason"],
                told["message"],
                kind_of=told["type"],
                age=seconds(told["age"].split()[0]),
                count=int(count.group(1) if count else told.get("count") or 1),
                number=number,
            )
