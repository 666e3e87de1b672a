"""The wrapper `todo` and the environments it makes: a real pip, over a folder with one tiny package made here."""

import ast
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cli.environment import Environment, is_ready, make_ready
from cli.exits import CommandError, Exit

ROOT = Path(__file__).resolve().parents[2]
INDEX = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CONFIG_FILE", "PIP_NO_INDEX")


def script(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def write_wheel(folder: Path, *, version: str) -> str:
    """Write a package `pebble` as a wheel; its line for a lock file."""
    path = folder / f"pebble-{version}-py3-none-any.whl"
    info = f"pebble-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("pebble.py", f"version = {version!r}\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: pebble\nVersion: {version}\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", f"pebble.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    return f"pebble=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment to be made from a lock file of one package, which pip finds in a folder."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    (tmp_path / "lock.txt").write_text(write_wheel(tmp_path, version="1.0"))
    return Environment(folder=tmp_path / ".venv", lock=tmp_path / "lock.txt")


def installed(environment: Environment) -> str:
    command = [str(environment.python), "-c", "import pebble; print(pebble.version)"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_wrapper_parses_under_old_pythons() -> None:
    ast.parse((ROOT / "todo").read_text(), feature_version=(3, 6))


def test_old_python_says_which_one_is_needed(tmp_path: Path) -> None:
    shutil.copy(ROOT / "todo", tmp_path / "todo")
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['todo']; "
    pretend += f"runpy.run_path({str(tmp_path / 'todo')!r}, run_name='__main__')"
    ended = subprocess.run(
        [sys.executable, "-c", pretend], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == Exit.MISSING_TOOL
    assert ended.stderr.startswith("./todo needs Python 3.11 or later, and this is Python 3.9: install one")
    assert ended.stderr.count("\n") == 1


def test_old_python_finds_a_newer_one(tmp_path: Path) -> None:
    shutil.copy(ROOT / "todo", tmp_path / "todo")
    script(tmp_path / "python3.12", '#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "started: $1 $2"\n')
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['todo', 'up']; "
    pretend += f"runpy.run_path({str(tmp_path / 'todo')!r}, run_name='__main__')"
    ended = subprocess.run(
        [sys.executable, "-c", pretend], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (0, f"started: {(tmp_path / 'todo').resolve()} up\n")


def test_install_happens_once_and_again_when_the_lock_changes(
    environment: Environment, capfd: pytest.CaptureFixture[str]
) -> None:
    make_ready(environment)
    assert installed(environment) == "1.0"
    assert "Installing 1 Python packages" in capfd.readouterr().err

    make_ready(environment)
    assert capfd.readouterr().err == ""

    environment.lock.write_text(write_wheel(environment.lock.parent, version="2.0"))
    assert not is_ready(environment)
    make_ready(environment)
    assert installed(environment) == "2.0"


def test_interrupted_install_is_made_anew(environment: Environment) -> None:
    make_ready(environment)
    environment.marker.touch()
    (environment.folder / "half-written").touch()
    make_ready(environment)
    assert installed(environment) == "1.0"
    assert not (environment.folder / "half-written").exists()


def test_environment_whose_python_has_gone_is_made_anew(environment: Environment) -> None:
    make_ready(environment)
    environment.python.unlink()
    environment.python.symlink_to("/nowhere/python3")
    make_ready(environment)
    assert installed(environment) == "1.0"


def test_package_that_is_not_the_locked_one_is_refused(environment: Environment) -> None:
    environment.lock.write_text("pebble==1.0 --hash=sha256:" + "0" * 64 + "\n")
    with pytest.raises(CommandError, match="not the one that was locked") as caught:
        make_ready(environment)
    assert caught.value.code is Exit.BUILD_FAILED
    assert not is_ready(environment)


def test_unreachable_index_is_told_as_such(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in INDEX:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # the discard port: nothing listens
    with pytest.raises(CommandError, match="could not be reached") as caught:
        make_ready(environment)
    assert caught.value.code is Exit.NO_NETWORK


def test_two_at_once_install_once(environment: Environment) -> None:
    program = (
        "from pathlib import Path; from cli.environment import Environment, make_ready; "
        f"make_ready(Environment(folder=Path({str(environment.folder)!r}), lock=Path({str(environment.lock)!r})))"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert "".join(said).count("Installed in") == 1
    assert installed(environment) == "1.0"


def test_unknown_command_is_wrong_usage() -> None:
    ended = subprocess.run([str(ROOT / "todo"), "dance"], capture_output=True, text=True, check=False)
    assert ended.returncode == Exit.USAGE
    assert "No such command 'dance'" in ended.stderr


def test_help_imports_no_command() -> None:
    program = "import sys; sys.argv = ['todo', '--help']\nfrom cli.main import main\ntry: main()\nfinally: "
    program += "print([name for name in sys.modules if name.startswith(('backend', 'orchestrator', 'cli.servers'))])"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.stdout.splitlines()[-1] == "[]"
