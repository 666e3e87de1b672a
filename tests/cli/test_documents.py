"""The generated pages say what the code says now."""

from pathlib import Path

import pytest

from backend.settings import Settings
from cli.documents.pages import all_pages, command_names, help_of

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("docs/cli.md", "docs/openapi.json", "docs/decisions/README.md", ".env.example")


@pytest.mark.parametrize("path", PAGES)
def test_page_is_up_to_date(path: str) -> None:
    assert (ROOT / path).read_text() == all_pages()[path], f"{path} is out of date: run ./todo docs"


def test_every_command_explains_itself() -> None:
    for words in command_names():
        usage, *rest = help_of(words).splitlines()
        assert usage.startswith(" ".join(("Usage: ./todo", *words)))
        assert any(line.startswith("  ") and not line.startswith("  --") for line in rest)


def test_settings_example_sets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "TODO_DATA", "BETTER_AUTH_SECRET"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_text(all_pages()[".env.example"])
    monkeypatch.chdir(tmp_path)
    assert Settings().model_dump() == Settings(_env_file=None).model_dump()  # type: ignore[call-arg]
