"""`./todo bench chat`: what it says of its figures, and that it measures the real thing."""

from pathlib import Path

import pytest

from cli.bench.chat.bars import Bar, growth, table
from cli.bench.chat.histogram import buckets, quantile
from cli.bench.chat.measure import measure


@pytest.mark.parametrize(("value", "most", "met"), [(3.0, 3.0, True), (3.1, 3.0, False), (9.0, None, None)])
def test_an_aim_is_the_most_that_may_be(value: float, most: float | None, met: bool | None) -> None:
    assert Bar(name="x", value=value, most=most).met is met


def test_growth_is_counted_from_the_second_round() -> None:
    assert growth([100.0, 200.0, 250.0]) == 25.0
    assert growth([100.0]) == 0.0


def test_a_quantile_lies_on_the_line_within_its_bucket() -> None:
    text = 'x_bucket{tool="a",le="0.1"} 0\nx_bucket{tool="a",le="0.2"} 4\nx_bucket{tool="a",le="+Inf"} 5\n'
    counted = buckets(f"# TYPE x histogram\n{text}", "x", tool="a")
    assert [round(quantile(counted, share), 3) for share in (0.4, 0.8, 1.0)] == [0.15, 0.2, 0.2]
    with pytest.raises(LookupError):
        buckets(text, "x", tool="b")


def test_the_table_has_value_aim_and_verdict() -> None:
    lines = table([Bar(name="delay", value=2.5, unit="ms", most=30, note="p50"), Bar(name="errors", value=1, most=0)])
    first, second = lines.splitlines()
    assert first.split() == ["delay", "2.5", "ms", "at", "most", "30:", "met", "p50"]
    assert second.endswith("at most 0: NOT met")


def test_a_small_measurement(tmp_path: Path) -> None:
    bars = {bar.name: bar for bar in measure(folder=tmp_path, alone=5, together=4, rounds=2)}
    assert bars["errors of 4 turns at once, 2 rounds"].value == 0
    assert bars["first word, after the model's: p50"].value > 0
    own, around = (bars[f"a tool's {what}: p50"].value for what in ("own time", "call, from and to the model"))
    assert 0 < own < around
    assert 500 < bars["the list of MCP tools"].value < 4000
