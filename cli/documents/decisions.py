"""The index of `docs/decisions`, from the headings of its pages."""

from pathlib import Path

from cli.environment import ROOT

INTRODUCTION = """# Decisions

A page for each choice that someone will question: its context, the choice, its consequences. Numbers go in tens by
subject, so they jump. This index is written by `./todo docs`.
"""
SUBJECTS = {
    "00": "The ground",
    "01": "The deployment",
    "02": "Dates",
    "03": "The agent",
    "04": "The page",
    "05": "MCP",
    "06": "Reading, budgets, turns, backup, history",
    "07": "Running, and the judge of readings",
    "08": "Artefacts, reminders, diagnosis",
    "09": "Import and export",
    "10": "Search, the history, reminders under load, the account",
    "11": "Subtasks, OAuth, the language, sizes",
    "12": "Agents, the terminal, strangers' suites",
    "13": "Out to other programs, and in",
    "14": "Saved filters",
}


def index() -> str:
    """`docs/decisions/README.md`: the pages by their subjects."""
    return "\n".join([INTRODUCTION, *(line for tens in SUBJECTS for line in subject(tens))])


def subject(tens: str) -> list[str]:
    """The lines of one subject; none if it has no page."""
    pages = sorted((ROOT / "docs/decisions").glob(f"{tens}[0-9]-*.md"))
    return [f"## {SUBJECTS[tens]}", "", *map(entry, pages), ""] if pages else []


def entry(page: Path) -> str:
    """A line that links a page by its heading."""
    heading = page.read_text().splitlines()[0].removeprefix("# ")
    return f"- [{heading}]({page.name})"
