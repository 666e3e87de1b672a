"""The halves of the house do not know each other, and the language engine knows nobody."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_BE_READ_BY_LANGUAGE = {"dateutil", "rapidfuzz"}


def imported(path: Path) -> Iterator[str]:
    """The absolute names of the modules that a file imports."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*up, *((node.module or "").split(".") if node.module else [])])


@pytest.mark.parametrize(("half", "other"), [("backend", "orchestrator"), ("orchestrator", "backend")])
def test_the_halves_do_not_import_each_other(half: str, other: str) -> None:
    files = list((ROOT / half).rglob("*.py"))
    assert files
    assert [path for path in files if any(name.split(".")[0] == other for name in imported(path))] == []


def test_the_language_engine_imports_nothing_of_the_app() -> None:
    import sys

    own = "backend.assistant.language"
    foreign = {
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "backend" / "assistant" / "language").rglob("*.py")
        for name in imported(path)
        if not (name == own or name.startswith(f"{own}."))
        and name.split(".")[0] not in sys.stdlib_module_names | MAY_BE_READ_BY_LANGUAGE
    }
    assert foreign == set()
