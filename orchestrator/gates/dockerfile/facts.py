"""The gate of a Dockerfile: every fact of its contract, and what no Dockerfile may do."""

from collections.abc import Callable, Iterator

from orchestrator.contracts import DockerfileFacts
from orchestrator.gates.dockerfile import allowed, commands, safety
from orchestrator.gates.dockerfile.parsed import Dockerfile, parse
from orchestrator.gates.dockerfile.shell import Command
from orchestrator.gates.findings import Finding

Rule = Callable[[Dockerfile, DockerfileFacts], Iterator[tuple[str, str, str]]]


def judge(text: str, facts: DockerfileFacts, subject: str) -> tuple[Finding, ...]:
    """Findings as data: the rule, a sentence with the line where it can be named, and what to write instead."""
    parsed = parse(text)
    if not parsed.stages:
        return (Finding("dockerfile", "no-from", subject, "It has no FROM: it is not a Dockerfile."),)
    rules: tuple[Rule, ...] = (_stages, _user, _port, _command, _environment, _lock_files, _source)
    told = [finding for rule in rules for finding in rule(parsed, facts)]
    told += list(safety.judge(parsed, {stage.base for stage in facts.stages}))
    told += list(allowed.judge(parsed, facts))
    return tuple(Finding("dockerfile", rule, subject, message, remedy) for rule, message, remedy in told)


def _stages(parsed: Dockerfile, facts: DockerfileFacts) -> Iterator[tuple[str, str, str]]:
    wanted = [stage.base for stage in facts.stages]
    got = [_resolved(parsed, stage.base) for stage in parsed.stages]
    if len(got) < len(wanted):
        yield "stages", f"It has {len(got)} stages.", f"Make {len(wanted)}: FROM {', FROM '.join(wanted)}."
    elif not _subsequence(wanted, got):
        yield "bases", f"Its stages start from {', '.join(got)}.", f"Start them from {', '.join(wanted)}."
    elif got[-1] != wanted[-1]:
        yield "final-base", f"Its last stage starts from {got[-1]}.", f"The last stage is FROM {wanted[-1]}."


def _user(parsed: Dockerfile, facts: DockerfileFacts) -> Iterator[tuple[str, str, str]]:
    user = facts.user
    last = parsed.stages[-1].last("USER")
    wanted = f"USER {user.uid}:{user.gid}"
    if last is None:
        yield "user", "The last stage never leaves root.", f"End it with {wanted}."
    elif last.value.strip() not in {f"{user.uid}:{user.gid}", str(user.uid)}:
        yield "user", f"Line {last.line} runs it as '{last.value}'.", f"Switch by number: {wanted}."
    lines = [run.value for run in parsed.instructions if run.word in {"RUN", "COPY"}]
    if not any(user.name in line and str(user.uid) in line for line in lines):
        yield "user-made", f"The user {user.name} ({user.uid}) is made nowhere.", f"Create {user.name} as {user.uid}."


def _port(parsed: Dockerfile, facts: DockerfileFacts) -> Iterator[tuple[str, str, str]]:
    ports = {port for line in parsed.stages[-1].all("EXPOSE") for port in line.value.split()}
    if ports not in ({str(facts.port)}, {f"{facts.port}/tcp"}):
        yield "port", f"It exposes {', '.join(sorted(ports)) or 'nothing'}.", f"EXPOSE {facts.port}, and nothing else."


def _command(parsed: Dockerfile, facts: DockerfileFacts) -> Iterator[tuple[str, str, str]]:
    entry, command = parsed.stages[-1].last("ENTRYPOINT"), parsed.stages[-1].last("CMD")
    words = [part.listed() for part in (entry, command) if part is not None]
    together = None if None in words else tuple(word for part in words if part for word in part)
    if together != facts.command:
        listed = ", ".join(f'"{word}"' for word in facts.command)
        got = " ".join(part.value for part in (entry, command) if part) or "nothing"
        yield "command", f"It starts {got}.", f"Use the exec form: CMD [{listed}]."


def _environment(parsed: Dockerfile, facts: DockerfileFacts) -> Iterator[tuple[str, str, str]]:
    got = parsed.stages[-1].environment()
    for name, value in facts.environment.items():
        if got.get(name) != value:
            yield "environment", f"{name} is {got.get(name, 'unset')} in the last stage.", f"ENV {name}={value}."


def _lock_files(parsed: Dockerfile, facts: DockerfileFacts) -> Iterator[tuple[str, str, str]]:
    copied = " ".join(line.value for line in parsed.instructions if line.word == "COPY").split()
    for name in facts.lock_files:
        if name not in copied:
            yield "lock-file", f"{name} is not copied by name.", f"COPY {name}, before the sources."
    how = "npm ci" if any(name.endswith(".json") for name in facts.lock_files) else "--require-hashes"
    steps = [step for _, step in allowed.runs(parsed) if isinstance(step, Command)]
    if not any(commands.is_locked_install(step, facts) for step in steps):
        yield "locked-install", "It does not install from the lock.", f"Install with `{how}`."


def _source(parsed: Dockerfile, facts: DockerfileFacts) -> Iterator[tuple[str, str, str]]:
    source = facts.source.rstrip("/")
    sources = {word.rstrip("/") for line in parsed.instructions if line.word == "COPY" for word in line.value.split()}
    if source not in sources:
        yield "source", f"{source}/ is not copied.", f"COPY {source}/."


def _resolved(parsed: Dockerfile, base: str) -> str:
    """What a stage really starts from, through stages that start from stages."""
    named = {stage.name: stage.base for stage in parsed.stages if stage.name}
    seen: set[str] = set()
    while base in named and base not in seen:
        seen.add(base)
        base = named[base]
    return base


def _subsequence(wanted: list[str], got: list[str]) -> bool:
    rest = iter(got)
    return all(base in rest for base in wanted)
