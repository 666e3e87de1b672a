"""The gate of a built image: what the engine says of it against the contract (T009, T014), and no secret in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orchestrator.contracts import Contract, DockerfileFacts
from orchestrator.gates.dockerfile.safety import SECRET_NAME
from orchestrator.gates.findings import Finding

REVISION = "org.opencontainers.image.revision"
CONTENT = "todo-app.content"
_ASSIGNED = re.compile(r"\b([A-Z][A-Z0-9_]*)=(\S+)")
_TOKEN = re.compile(r"sk-[A-Za-z0-9_-]{16,}|gh[pousr]_\w{20,}|-----BEGIN [A-Z ]*PRIVATE KEY|://[^/\s:@]+:[^/\s@]+@")


def findings(inspect: Mapping[str, Any], history: Sequence[str], contract: Contract) -> tuple[Finding, ...]:
    """What is wrong with an image: `inspect` is `docker image inspect`'s object, `history` the CreatedBy lines.

    Sizes are megabytes of 1,000,000 bytes, as `docker images` shows them.
    """
    facts = contract.facts
    if not isinstance(facts, DockerfileFacts):
        raise TypeError(f"{contract.name} describes no image")
    config = inspect.get("Config") or {}
    told = [*_size(int(inspect["Size"]), facts), *_runs(config, facts), *_labels(config), *_secrets(config, history)]
    return tuple(Finding("image", rule, facts.image, text, mend, severity) for rule, text, mend, severity in told)


Told = tuple[str, str, str, Any]


def _size(size: int, facts: DockerfileFacts) -> Iterator[Told]:
    megabytes = size / 1e6
    if megabytes >= facts.size["limit_mb"]:
        message = f"It has {megabytes:.0f} MB; the limit is {facts.size['limit_mb']} MB."
        yield "size", message, "Leave build tools and caches out of the last stage.", "error"
    elif megabytes > facts.size["aim_mb"]:
        yield "size-aim", f"It has {megabytes:.0f} MB; the aim is {facts.size['aim_mb']} MB.", "", "warning"


def _runs(config: Mapping[str, Any], facts: DockerfileFacts) -> Iterator[Told]:
    user = str(config.get("User") or "")
    if user not in {f"{facts.user.uid}:{facts.user.gid}", str(facts.user.uid)}:
        wanted = f"USER {facts.user.uid}:{facts.user.gid}"
        yield "user", f"It runs as '{user or 'root'}'.", f"Switch by number: {wanted}.", "error"
    ports = sorted(config.get("ExposedPorts") or {})
    if ports != [f"{facts.port}/tcp"]:
        yield "port", f"It exposes {', '.join(ports) or 'nothing'}.", f"EXPOSE {facts.port}.", "error"
    command = (*(config.get("Entrypoint") or ()), *(config.get("Cmd") or ()))
    if command != facts.command:
        yield "command", f"It starts {' '.join(command) or 'nothing'}.", f"CMD {' '.join(facts.command)}.", "error"


def _labels(config: Mapping[str, Any]) -> Iterator[Told]:
    for name in (REVISION, CONTENT):
        if not (config.get("Labels") or {}).get(name):
            yield "label", f"It has no label {name}.", "Build it with `./todo deploy`, which sets it.", "error"


def _secrets(config: Mapping[str, Any], history: Sequence[str]) -> Iterator[Told]:
    for entry in config.get("Env") or ():
        name, _, value = str(entry).partition("=")
        if (SECRET_NAME.search(name) and value) or _TOKEN.search(value):
            yield "secret", f"Its environment holds {name}.", "Secrets come at run time, by envFrom.", "error"
    for line in history:
        names = [name for name, value in _ASSIGNED.findall(line) if SECRET_NAME.search(name) and value]
        if names or _TOKEN.search(line):
            what = names[0] if names else "something like a key"
            yield "secret-history", f"Its history holds {what}.", "Use no build argument for secrets.", "error"
