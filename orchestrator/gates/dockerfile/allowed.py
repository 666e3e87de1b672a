"""What a Dockerfile may do, line by line. Whatever is not named here is refused: a new trick needs no new rule."""

import re
from collections.abc import Callable, Iterator, Mapping

from orchestrator.contracts import DockerfileFacts
from orchestrator.gates.dockerfile import commands, places
from orchestrator.gates.dockerfile.parsed import Dockerfile, Instruction, Stage, pairs
from orchestrator.gates.dockerfile.shell import Command, Unreadable, read

Told = tuple[str, str, str]
_FOLDER = r"(/opt/venv|/usr/local|/usr|/home/[a-z]+/\.local|/root/\.local|/app/node_modules/\.bin)?(/s?bin)?"
_PATH = re.compile(rf"(\$PATH|\$\{{PATH\}}|{_FOLDER})(:(\$PATH|\$\{{PATH\}}|{_FOLDER}))*")
_SWITCH = re.compile(r"0|1|true|false|yes|no|on|off|random")
_LOCALE = re.compile(r"C|C\.UTF-8|en_US\.UTF-8")
# A variable that changes what is loaded, installed or asked (LD_PRELOAD, PIP_INDEX_URL, NODE_OPTIONS) is not here.
VARIABLES: Mapping[str, re.Pattern[str]] = {
    "PATH": _PATH,
    **dict.fromkeys(("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONFAULTHANDLER", "PYTHONHASHSEED"), _SWITCH),
    **dict.fromkeys(("PIP_NO_CACHE_DIR", "PIP_DISABLE_PIP_VERSION_CHECK", "NEXT_TELEMETRY_DISABLED", "CI"), _SWITCH),
    **dict.fromkeys(("LANG", "LC_ALL"), _LOCALE),
    "PYTHONPATH": re.compile(r"/app"),
    "VIRTUAL_ENV": re.compile(r"/opt/venv"),
    "NODE_ENV": re.compile(r"production"),
    "DEBIAN_FRONTEND": re.compile(r"noninteractive"),
    "TZ": re.compile(r"(Etc/)?UTC"),
    "HOME": re.compile(r"/app|/tmp|/home/[a-z]+"),
    "HOSTNAME": re.compile(r"0\.0\.0\.0|::"),
    "PORT": re.compile(r"\d{1,5}"),
}
_COPY_FLAG = re.compile(
    r"--from=[a-z][\w.-]*|--from=\d+|--chown=[\w]+(:[\w]+)?|--chmod=0?[0-7][0-7][0145]|--link|--parents"
)
_RUN_FLAG = re.compile(r"--mount=type=cache(,(target|id|sharing)=[\w/.-]+)*|--network=(none|default)")
_WORKDIR = re.compile(r"/(app|opt|home|runtime|install|build|wheels|usr/src)(/[\w.-]+)*/?")
_USER = re.compile(r"[a-z][\w-]*(:[a-z][\w-]*)?|\d+(:\d+)?")


def judge(parsed: Dockerfile, facts: DockerfileFacts) -> Iterator[Told]:
    """Every line that does more than is allowed: its rule, a sentence with the line, and the remedy."""
    for line in parsed.before:
        yield "instruction", f"Line {line.line} has {line.word} before the first FROM.", "Begin with FROM."
    for stage in parsed.stages:
        for line in stage.body:
            check = _CHECKS.get(line.word)
            if check is None:
                yield "instruction", f"Line {line.line} uses {line.word}.", f"Use {', '.join(sorted(_CHECKS))} only."
            else:
                yield from check(line, stage, facts)


def runs(parsed: Dockerfile) -> Iterator[tuple[Instruction, Command | Unreadable]]:
    """Every command of every RUN, with the line of the RUN."""
    for line in parsed.instructions:
        if line.word == "RUN":
            for command in read(_flags(line.value)[1]):
                yield line, command


def _environment(line: Instruction, _stage: Stage, facts: DockerfileFacts) -> Iterator[Told]:
    for name, value in pairs(line.value):
        pattern = VARIABLES.get(name)
        if facts.environment.get(name) != value and (pattern is None or not pattern.fullmatch(value)):
            remedy = "Settings of the program come at run time, from the Secret and the ConfigMap."
            yield "environment-name", f"Line {line.line} sets {name} to '{value}'.", remedy


