"""`./todo bench fairness`: what it says of its figures, and that it measures the real thing."""

from pathlib import Path

import pytest

from cli.bench.fairness.figures import NAMES, Round, row_of, table
from cli.bench.fairness.measure import measure


def test_the_ratio_is_the_median_of_the_rounds_at_the_99th_percentile() -> None:
    rounds = [Round(alone=(1.0, 2.0), beside=(1.0, beside)) for beside in (4.0, 100.0, 5.0)]
    row = row_of("sqlite", "search", rounds, answered=7)
    assert (row.alone, row.beside, row.ratio, row.met) == (2.0, 5.0, 2.5, True)


@pytest.mark.parametrize(("beside", "verdict"), [(6.0, "met"), (6.2, "NOT met")])
def test_the_table_has_a_verdict(beside: float, verdict: str) -> None:
    row = row_of("postgres", "import", [Round(alone=(2.0,), beside=(beside,))], answered=1)
    assert table([row]).splitlines()[1].endswith(f" {beside / 2:.2f}  {verdict}")


@pytest.mark.parametrize("name", [*NAMES])
def test_each_load_runs_against_a_real_server(tmp_path: Path, name: str) -> None:
    (row,) = measure(folder=tmp_path, databases={"sqlite": ""}, count=20, rounds=1, only=[name], tasks=50)
    assert (row.database, row.adversary) == ("sqlite", name)
    assert row.answered > 0
    assert row.alone > 0
    assert row.beside > 0
