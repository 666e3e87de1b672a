"""T037: the artefacts and the log, staged and committed by the person's word, and nothing else."""

import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestrator import cli
from orchestrator.audit import AuditLog
from orchestrator.contracts import FOLDER
from orchestrator.redaction import Redactor
from tests.orchestrator.audit.test_log import ROOT, complete


def git(root: Path, *words: str) -> str:
    """Standard output of git in `root`."""
    argv = ["git", "-C", str(root), "-c", "user.name=One", "-c", "user.email=one@example.com", *words]
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a complete log and its artefacts, not yet committed, beside other changes."""
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    git(tmp_path, "init", "--quiet")
    (tmp_path / "README.md").write_text("first\n")
    git(tmp_path, "add", "README.md")
    git(tmp_path, "commit", "--quiet", "--message", "First")
    for name, value in (("NAME", "One"), ("EMAIL", "one@example.com")):
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.setattr(cli.group, "ROOT", tmp_path)
    complete(AuditLog(tmp_path, Redactor()))
    (tmp_path / "README.md").write_text("changed\n")
    (tmp_path / "backend.py").write_text("untracked\n")
    git(tmp_path, "add", "README.md")
    return tmp_path


def test_only_the_artefacts_and_the_log_are_committed(repository: Path) -> None:
    done = CliRunner().invoke(cli.app, ["commit", "--yes", "-m", "Record it"])
    assert done.exit_code == 0, done.output
    names = git(repository, "show", "--name-only", "--format=%s", "HEAD").split()
    assert names[:2] == ["Record", "it"]
    assert {"Dockerfile.backend", "Dockerfile.frontend", "phase-iv-audit.log", "phase-iv-audit.jsonl"} <= set(names)
    assert "charts/todo-app/templates/configmap.yaml" in names
    assert not {"README.md", "backend.py"} & set(names)
    assert "M  README.md" in git(repository, "status", "--porcelain")
    assert CliRunner().invoke(cli.app, ["commit", "--yes"]).output == "nothing to commit\n"


def test_without_the_persons_word_nothing_is_committed(repository: Path) -> None:
    done = CliRunner().invoke(cli.app, ["commit"], input="n\n")
    assert done.exit_code == 1
    assert "Dockerfile.backend" in done.output
    assert git(repository, "log", "--format=%s") == "First\n"


def test_a_log_that_does_not_hold_is_not_committed(repository: Path) -> None:
    (repository / "Dockerfile.backend").write_text("changed by hand\n")
    done = CliRunner().invoke(cli.app, ["commit", "--yes"])
    assert done.exit_code == 24
    assert "Dockerfile.backend is not the one that was logged" in done.stderr
    assert git(repository, "log", "--format=%s") == "First\n"


def test_outside_of_a_repository_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.group, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    done = CliRunner().invoke(cli.app, ["commit", "--yes"])
    assert done.exit_code == 20
    assert "is no git work tree" in done.stderr
