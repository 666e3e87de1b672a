"""The measurements of `./todo bench language` as Markdown tables and a plot. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from cli.bench.figures import percentile
from cli.bench.language.dates import Score
from cli.bench.language.said import KNOWN_WRONG, Reading

START, END = "<!-- measured: written by ./todo bench language --write -->", "<!-- end of measured -->"
GROUPS = ("date", "recurrence", "fields", "many", "precision", "complete", "delete", "update", "query", "talk")
LEGEND = ("date phrases read right", "titles without a date left whole")
COLOURS = ("#4f46e5", "#94a3b8")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """All that was measured. ``tools`` are text, tool and first tool called, of a public file; empty without one."""

    readings: tuple[Reading, ...]
    dates: tuple[Score, ...]
    missing: dict[str, str]
    tools: tuple[tuple[str, str, str | None], ...] = ()

    def group(self, name: str) -> tuple[int, int]:
        """How many of a group are right, of how many."""
        readings = [reading for reading in self.readings if reading.case.group == name]
        return sum(reading.right for reading in readings), len(readings)

    def milliseconds(self, share: float) -> float:
        """The time within which that share of the sentences is read."""
        return percentile([reading.milliseconds for reading in self.readings], share)

    def tools_right(self) -> int:
        """For how many of the public file's texts the first tool is right."""
        return sum(tool == called for _, tool, called in self.tools)

    def summary(self) -> dict[str, object]:
        """The figures as plain data."""
        return {
            "groups": {name: self.group(name) for name in GROUPS},
            "milliseconds": {"p50": self.milliseconds(0.5), "p99": self.milliseconds(0.99)},
            "first_tool": [self.tools_right(), len(self.tools)],
            "dates": {
                score.library: [score.phrases_right, score.phrases, score.titles_right, score.titles]
                for score in self.dates
            },
            "missing": self.missing,
        }


def measured_part(found: Measured) -> str:
    """The generated part of the page: tables, the plot, and what is wrong."""
    parts = [_own(found), _dates(found), *([_public(found)] if found.tools else []), _wrong(found)]
    return "\n\n".join(parts) + "\n"


def put_into(page: str, part: str) -> str:
    """The page with its generated part replaced. Raises ``ValueError`` where the page does not mark one."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    if not rest or END not in page:
        raise ValueError("docs/language.md does not mark its generated part")
    return f"{before}{START}\n{part}{END}{after}"


def _own(found: Measured) -> str:
    rows = [
        f"| {name} | {right} of {count} | {share(right, count)} |"
        for name in GROUPS
        for right, count in [found.group(name)]
    ]
    right, count = sum(reading.right for reading in found.readings), len(found.readings)
    half, most = found.milliseconds(0.5), found.milliseconds(0.99)
    times = (
        f"Half of them take at most {half:.2f} ms each, 99 in 100 at most {most:.2f} ms of processor time. They were "
        "written along with the engine, so they show what it knows and not how it meets a surprise."
    )
    table = "\n".join(
        [
            "| group | right | |",
            "|---|---|---|",
            *rows,
            f"| **all** | **{right} of {count}** | **{share(right, count)}** |",
        ]
    )
    return f"### The project's own sentences\n\n{table}\n\n{times}"


def _dates(found: Measured) -> str:
    rows = [
        f"| {score.library} | {score.phrases_right} of {score.phrases} | {share(score.phrases_right, score.phrases)} | "
        f"{score.titles_right} of {score.titles} | {score.microseconds:,.0f} |"
        for score in found.dates
    ]
    missing = "".join(f"\n\n{name} did not run: `{reason}`." for name, reason in found.missing.items())
    table = "\n".join(["| | phrases read right | | titles left whole | µs a text |", "|---|---|---|---|---|", *rows])
    picture = "![Dates read right, and titles left whole](language.svg)"
    return f"### The date part, beside libraries\n\n{picture}\n\n{table}{missing}"


def _public(found: Measured) -> str:
    tools = sorted({tool for _, tool, _ in found.tools})
    counts = {tool: [called == tool for _, wanted, called in found.tools if wanted == tool] for tool in tools}
    rows = [
        f"| `{tool}` | {sum(counts[tool])} of {len(counts[tool])} | {share(sum(counts[tool]), len(counts[tool]))} |"
        for tool in tools
    ]
    right, count = found.tools_right(), len(found.tools)
    table = "\n".join(
        [
            "| first tool | right | |",
            "|---|---|---|",
            *rows,
            f"| **all** | **{right} of {count}** | **{share(right, count)}** |",
        ]
    )
    source = (
        "Utterances of the development set of SLURP (Bastianelli, Vanzo, Swietojanski and Rieser, "
        "“SLURP: A Spoken Language Understanding Resource Package”, EMNLP 2020; CC BY 4.0): its list, calendar and "
        "alarm scenarios, with the tool that each calls for."
    )
    return f"### Public utterances\n\n{source}\n\n{table}"


def _wrong(found: Measured) -> str:
    rows = [
        f"- “{reading.case.text}” ({reading.case.group}): {_told(reading)}"
        for reading in found.readings
        if not reading.right
    ]
    tail = f"\n\nKnown ones stand in `tests/language/data/{KNOWN_WRONG}.txt`."
    return "### What it gets wrong\n\n" + ("\n".join(rows) if rows else "Nothing of the above.") + tail


def _told(reading: Reading) -> str:
    if not reading.actions:
        return "it asks instead"
    return "; ".join(
        f"`{tool}` {', '.join(f'{key} {value}' for key, value in arguments.items())}"
        for tool, arguments in reading.actions
    )


def share(right: int, count: int) -> str:
    """A share in percent, with one digit."""
    return f"{100 * right / count:.1f} %" if count else "-"


def plot(found: Measured) -> str:
    """Bars for each library: phrases read right and titles left whole, in percent. An SVG."""
    rows = [bar for place, score in enumerate(found.dates) for bar in _bars(place, score)]
    height = 60 + 56 * len(found.dates)
    legend = "".join(
        f'<rect x="{left}" y="12" width="12" height="12" fill="{colour}"/><text x="{left + 18}" y="23">{words}</text>'
        for left, colour, words in zip((150, 340), COLOURS, LEGEND, strict=True)
    )
    style = "text{font:13px system-ui,sans-serif;fill:#334155}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {height}" role="img" aria-label="Dates read right">'
        f'<style>{style}</style><rect width="640" height="{height}" fill="#ffffff"/>{legend}{"".join(rows)}</svg>\n'
    )


def _bars(place: int, score: Score) -> Sequence[str]:
    top = 48 + 56 * place
    shares = (score.phrases_right / max(score.phrases, 1), score.titles_right / max(score.titles, 1))
    bars = [
        f'<rect x="150" y="{top + 20 * row}" width="{420 * value:.1f}" height="16" rx="3" fill="{COLOURS[row]}"/>'
        f'<text x="{156 + 420 * value:.1f}" y="{top + 13 + 20 * row}">{100 * value:.0f} %</text>'
        for row, value in enumerate(shares)
    ]
    return [f'<text x="140" y="{top + 24}" text-anchor="end">{escape(score.library)}</text>', *bars]
