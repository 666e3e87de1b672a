"""The plot and the lines of a measurement that runs."""

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from orchestrator.sizing.deciding.recommend import Setting, recommend
from orchestrator.sizing.measuring.measure import Frame
from orchestrator.sizing.model import Reading
from orchestrator.sizing.quantities import MIB
from orchestrator.sizing.telling import table
from orchestrator.sizing.telling.plot import columns, plot
from orchestrator.sizing.telling.progress import line, picture
from tests.orchestrator.sizing.builders import seen

READINGS = tuple(Reading("backend", "a", 1000 + 10 * i, 10, 10.0 * i, (100 + i) * MIB) for i in range(1, 9))
FRAME = Frame("before: load", 40, 120, READINGS, requests=80, errors=1, p95=0.123)


def test_a_plot_rises_from_left_to_right() -> None:
    assert plot([0, 1, 2, 3, 4, 8], height=2) == ["     █", " ▂▄▆██"]


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)), min_size=1), st.integers(1, 60), st.integers(1, 5))
def test_a_plot_has_its_size_and_shows_the_most(values: list[tuple[float, float]], width: int, height: int) -> None:
    told = columns(values, width)
    assert len(told) == width
    assert max(told) == max(value for _, value in values)
    assert [len(row) for row in plot(told, height=height)] == [width] * height


def test_a_line_tells_how_far_it_is() -> None:
    assert line(FRAME) == "before: load 40 of 120 s; 80 requests, 1 failed, p95 123 ms; backend 80m 108Mi"


def test_the_picture_has_both_plots() -> None:
    console = Console(width=110, record=True, file=None, force_terminal=False)
    with console.capture() as caught:
        console.print(picture(FRAME))
    assert all(word in caught.get() for word in ("before: load", "80m most", "108Mi now", "█", "1 failed"))


def test_the_table_has_what_stands_what_is_used_and_what_is_due() -> None:
    console = Console(width=150)
    with console.capture() as caught:
        table.show([recommend(seen([40.0] * 30, [100 * MIB] * 30), Setting())], console)
    told = caught.get()
    assert all(word in told for word in ("100m", "50m", "P95 40m + 23%", "confidence medium", "memory limit"))
