"""Measured values: Prometheus' text and its query answers, the metrics API's objects, and tables of `kubectl top`."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.workloads.quantities import amount
from orchestrator.diagnosis.workloads.store import Sample

_LINE = re.compile(r"^([a-zA-Z_:][\w:]*)\{([^}]*)\}\s+([-+0-9.eE]+|NaN|[+-]Inf)(?:\s+\d+)?$", re.MULTILINE)
_LABEL = re.compile(r'(?<!\w)(\w+)="((?:[^"\\]|\\.)*+)"')
_TOP = re.compile(r"^(NAMESPACE\s+)?(?:POD\s+)?NAME\s+CPU\(cores\)\s+MEMORY\(bytes\)")
CPU, MEMORY = "pod_cpu_cores", "pod_memory_bytes"


def samples_of(text: str) -> list[Sample]:
    """Every value that the text holds; none for a text of another kind."""
    stripped = text.strip()
    if stripped.startswith("{"):
        return list(_of_json(stripped))
    if _TOP.match(stripped):
        return list(_top(stripped))
    lines = _LINE.findall(stripped) if "# TYPE" in stripped or "# HELP" in stripped else []
    return [Sample(name, dict(_LABEL.findall(labels)), float(value)) for name, labels, value in lines]


def _of_json(text: str) -> Iterator[Sample]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        return
    if document.get("kind") == "PodMetrics":
        yield from _pod_metrics(document)
    data = document.get("data") if isinstance(document.get("data"), dict) else {}
    for one in data.get("result") or [] if isinstance(data.get("result"), list) else []:
        if isinstance(one, dict) and (value := _value(one)) is not None:
            labels = one["metric"] if isinstance(one.get("metric"), dict) else {}
            yield Sample(str(labels.get("__name__", "")), labels, value)


def _value(one: Mapping[str, Any]) -> float | None:
    """The value of an answer of Prometheus, the last of a range; None for what is no number."""
    pair = one.get("value") or (one["values"][-1] if isinstance(one.get("values"), list) and one["values"] else None)
    try:
        return float(pair[1])  # type: ignore[index] # the kinds that are none are caught
    except (TypeError, ValueError, IndexError, KeyError):
        return None


def _pod_metrics(document: Mapping[str, Any]) -> Iterator[Sample]:
    for container in document.get("containers") or []:
        labels = {
            "namespace": document["metadata"].get("namespace", ""),
            "pod": document["metadata"]["name"],
            "container": container["name"],
        }
        for name, key in ((CPU, "cpu"), (MEMORY, "memory")):
            yield Sample(name, labels, amount(str(container.get("usage", {}).get(key, "0"))))


def _top(text: str) -> Iterator[Sample]:
    head, *rows = text.splitlines()
    with_space, by_container = head.startswith("NAMESPACE"), "POD " in head
    for row in rows:
        cells = row.split()
        if len(cells) >= 3 + with_space + by_container:
            labels = {"namespace": cells[0] if with_space else "", "pod": cells[-4] if by_container else cells[-3]}
            labels |= {"container": cells[-3]} if by_container else {}
            yield Sample(CPU, labels, amount(cells[-2]))
            yield Sample(MEMORY, labels, amount(cells[-1]))
