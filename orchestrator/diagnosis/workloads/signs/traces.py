"""What traces tell: where the time goes and where the errors begin."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from statistics import median

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.dependencies import traced_workloads
from orchestrator.diagnosis.workloads.look import sign
from orchestrator.diagnosis.workloads.store import Span, Store

_SLOW = 0.5  # seconds that a call spends in a service or on its way, and no usual one does
_SHARE = 0.5  # of the whole trace's time
_FAILS = 0.2  # of a service's spans


def signs(store: Store) -> Iterator[Sign]:
    """At most one service that is slow, one way to a service that is, and one that fails."""
    if not store.spans:
        return
    below: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for span in store.spans:
        below[span.trace, span.parent].append(span)
    parts = traced_workloads(store)
    yield from _slow(store, below, parts)
    yield from _failing(store, below, parts)


def _slow(store: Store, below: Mapping[tuple[str, str], list[Span]], parts: Mapping[str, str]) -> Iterator[Sign]:
    """The place, a service or the way to one, where most of the slow traces' time is spent."""
    spent: dict[tuple[str, str], list[float]] = defaultdict(list)
    for span in store.spans:
        children = below.get((span.trace, span.id), [])
        own = span.seconds - sum(child.seconds for child in children)
        across = [child for child in children if child.service != span.service]
        if len(children) == 1 and across:  # a client's span around a server's: the rest is the way there and back
            spent["way", across[0].service].append(max(own, 0.0))
        else:
            spent["in", span.service].append(max(own, 0.0))
    typical = {place: median(times) for place, times in spent.items()}
    if not typical:
        return
    (kind, service), most = max(typical.items(), key=lambda one: one[1])
    roots = [span.seconds for span in store.spans if not span.parent]
    if most < _SLOW or service not in parts or (roots and most < _SHARE * median(roots)):
        return
    code, told = ("NetworkDelay", "the way to it takes") if kind == "way" else ("SlowProgram", "it takes")
    message = f"{told} {most * 1000:.0f} ms in the middle of {len(spent[kind, service])} spans"
    yield _sign(store, code, parts[service], message, f"spans of {service}")


def _failing(store: Store, below: Mapping[tuple[str, str], list[Span]], parts: Mapping[str, str]) -> Iterator[Sign]:
    """The service in which failed spans have no failed child: there the errors begin."""
    all_: dict[str, int] = defaultdict(int)
    first: dict[str, list[Span]] = defaultdict(list)
    for span in store.spans:
        all_[span.service] += 1
        if span.failed and not any(child.failed for child in below.get((span.trace, span.id), [])):
            first[span.service].append(span)
    found = [(len(spans), service) for service, spans in first.items() if len(spans) >= max(2, _FAILS * all_[service])]
    for count, service in sorted(found, reverse=True)[:1]:
        if service in parts:
            words = next((span.words for span in first[service] if span.words), first[service][0].name)
            message = f"{count} of its {all_[service]} spans fail, and none beneath them: {words}"
            yield _sign(store, "ProgramErrors", parts[service], message, f"spans of {service}")


def _sign(store: Store, code: str, part: str, message: str, place: str) -> Sign:
    pod = store.pods_of(part)[0]
    return sign(store, code, pod, message, (place, message), part=part, certainty="likely")
