"""`./todo up` where Node.js or npm is missing, too old, or has no network."""

import stat
from pathlib import Path

import pytest

from cli.exits import Exit
from tests.cli.conftest import Checkout


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """An empty folder to be the whole of PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    return folder


def program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_missing_node_says_what_to_install(checkout: Checkout, programs: Path) -> None:
    ended = checkout.run(*checkout.up, path=str(programs))
    assert ended.returncode == Exit.MISSING_TOOL
    assert ended.stderr == (
        "The page needs Node.js, and there is no `node` here: install Node.js 20.9 or later (https://nodejs.org) "
        "and run ./todo again.\n"
    )


@pytest.mark.parametrize("version", ["v18.20.4", "v20.8.1"])
def test_old_node_is_named(checkout: Checkout, programs: Path, version: str) -> None:
    program(programs / "node", f"echo {version}")
    ended = checkout.run(*checkout.up, path=str(programs))
    assert ended.returncode == Exit.MISSING_TOOL
    assert f"{programs / 'node'} is {version}: install" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_missing_npm_says_where_it_comes_from(checkout: Checkout, programs: Path) -> None:
    program(programs / "node", "echo v22.1.0")
    ended = checkout.run(*checkout.up, path=str(programs))
    assert ended.returncode == Exit.MISSING_TOOL
    assert ended.stderr.splitlines()[-1].startswith("Building the page needs npm, which comes with Node.js:")


def test_npm_without_network_is_told_as_such(checkout: Checkout, programs: Path) -> None:
    program(programs / "node", "echo v22.1.0")
    program(programs / "npm", "echo npm error code EAI_AGAIN >&2; exit 1")
    ended = checkout.run(*checkout.up, path=str(programs))
    assert ended.returncode == Exit.NO_NETWORK
    assert ended.stderr.splitlines()[-1].startswith("The npm registry could not be reached: check the network")


def test_npm_runs_again_after_it_failed(checkout: Checkout, programs: Path) -> None:
    program(programs / "node", "echo v22.1.0")
    program(programs / "npm", 'echo "$*" >> calls; exit 1')
    for _ in range(2):
        assert checkout.run(*checkout.up, path=str(programs)).returncode == Exit.BUILD_FAILED
    assert (checkout.frontend / "calls").read_text().splitlines() == ["ci --include=dev --no-audit --no-fund"] * 2
