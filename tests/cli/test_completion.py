"""The scripts of `./todo completion`, run by the shells that they are for."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from cli.completion.names import keep_names, names_file
from cli.completion.scripts import SHELLS
from cli.completion.tree import Command, Option, all_commands

COMMANDS = (
    Command(words=(), commands=(("list", "List tasks."), ("deploy", "It's out.")), options=(), takes_files=False),
    Command(
        words=("list",),
        commands=(),
        options=(
            Option(names=("--project", "-p"), summary="Only this project's", values="projects"),
            Option(names=("--status",), summary="Which", values="open done all"),
            Option(names=("--due",), summary="When", values="any"),
            Option(names=("--json",), summary="As JSON", values="none"),
        ),
        takes_files=False,
    ),
    Command(words=("deploy",), commands=(("plan", "Print"), ("status", "Tell")), options=(), takes_files=False),
    Command(words=("deploy", "plan"), commands=(), options=(), takes_files=False),
)
TYPED = {
    "": ["list", "deploy"],
    "li": ["list"],
    "list --p": ["--project"],
    "list -p ": ["home work", "it's", "shopping"],
    "list --project sh": ["shopping"],
    "list --status d": ["done"],
    "list --due ": [],
    "list list --st": ["--status"],
    "deploy pl": ["plan"],
    "deploy plan x": [],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "it's data"
    keep_names(folder, "projects", ["home work", "it's", "shopping", "two\nlines"])
    return folder


def ran(*argv: str) -> str:
    if shutil.which(argv[0]) is None:
        pytest.skip(f"{argv[0]} is not installed")
    return subprocess.run(argv, capture_output=True, text=True, check=True, timeout=30).stdout


@pytest.mark.parametrize("typed", TYPED)
def test_bash_completes(data: Path, tmp_path: Path, typed: str) -> None:
    script = tmp_path / "todo.bash"
    script.write_text(SHELLS["bash"](COMMANDS, data))
    words = ["./todo", *typed.split(" ")]
    run = (
        f'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD={len(words) - 1}; _todo; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    found = ran("bash", "-c", run, "-", str(script), *words).splitlines()
    assert [word.replace("\\", "") for word in found if word] == TYPED[typed]


@pytest.mark.parametrize("typed", TYPED)
def test_fish_completes(data: Path, tmp_path: Path, typed: str) -> None:
    script = tmp_path / "todo.fish"
    script.write_text(SHELLS["fish"](COMMANDS, data))
    found = ran("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", str(script), f"./todo {typed}")
    offered = [line.split("\t")[0] for line in found.splitlines()]
    assert sorted(offered) == sorted(TYPED[typed])


def test_zsh_reads_the_script(data: Path, tmp_path: Path) -> None:
    script = tmp_path / "_todo"
    script.write_text(SHELLS["zsh"](COMMANDS, data))
    ran("zsh", "-n", str(script))


def test_names_are_for_their_owner_alone(data: Path) -> None:
    assert stat.S_IMODE(names_file(data, "projects").stat().st_mode) == 0o600
    keep_names(data, "projects", ["other"])
    assert names_file(data, "projects").read_text() == "other\n"


def test_every_command_is_in_the_tree() -> None:
    commands = {command.words: command for command in all_commands()}
    options = {name: option for option in commands["list",].options for name in option.names}
    assert options["-p"].values == "projects"
    assert options["--data"].values == "files"
    assert options["--due"].values == "any"
    assert options["--json"].values == "none"
    assert commands["import",].takes_files
    assert ("deploy", "plan") in commands
