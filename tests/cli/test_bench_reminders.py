"""The benchmark of reminders: its rows are judged by their aims."""

import pytest

from cli.bench.reminders.rows import Row, added_cost, table


def _row(value: float) -> Row:
    return Row(database="sqlite", name="lateness", value=value, unit="s", aim=1.0)


@pytest.mark.parametrize(("value", "met"), [(0.2, True), (1.0, True), (1.01, False)])
def test_a_row_is_judged_by_its_aim(value: float, met: bool) -> None:
    assert _row(value).met is met
    assert table([_row(value)]).endswith("1: met" if met else "1: NOT met")


def test_the_cost_is_the_median_of_pairs() -> None:
    assert added_cost([1.0, 2.0, 1.0], [1.1, 2.2, 9.0]) == pytest.approx(10.0)
    assert added_cost([1.0], [0.9]) == pytest.approx(-10.0)
