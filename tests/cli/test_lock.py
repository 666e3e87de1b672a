"""The lock files agree with `pyproject.toml` and with each other. Nothing is resolved anew, so no network is needed."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cli.lock import LOCKS, Lock, arguments, locked_versions, without_sources

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def declared(lock: Lock) -> dict[str, Requirement]:
    """What `pyproject.toml` asks for in the lock file, by name."""
    if lock.group:
        lines = PROJECT["dependency-groups"][lock.group]
    else:
        extras = PROJECT["project"]["optional-dependencies"]
        lines = [*PROJECT["project"]["dependencies"], *(line for extra in lock.extras for line in extras[extra])]
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}


def asked_for_directly(lock: Lock) -> set[str]:
    """The packages that the lock file says were asked for by the project itself."""
    entries = re.split(r"\n(?=\w)", (ROOT / lock.path).read_text())
    return {entry.split("==")[0] for entry in entries if "todo-chatbot (pyproject.toml" in entry}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.path)
def test_lock_holds_what_the_project_declares(lock: Lock) -> None:
    versions = locked_versions(ROOT / lock.path)
    wanted = declared(lock)
    assert asked_for_directly(lock) == set(wanted)
    assert all(requirement.specifier.contains(versions[name]) for name, requirement in wanted.items())


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock.follows], ids=lambda lock: lock.path)
def test_lock_holds_the_versions_of_the_one_it_follows(lock: Lock) -> None:
    assert lock.follows
    assert locked_versions(ROOT / lock.follows).items() <= locked_versions(ROOT / lock.path).items()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.path)
def test_lock_names_no_host_and_no_machine(lock: Lock) -> None:
    text = (ROOT / lock.path).read_text()
    assert not re.search(r"https?://|file:|--(index|extra-index|find-links)|(^|\s)/\w", text)
    assert text.count("==") <= text.count("--hash=sha256:")


def test_page_lock_holds_what_the_page_declares() -> None:
    package = json.loads((ROOT / "frontend" / "package.json").read_text())
    locked = json.loads((ROOT / "frontend" / "package-lock.json").read_text())["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert locked.get(kind, {}) == package.get(kind, {})


def test_uv_is_asked_for_hashes_on_every_platform() -> None:
    run = next(lock for lock in LOCKS if lock.path == "requirements/run.txt")
    assert arguments(run, upgrade=True) == [
        *("uv", "pip", "compile", "--quiet", "--generate-hashes", "--python-version", "3.11", "--universal"),
        *("--no-header", "--output-file", "requirements/run.txt", "--upgrade", "-c", "backend/requirements.txt"),
        *("--extra", "run", "pyproject.toml"),
    ]


def test_comments_that_name_files_are_left_out() -> None:
    text = "one==1\n    # via\n    #   -c requirements/run.txt\n    #   other\ntwo==2\n    # via -r in.txt\n"
    assert without_sources(text) == "one==1\n    # via\n    #   other\ntwo==2\n"