def _copy(line: Instruction, stage: Stage, facts: DockerfileFacts) -> Iterator[Told]:
    flags, rest = _flags(line.value)
    words = list(line.listed() or rest.split())
    wrong = [flag for flag in flags if not _COPY_FLAG.fullmatch(flag)]
    if wrong or "<<" in line.value or "$" in line.value or len(words) < 2:
        what = f"has {wrong[0]}" if wrong else "is no plain list of files and a place"
        yield "copy", f"Line {line.line} {what}.", "Write COPY [--from=STAGE] [--chown=USER] SOURCE … PLACE."
        return
    sources, place = words[:-1], words[-1]
    from_stage = any(flag.startswith("--from=") for flag in flags)
    for source in sources:
        if places.climbs(source) or not (from_stage or _is_source(source, facts)):
            yield "copy-source", f"Line {line.line} copies {source}.", f"Copy {facts.source} and its lock file only."
    whole_root = from_stage and place == "/" and stage.base == "scratch"
    if not whole_root and not (places.is_installed(place) if from_stage else places.is_own(place)):
        yield "copy-place", f"Line {line.line} copies to {place}.", "Copy into the program's own folder."


def _is_source(source: str, facts: DockerfileFacts) -> bool:
    return source in facts.lock_files or places.is_within(source, facts.source)


def _run(line: Instruction, _stage: Stage, facts: DockerfileFacts) -> Iterator[Told]:
    flags, script = _flags(line.value)
    for flag in flags:
        if not _RUN_FLAG.fullmatch(flag):
            yield "run-flag", f"Line {line.line} runs with {flag}.", "Only --mount=type=cache is allowed."
    for command in read(script):
        yield from _command(line, command, facts)


def _command(line: Instruction, command: Command | Unreadable, facts: DockerfileFacts) -> Iterator[Told]:
    if isinstance(command, Unreadable):
        what = command.text.splitlines()[0][:60] if command.text else "something that is no command"
        yield "shell", f"Line {line.line} has '{what}'.", "Join simple commands with &&; nothing in the background."
        return
    for name, value in command.assignments:
        pattern = VARIABLES.get(name)
        if pattern is None or not value.fixed or not pattern.fullmatch(value.text):
            yield "environment-name", f"Line {line.line} sets {name} for a command.", "Leave it out."
    if command.words and not commands.is_allowed(command, facts):
        words = " ".join(word.text for word in command.words)[:80]
        target = f" > {command.writes[0].text}" if command.writes else ""
        yield "run", f"Line {line.line} runs '{words}{target}'.", "Install from the lock file, build, and nothing else."


def _workdir(line: Instruction, _stage: Stage, _facts: DockerfileFacts) -> Iterator[Told]:
    if places.climbs(line.value) or not _WORKDIR.fullmatch(line.value.strip()):
        yield "workdir", f"Line {line.line} works in {line.value}.", "WORKDIR /app."


def _user(line: Instruction, _stage: Stage, _facts: DockerfileFacts) -> Iterator[Told]:
    if not _USER.fullmatch(line.value.strip()):
        yield "user", f"Line {line.line} switches to '{line.value}'.", "Name the user by number."


def _anything(_line: Instruction, _stage: Stage, _facts: DockerfileFacts) -> Iterator[Told]:
    """For instructions whose content the facts judge, or that change nothing that runs."""
    return iter(())


def _no_check(line: Instruction, _stage: Stage, _facts: DockerfileFacts) -> Iterator[Told]:
    if line.value.strip().upper() != "NONE":
        yield "instruction", f"Line {line.line} has a HEALTHCHECK.", "Leave it out: Kubernetes' probes look."


def _flags(value: str) -> tuple[list[str], str]:
    """The `--flags` in front, and the rest."""
    flags, rest = list[str](), value.strip()
    while rest.startswith("--"):
        flag, _, rest = rest.partition(" ")
        flags.append(flag)
        rest = rest.lstrip()
    return flags, rest


Check = Callable[[Instruction, Stage, DockerfileFacts], Iterator[Told]]
_CHECKS: Mapping[str, Check] = {
    "ENV": _environment,
    "COPY": _copy,
    "RUN": _run,
    "WORKDIR": _workdir,
    "USER": _user,
    "HEALTHCHECK": _no_check,
    **dict.fromkeys(("CMD", "ENTRYPOINT", "EXPOSE", "LABEL", "STOPSIGNAL"), _anything),
}
