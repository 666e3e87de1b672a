"""What a measurement of the chat says: each bar with its aim. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Something measured. ``most`` is the most that it may be; None where there is no aim."""

    name: str
    value: float
    unit: str = ""
    most: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        return None if self.most is None else self.value <= self.most


def growth(sizes: Sequence[float]) -> float:
    """How much the last size is above the second, in percent: the first round still fills caches and pools."""
    settled = sizes[1] if len(sizes) > 1 else sizes[0]
    return (sizes[-1] - settled) / settled * 100


def table(bars: Sequence[Bar]) -> str:
    """The bars for people, one line each."""
    width = max(len(bar.name) for bar in bars)
    return "\n".join(_line(bar, width=width) for bar in bars)


def _line(bar: Bar, *, width: int) -> str:
    value = f"{bar.value:,.1f}" if bar.value % 1 else f"{bar.value:,.0f}"
    aim = "" if bar.most is None else f"at most {bar.most:g}: {'met' if bar.met else 'NOT met'}"
    return f"{bar.name:<{width}} {value:>9} {bar.unit:<7} {aim:<22} {bar.note}".rstrip()
