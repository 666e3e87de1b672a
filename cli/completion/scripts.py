"""The scripts themselves: tables of the commands, and for each shell the few lines that read them."""

import shlex
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from cli.completion.names import KINDS, names_file
from cli.completion.tree import Command

BASH = """# Completes ./todo and todo in bash. Written by `./todo completion bash`.
_todo_add() {{
    local quote=${{current:0:1}} typed=$current word
    case $quote in [\\"\\']) typed=${{current:1}};; *) quote=; typed=${{typed//\\\\/}};; esac
    while IFS= read -r word; do
        [[ $word == "$typed"* ]] || continue
        if [[ -n $quote ]]; then COMPREPLY+=("$word"); else COMPREPLY+=("$(printf %q "$word")"); fi
    done
}}
_todo() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} place= word
    [[ $before == = ]] && before=${{COMP_WORDS[COMP_CWORD-2]}}
    [[ $current == = ]] && current=
    COMPREPLY=()
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case "$place $word" in
            {places}) place="$place $word";;
        esac
    done
    case "$place $before" in
{values}
    esac
    case "$place" in
{words}
    esac
}}
complete -F _todo todo
"""
ZSH = """#compdef todo
# Completes ./todo and todo in zsh. Written by `./todo completion zsh`.
_todo_add() {{ local -a found=("${{(@f)$(cat)}}"); compadd -- "${{found[@]}}" }}
_todo() {{
    local current=${{words[CURRENT]}} before=${{words[CURRENT-1]}} place= word
    if [[ $current == --*=* ]]; then before=${{current%%=*}}; compset -P '*='; fi
    for word in "${{(@)words[2,CURRENT-1]}}"; do
        case "$place $word" in
            ({places}) place="$place $word";;
        esac
    done
    case "$place $before" in
{values}
    esac
    case "$place" in
{words}
    esac
}}
if [[ $funcstack[1] == _todo ]]; then _todo "$@"; else compdef _todo todo; fi
"""
FISH = """# Completes ./todo and todo in fish. Written by `./todo completion fish`.
function __todo_at
    set -l place ""
    for word in (commandline -opc)[2..]
        switch "$place $word"
            case {places}
                set place "$place $word"
        end
    end
    test "$place" = "$argv[1]"
end
complete -c todo -f
{lines}
"""


def bash(commands: Sequence[Command], data: Path) -> str:
    """The script for bash 4 or later; ``data`` is the folder in which the names are kept."""
    return _script(BASH, commands, data, files='COMPREPLY=($(compgen -f -- "$current")); compopt -o filenames')


def zsh(commands: Sequence[Command], data: Path) -> str:
    """The script for zsh with compinit."""
    return _script(ZSH, commands, data, files="_files")


def fish(commands: Sequence[Command], data: Path) -> str:
    """The script for fish 3 or later."""
    quoted = " ".join(shlex.quote(command.place) for command in commands if command.words)
    return FISH.format(places=quoted, lines="\n".join(line for each in commands for line in _fish(each, data)))


SHELLS: dict[str, Callable[[Sequence[Command], Path], str]] = {"bash": bash, "zsh": zsh, "fish": fish}


def _script(template: str, commands: Sequence[Command], data: Path, *, files: str) -> str:
    return template.format(
        places="|".join(shlex.quote(command.place) for command in commands if command.words),
        values="\n".join(line for command in commands for line in _values(command, data, files)),
        words="\n".join(_words(command, files) for command in commands),
    )


def _values(command: Command, data: Path, files: str) -> Iterable[str]:
    """A branch for each option that takes a value: what completes it, and nothing else does."""
    for option in command.options:
        if option.values != "none":
            pattern = "|".join(shlex.quote(f"{command.place} {name}") for name in option.names)
            yield f"        {pattern}) {_offered(option.values, data, files)}; return;;"


def _offered(values: str, data: Path, files: str) -> str:
    if values in KINDS:
        file = shlex.quote(str(names_file(data, values)))
        return f"[[ -r {file} ]] && _todo_add < {file}"
    return {"files": files, "any": ":"}.get(values) or _adding(values.split())


def _words(command: Command, files: str) -> str:
    """The branch of a command: its options after a dash, else the commands beneath it, or files."""
    options = _adding([name for option in command.options for name in option.names])
    names = [name for name, _ in command.commands]
    rest = _adding(names) if names else files if command.takes_files else ":"
    return f"        {shlex.quote(command.place)}) if [[ $current == -* ]]; then {options}; else {rest}; fi;;"


def _adding(words: Iterable[str]) -> str:
    return f"_todo_add < <(printf '%s\\n' {' '.join(map(shlex.quote, words))})"


def _fish(command: Command, data: Path) -> Iterable[str]:
    at = f"complete -c todo -n {_fish_quoted('__todo_at ' + _fish_quoted(command.place))}"
    for name, summary in command.commands:
        yield f"{at} -a {name} -d {_fish_quoted(summary)}"
    if command.takes_files:
        yield f"{at} -F"
    for option in command.options:
        names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
        yield f"{at} {names} -d {_fish_quoted(option.summary)}{_fish_values(option.values, data)}"


def _fish_values(values: str, data: Path) -> str:
    if values == "none":
        return ""
    if values in KINDS:
        return f" -x -a {_fish_quoted(f'(cat {_fish_quoted(str(names_file(data, values)))} 2>/dev/null)')}"
    return {"files": " -r -F", "any": " -x"}.get(values) or f" -x -a {_fish_quoted(values)}"


def _fish_quoted(text: str) -> str:
    """In fish's single quotes, in which a backslash stands before a quote and itself alone."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
