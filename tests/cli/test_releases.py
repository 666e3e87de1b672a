"""`./todo release`: the changelog's headings as text, and the whole command on a copy of a small repository."""

import datetime as dt
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.exits import CommandError, Exit
from cli.main import app
from cli.releases import changelog, command

ROOT = Path(__file__).resolve().parents[2]
DAY = dt.date(2026, 12, 1)
TEXT = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A bell.\n\n## [0.1.0] - 2026-11-01\n\n### Added\n\n- A list.\n"


def test_unreleased_notes_end_at_the_next_version() -> None:
    assert changelog.unreleased(TEXT) == "### Added\n\n- A bell."


def test_a_release_moves_the_notes_beneath_its_heading() -> None:
    released = changelog.with_release(TEXT, version="0.2.0", day=DAY)
    assert changelog.unreleased(released) == ""
    assert "## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- A bell.\n\n## [0.1.0]" in released


@pytest.mark.parametrize(
    ("text", "version"),
    [("# Changelog\n", "0.2.0"), ("## [Unreleased]\n\n## [0.1.0]\n\n- A list.\n", "0.2.0"), (TEXT, "0.1.0")],
    ids=["no heading", "nothing under it", "released already"],
)
def test_a_release_without_notes_is_refused(text: str, version: str) -> None:
    with pytest.raises(ValueError, match=r"CHANGELOG\.md has"):
        changelog.with_release(text, version=version, day=DAY)


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "1", "1.2", "v1.2.3", "1.2.3-rc1", "01.2.3", "1.2.x", ""])
def test_wrong_numbers_are_refused(version: str) -> None:
    with pytest.raises(CommandError) as refused:
        command.refuse_wrong_number(version, current="0.1.0")
    assert refused.value.code is Exit.USAGE


def test_numbers_are_compared_as_numbers() -> None:
    command.refuse_wrong_number("0.10.0", current="0.9.5")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a changelog, a version and a `./todo docs` that leaves a mark."""
    (tmp_path / "backend").mkdir()
    (tmp_path / "backend/version.py").write_text('"""Doc."""\n\nVERSION = "0.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(TEXT)
    (tmp_path / "page.md").write_text("old\n")
    (tmp_path / "todo").write_text("#!/bin/sh\ncp backend/version.py page.md\n")
    (tmp_path / "todo").chmod(0o755)
    for words in (("init", "-q"), ("config", "user.name", "A"), ("config", "user.email", "a@example.org")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "commit", "-qm", "Begin"], cwd=tmp_path, check=True)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    return tmp_path


def git(repository: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=repository, check=True, capture_output=True, text=True).stdout.strip()


def test_a_release_is_one_commit_and_one_tag(repository: Path) -> None:
    command.command("0.2.0")
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "log", "--format=%s").splitlines() == ["Release 0.2.0", "Begin"]
    assert git(repository, "rev-parse", "v0.2.0^{commit}") == git(repository, "rev-parse", "HEAD")
    assert "### Added\n\n- A bell." in git(repository, "tag", "--list", "--format=%(contents)", "v0.2.0")
    assert 'VERSION = "0.2.0"' in (repository / "page.md").read_text()


def test_a_dry_run_changes_nothing(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.command("0.2.0", dry_run=True)
    assert "- A bell." in capsys.readouterr().out
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "tag") == ""


def test_changed_files_and_standing_tags_are_refused(repository: Path) -> None:
    git(repository, "tag", "v0.2.0")
    with pytest.raises(CommandError, match="stands already"):
        command.command("0.2.0")
    (repository / "page.md").write_text("edited\n")
    with pytest.raises(CommandError, match="not committed"):
        command.command("0.3.0")
    assert (repository / "CHANGELOG.md").read_text() == TEXT


def test_the_command_refuses_a_wrong_number_with_its_exit_code() -> None:
    ended = CliRunner().invoke(app, ["release", "--dry-run", "nonsense"])
    assert isinstance(ended.exception, CommandError)
    assert ended.exception.code is Exit.USAGE


def test_the_version_is_stated_once() -> None:
    assert "version" not in (ROOT / "frontend/package.json").read_text().split('"dependencies"')[0]
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text()
