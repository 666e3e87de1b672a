"""`docs/page.md` and its picture: the figures of the page as a table and as bars. Pure."""

from collections.abc import Sequence
from html import escape

from cli.bench.page.figures import Row

_MET, _MISSED, _AIM = "#0f766e", "#b45309", "#94a3b8"
_LEFT, _WIDTH, _STEP = 330, 240, 30


def page(rows: Sequence[Row], *, count: int) -> str:
    """The page of the documentation. ``count`` is how many tasks the list held."""
    lines = [f"| {row.name} | {row.value:g} {row.unit} | {row.most:g} {row.unit} |" for row in rows]
    return "\n".join(
        [
            "# The page's weight and speed",
            "",
            "`./todo bench page --write` measured this in Chromium, with the processor as it is and four times slower.",
            f"The list held {count:,} tasks. A paint is the time from an input to the next frame (Event Timing, as",
            "*INP* counts it, in steps of 8 ms): 75th percentile of twenty. The slow network has 400 kbit/s, 400 ms.",
            "",
            "![Each figure as a share of the most that it should be](page.svg)",
            "",
            "| | measured | at most |",
            "|---|---|---|",
            *lines,
            "",
        ]
    )


def picture(rows: Sequence[Row]) -> str:
    """A bar for each figure, as a share of the most that it should be, which is a line. An SVG."""
    height = 20 + _STEP * len(rows)
    bars = "".join(_bar(place, row) for place, row in enumerate(rows))
    aim = _LEFT + _WIDTH // 2
    line = f'<line x1="{aim}" x2="{aim}" y1="6" y2="{height - 8}" stroke="{_AIM}" stroke-dasharray="3 3"/>'
    style = "text{font:13px system-ui,sans-serif;fill:#334155}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {height}" role="img" '
        f'aria-label="Each figure as a share of the most that it should be">'
        f'<style>{style}</style><rect width="680" height="{height}" fill="#ffffff"/>{bars}{line}</svg>\n'
    )


def _bar(place: int, row: Row) -> str:
    """Twice the aim and more is the whole width."""
    top = 10 + _STEP * place
    width = round(min(row.value / row.most, 2) * _WIDTH / 2)
    return (
        f'<text x="{_LEFT - 10}" y="{top + 14}" text-anchor="end">{escape(row.name)}</text>'
        f'<rect x="{_LEFT}" y="{top}" width="{width}" height="18" rx="3" fill="{_MET if row.met else _MISSED}"/>'
        f'<text x="{_LEFT + width + 8}" y="{top + 14}">{row.value:g} {row.unit}</text>'
    )
