"""Quantiles of a Prometheus histogram, from the text that a server exposes."""

from collections.abc import Sequence

from prometheus_client.parser import text_string_to_metric_families

Bucket = tuple[float, float]


def buckets(text: str, name: str, **labels: str) -> list[Bucket]:
    """Upper bound and cumulative count of each bucket, in order. Raises LookupError if there is no such series."""
    found = [
        (float(sample.labels["le"]), sample.value)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == f"{name}_bucket" and labels.items() <= sample.labels.items()
    ]
    if not found:
        raise LookupError(f"no series {name} with {labels}")
    return sorted(found)


def quantile(counted: Sequence[Bucket], share: float) -> float:
    """Within its bucket by straight line, as Prometheus' `histogram_quantile`; beyond the last bound, that bound."""
    rank, below, before = share * counted[-1][1], 0.0, 0.0
    for bound, count in counted[:-1]:
        if count >= rank and count > before:
            return below + (bound - below) * (rank - before) / (count - before)
        below, before = bound, count
    return below
