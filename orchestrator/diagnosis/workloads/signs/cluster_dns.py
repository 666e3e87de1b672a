"""The cluster's DNS: what its Corefile says, and Services that are there and whose names do not resolve."""

import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.log_causes import causes_in
from orchestrator.diagnosis.workloads.look import current, ref, sign
from orchestrator.diagnosis.workloads.store import Store, namespace_of
from orchestrator.release.snapshot import Object, is_ready, name_of

_NAMES = frozenset({"DatabaseName"})
_TEMPLATE = re.compile(r"^[ \t]{0,40}+template[ \t]{1,40}+(?P<zones>[^\n{]*)\{(?P<body>[^}]*)\}", re.MULTILINE)
_REFUSES = re.compile(r"rcode\s+(NXDOMAIN|SERVFAIL|REFUSED)", re.IGNORECASE)
_KUBERNETES = re.compile(r"^[ \t]{0,40}+kubernetes[ \t]{1,40}+(?P<zones>[^\n{]*)", re.MULTILINE)
_SILENT = re.compile(
    r"lookup \S{1,253}[^\n]{0,60}:53[^\n]{0,120}(i/o timeout|refused)|EAI_AGAIN|[Tt]emporary failure in name"
)
_WORD = re.compile(r"[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for item in store.of("ConfigMap", "kube-system"):
        if name_of(item) == "coredns" and (why := _wrong(str((item.get("data") or {}).get("Corefile") or ""))):
            place = f"{ref(item)} .data[Corefile]", why
            yield sign(store, "DnsConfiguration", item, f"the Corefile {why}", place, part="", subject=ref(item))
            return
    yield from _unresolved(store)


def _wrong(text: str) -> str:
    """What of a Corefile keeps Services' names from being answered; empty for one that answers them."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    if not lines.strip():
        return ""
    for found in _TEMPLATE.finditer(lines):
        if _REFUSES.search(found["body"]) and re.search(r"svc|cluster\.local|\s\.\s*$|(ANY|A)\s*$", found["zones"]):
            return f"answers {found['zones'].split()[-1]} with {_REFUSES.search(found['body']).group(1)}"  # type: ignore[union-attr]
    zones = _KUBERNETES.findall(lines)
    if not zones and "import" not in lines:
        return "has no kubernetes plugin, which answers the Services' names"
    known = " ".join(zones)
    return "" if not zones or "." in known or not known.strip() else f"answers only the zone {known.strip()}"


def _unresolved(store: Store) -> Iterator[Sign]:
    told = {store.workload_id(pod): line for pod in current(store) if (line := _complaint(store, pod))}
    if not told or _has_reason(store, told):
        return
    part, line = next(iter(told.items()))
    pod = next(one for one in store.pods_of(part))
    many = len(told) > 1
    message = (
        f"{len(told)} workloads cannot resolve Services that are there" if many else f"{part} cannot resolve names"
    )
    yield sign(
        store,
        "DnsDown",
        pod,
        f"{message}: {line}",
        ("log", line),
        part="",
        subject="service/kube-dns",
        certainty="likely" if many else "possible",
        rival="" if many else "a network policy, or the pod's own resolver",
    )


def _complaint(store: Store, pod: Object) -> str:
    """The last line by which a Service that is there does not resolve, or the name server does not answer."""
    for line in reversed(store.last_words(pod).splitlines()[-30:]):
        if _SILENT.search(line):
            return line.strip()[:300]
        if causes_in(line, _NAMES):
            hosts = set(_WORD.findall(line))
            there = [one for one in store.of("Service", namespace_of(pod)) if name_of(one) in hosts]
            if there and any(is_ready(other) for other in store.of("Pod", namespace_of(pod))):
                return line.strip()[:300]
    return ""


def _has_reason(store: Store, told: dict[str, str]) -> bool:
    """Whether the pods themselves or a policy say why names do not resolve for them."""
    own = [pod for part in told for pod in store.pods_of(part)]
    apart = all(
        pod["spec"].get("dnsPolicy", "ClusterFirst") != "ClusterFirst" or pod["spec"].get("hostNetwork") for pod in own
    )
    return apart or any(store.of("NetworkPolicy", namespace_of(pod)) for pod in own)
