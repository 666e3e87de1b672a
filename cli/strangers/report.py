"""What the suites found, as lines for a terminal and as a page."""

from collections.abc import Sequence
from datetime import date

from cli.strangers.results import Check, Result, State

PAGE = "docs/strangers-suites.md"
INTRODUCTION = """# Suites of other people

Programs and suites that nobody here wrote, run against a new server by `./todo test --strangers`. What each needs is
installed by name into `.todo/strangers`. A check that is *waived* did not pass, for the
reason given. This page is written by `./todo test --strangers --write`.
"""
ORDER = (State.FAILED, State.WAIVED)


def lines(results: Sequence[Result]) -> list[str]:
    """A line a suite, and one for each check that failed."""
    found = []
    for result in results:
        counts = ", ".join(f"{result.count(state)} {state}" for state in State)
        found.append(f"{result.suite:<22}{counts}   ({result.version})")
        found += [f"    {one.name}: {one.detail}" for one in result.checks if one.state is State.FAILED]
    return found


def page(results: Sequence[Result], *, day: date) -> str:
    """The page: a table of the suites, then what did not pass and why."""
    rows = [
        f"| {result.suite} | {result.version} | {' | '.join(str(result.count(state)) for state in State)} |"
        for result in results
    ]
    head = ["| suite | version | passed | failed | waived |", "| --- | --- | ---: | ---: | ---: |"]
    reasons = [line for result in results for line in _section(result)]
    return "\n".join([INTRODUCTION, f"Run on {day.isoformat()}.", "", *head, *rows, "", *reasons]).rstrip() + "\n"


def _section(result: Result) -> list[str]:
    told = [one for state in ORDER for one in result.checks if one.state is state]
    if not told:
        return []
    return [f"## {result.suite}", "", *_grouped(told), ""]


def _grouped(checks: Sequence[Check]) -> list[str]:
    """A line for each reason, with the checks that it holds for."""
    names: dict[tuple[State, str], list[str]] = {}
    for one in checks:
        names.setdefault((one.state, one.detail), []).append(f"`{one.name}`")
    return [
        f"- {state.capitalize()}: {', '.join(found)}. {_sentence(detail)}" for (state, detail), found in names.items()
    ]


def _sentence(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
