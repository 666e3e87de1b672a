"""What a measurement of fairness says. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from cli.bench.figures import percentile

MOST = 3.0
NAMES = ("list", "search", "streams", "chat", "bulk", "sign-in", "import")


@dataclass(frozen=True, kw_only=True)
class Round:
    """The other user's latencies in milliseconds, alone and right after that beside the adversary."""

    alone: tuple[float, ...]
    beside: tuple[float, ...]

    @property
    def ratio(self) -> float:
        return percentile(self.beside, 0.99) / percentile(self.alone, 0.99)


@dataclass(frozen=True, kw_only=True)
class Row:
    """An adversary on a database: medians of the rounds. ``alone`` and ``beside`` are p99 in milliseconds."""

    database: str
    adversary: str
    alone: float
    beside: float
    ratio: float
    answered: int

    @property
    def met(self) -> bool:
        return self.ratio <= MOST


def row_of(database: str, adversary: str, rounds: Sequence[Round], *, answered: int) -> Row:
    """The rounds in one row; ``answered`` counts the adversary's own answers."""
    return Row(
        database=database,
        adversary=adversary,
        alone=round(median(percentile(one.alone, 0.99) for one in rounds), 2),
        beside=round(median(percentile(one.beside, 0.99) for one in rounds), 2),
        ratio=round(median(one.ratio for one in rounds), 2),
        answered=answered,
    )


def table(rows: Sequence[Row]) -> str:
    """The rows for people, one line each."""
    head = f"{'database':<10} {'one user':<10} {'other alone':>12} {'beside':>9} {'ratio':>7}  at most {MOST:g}"
    return "\n".join([head, *(_line(row) for row in rows)])


def _line(row: Row) -> str:
    figures = f"{row.alone:>9.2f} ms {row.beside:>6.2f} ms {row.ratio:>7.2f}"
    return f"{row.database:<10} {row.adversary:<10} {figures}  {'met' if row.met else 'NOT met'}"
