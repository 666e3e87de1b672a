"""What is measured: processors and memory at their limits, packets lost, round trips that are slow."""

import re
from collections.abc import Iterator
from statistics import median

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import containers, current, sign
from orchestrator.diagnosis.workloads.quantities import amount
from orchestrator.diagnosis.workloads.store import Sample, Store, namespace_of
from orchestrator.release.snapshot import Object, name_of

_FULL = 0.9
_LOSS, _DELAY = 0.02, 0.2  # share of packets; seconds of a round trip inside a cluster
_CPU = ("pod_cpu_cores", "container_cpu_usage", "container_cpu_usage_cores", "cpu_usage_cores")
_MEMORY = ("pod_memory_bytes", "container_memory_working_set_bytes", "memory_usage_bytes")
_DROPPED = re.compile(r"network_(receive|transmit)_(packets_)?(dropped|errors)|packet_?loss|retrans", re.IGNORECASE)
_ROUND = re.compile(r"(rtt|round_?trip|ping|network_?(delay|latency))\w*", re.IGNORECASE)
_CHAOS = {"delay": "NetworkDelay", "loss": "NetworkLoss", "corrupt": "NetworkLoss", "partition": "NetworkLoss"}


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for item in store.of("NetworkChaos"):
        yield from _chaos(store, item)
    if not store.samples:
        return
    for pod in current(store):
        yield from _use(store, pod)
        yield from _throttled(store, pod)
        yield from _network(store, pod)


def _of(store: Store, pod: Object) -> list[Sample]:
    named = store.once("samples", lambda: _by_pod(store)).get(name_of(pod), [])
    return [sample for sample in named if sample.labels.get("namespace") in (None, "", namespace_of(pod))]


def _by_pod(store: Store) -> dict[str, list[Sample]]:
    found: dict[str, list[Sample]] = {}
    for sample in store.samples:
        found.setdefault(str(sample.labels.get("pod") or sample.labels.get("pod_name")), []).append(sample)
    return found


def _use(store: Store, pod: Object) -> Iterator[Sign]:
    for code, names, resource in (("CpuStarved", _CPU, "cpu"), ("MemoryNearLimit", _MEMORY, "memory")):
        found = [sample for sample in _of(store, pod) if sample.name in names]
        for one in containers(pod):
            own = [sample.value for sample in found if sample.labels.get("container") == one.name]
            used = max(own or [sample.value for sample in found if len(pod["spec"]["containers"]) == 1], default=0.0)
            limit = amount(one.limit(resource))
            if limit and used >= _FULL * limit:
                share = f"{used / limit:.0%} of {one.limit(resource)}"
                yield sign(
                    store,
                    code,
                    pod,
                    f"{one.name} uses {share} {resource}",
                    (f"{resource} of {one.name}", share),
                    certainty="likely",
                    container=one.name,
                )


def _throttled(store: Store, pod: Object) -> Iterator[Sign]:
    values = {sample.name: sample.value for sample in _of(store, pod)}
    all_, held = (values.get(f"container_cpu_cfs_{kind}periods_total", 0.0) for kind in ("", "throttled_"))
    if all_ > 100 and held / all_ > 0.5:
        yield sign(
            store,
            "CpuStarved",
            pod,
            f"it is throttled in {held / all_:.0%} of its periods",
            ("container_cpu_cfs_throttled_periods_total", f"{held:.0f} of {all_:.0f}"),
            certainty="likely",
        )


def _network(store: Store, pod: Object) -> Iterator[Sign]:
    for sample in _of(store, pod):
        if _ROUND.search(sample.name) and _seconds(sample) > max(_DELAY, 5 * _usual(store, sample)):
            yield sign(
                store,
                "NetworkDelay",
                pod,
                f"round trips take {_seconds(sample) * 1000:.0f} ms",
                (sample.name, str(sample.value)),
                certainty="likely",
            )
            return
    lost = sum(sample.value for sample in _of(store, pod) if _DROPPED.search(sample.name))
    sent = sum(
        sample.value
        for sample in _of(store, pod)
        if re.search(r"network_(receive|transmit)_packets(_total)?$", sample.name)
    )
    share = next((sample.value for sample in _of(store, pod) if re.search(r"packet_?loss", sample.name, re.I)), 0.0)
    share = share / 100 if share > 1 else share
    if share > _LOSS or (sent > 100 and lost / sent > _LOSS):
        told = f"{(share or lost / max(sent, 1)):.0%} of its packets are lost"
        yield sign(store, "NetworkLoss", pod, told, ("dropped packets", told), certainty="likely")


def _seconds(sample: Sample) -> float:
    return sample.value / 1000 if re.search(r"_ms$|milliseconds", sample.name) else sample.value


def _usual(store: Store, sample: Sample) -> float:
    """The median of the same metric over all pods: what is usual here is no delay."""
    same = [_seconds(other) for other in store.samples if other.name == sample.name]
    return median(same) if len(same) > 2 else 0.0


def _chaos(store: Store, item: Object) -> Iterator[Sign]:
    """An experiment of Chaos Mesh that runs is the cause."""
    code = _CHAOS.get(str(item.get("spec", {}).get("action")), "NetworkLoss")
    labels = ((item["spec"].get("selector") or {}).get("labelSelectors")) or {}
    hit = [
        pod
        for pod in current(store)
        if all((pod["metadata"].get("labels") or {}).get(key) == value for key, value in labels.items())
    ]
    message = f"the experiment {name_of(item)} makes {item['spec'].get('action')} in the network"
    yield sign(
        store, code, hit[0] if hit else item, message, ("networkchaos .spec.action", str(item["spec"].get("action")))
    )
