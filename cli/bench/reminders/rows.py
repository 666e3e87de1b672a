"""A measurement of reminders beside its aim. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Row:
    """``value`` is in ``unit``, and is to be at most ``aim``."""

    database: str
    name: str
    value: float
    unit: str
    aim: float

    @property
    def met(self) -> bool:
        return self.value <= self.aim


def added_cost(plain: Sequence[float], reminding: Sequence[float]) -> float:
    """By how many percent a write with a reminder takes longer: the median of rounds that were made in pairs."""
    return 100 * (median(one / other for one, other in zip(reminding, plain, strict=True)) - 1)


def table(rows: Sequence[Row]) -> str:
    """The rows for people, one line each."""
    head = f"{'':<10} {'':<42} {'':>8}           aim"
    return "\n".join([head, *map(_line, rows)])


def _line(row: Row) -> str:
    verdict = "met" if row.met else "NOT met"
    return f"{row.database:<10} {row.name:<42} {row.value:>8.2f} {row.unit:<9} {row.aim:g}: {verdict}"
