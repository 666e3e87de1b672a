"""What the documents say about the tree is true: folders, files, indexes and figures."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ARCHITECTURE = (DOCS / "architecture.md").read_text()
TREE = ARCHITECTURE.split("```")[1].splitlines()
ROWS = re.findall(r"^\| ([^|]+\?) \| `([^`]+)` \| `([^`]+)` \|$", (DOCS / "where-to-find.md").read_text(), re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def drawn() -> set[str]:
    """The folders that the architecture's tree draws, as paths from the root."""
    paths: list[str] = []
    found = set()
    for line in TREE:
        named = re.match(r"^( *)((?:[\w.-]+/? )+)", line + " ")
        depth = len(named.group(1)) // 2 if named else 0
        for name in named.group(2).split() if named else ():
            paths[depth:] = [name.rstrip("/")]
            found.add("/".join(paths))
    return found


def folders(place: str) -> set[str]:
    """The Python packages in a folder."""
    return {f"{place}/{path.parent.name}" for path in (ROOT / place).glob("*/__init__.py")}


@pytest.mark.parametrize("place", ["backend", "backend/assistant"])
def test_the_tree_draws_every_folder(place: str) -> None:
    assert folders(place) <= drawn()


def test_the_tree_draws_nothing_else() -> None:
    assert [path for path in drawn() if not (ROOT / path).exists()] == []


def test_every_page_is_in_the_index() -> None:
    linked = set(LINK.findall((DOCS / "README.md").read_text()))
    assert {path.name for path in DOCS.glob("*.md")} - {"README.md"} <= linked


def test_every_decision_is_in_its_index() -> None:
    linked = set(LINK.findall((DOCS / "decisions" / "README.md").read_text()))
    assert {path.name for path in (DOCS / "decisions").glob("[0-9]*.md")} <= linked


def test_decisions_are_headed_by_their_number() -> None:
    for path in (DOCS / "decisions").glob("[0-9]*.md"):
        assert path.read_text().startswith(f"# {path.name[:3]} · "), path.name


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text()) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize(("question", "path", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_a_question_is_answered_by_its_file(question: str, path: str, name: str) -> None:
    assert name in (ROOT / path).read_text(), question


def test_thirty_questions_are_answered() -> None:
    assert len(ROWS) >= 30


def test_the_speed_that_the_readme_promises_was_measured() -> None:
    promised = re.search(r"99 in 100 sentences within (\d+) ms", " ".join((ROOT / "README.md").read_text().split()))
    measured = re.search(r"99 in 100 at most (\d+\.\d+) ms", (DOCS / "language.md").read_text())
    assert promised
    assert measured
    assert float(measured.group(1)) <= float(promised.group(1))
