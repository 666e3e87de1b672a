"""`./todo bench page`: what it says of its figures. That it measures the real page is a test of the browser."""

import re

import pytest

from cli.bench.page.document import page, picture
from cli.bench.page.figures import Row, paint_row, slow_row, table, weight_row


def test_a_weight_is_the_sum_of_the_scripts() -> None:
    row = weight_row("Sign-in", [60_000, 30_001], most=90)
    assert (row.value, row.met) == (90.0, True)
    assert not weight_row("Sign-in", [60_000, 31_000], most=90).met


def test_a_paint_is_the_75th_percentile() -> None:
    times = [16.0] * 14 + [32.0] * 2 + [400.0] * 4
    assert paint_row("Tick", times, throttle=1).value == 32.0
    slower = paint_row("Tick", times, throttle=4)
    assert (slower.name, slower.most) == ("Tick, 4 times slower", 100)


@pytest.mark.parametrize(("seconds", "verdict"), [(6.0, "met"), (6.01, "NOT met")])
def test_the_table_has_a_verdict(seconds: float, verdict: str) -> None:
    assert table([slow_row("List", seconds)]).splitlines()[1].endswith(f"6 s   {verdict}")


def test_the_page_and_its_picture_hold_each_figure() -> None:
    rows = [Row(name="Tick & add", value=24.0, unit="ms", most=32), Row(name="Add", value=900.0, unit="ms", most=32)]
    assert "| Add | 900 ms | 32 ms |" in page(rows, count=10_000)
    assert re.findall(r'<rect x="330"[^>]* width="(\d+)"', picture(rows)) == ["90", "240"]
    assert "Tick &amp; add" in picture(rows)
