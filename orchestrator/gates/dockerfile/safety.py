"""What no Dockerfile may do, whoever wrote it: secrets in layers, downloads into a shell, foreign images."""

import re
from collections.abc import Iterator

from orchestrator.gates.dockerfile.parsed import INSTRUCTIONS, Dockerfile, Instruction, pairs

SECRET_NAME = re.compile(r"(SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|DATABASE_URL|CREDENTIAL)", re.IGNORECASE)
_PIPED = re.compile(
    r"(curl|wget|fetch)\b(?:(?!(?:curl|wget|fetch)\b)[^|;&])*+\|\s*+(sudo\s++)?(/\S*/)?(ba|da|z|a|k)?sh\b",
    re.IGNORECASE,
)
_RAN = re.compile(
    r"(ba|da|z|a)?sh\s++(-c\s++)?[\"'<]?\(?\s*+[$<]?\(?\s*+(curl|wget)\b|"
    r"^(?:(?!(?:source|\.|eval)\s).)*+(?:source|\.|eval)\s.*\b(curl|wget)\b",
    re.MULTILINE,
)
_OPEN = re.compile(r"\bchmod\s+(-\S+\s+)*(0?777|a\+rwx|o\+w|[ugoa]*\+s|[2467][0-7]{3})\b")
_FLAGS = re.compile(r"--(security=insecure|network=(?!none|default)\S+)")
_WHOLE = {".", "./", "/", "*", "./*"}
Told = tuple[str, str, str]


def judge(parsed: Dockerfile, bases: set[str]) -> Iterator[Told]:
    """Every breach: its rule, a sentence with the line, and the remedy. `bases` are the images it may start from."""
    yield from _directives(parsed)
    yield from _images(parsed, bases)
    for line in parsed.instructions:
        yield from _line(line)


def _directives(parsed: Dockerfile) -> Iterator[Told]:
    for directive in parsed.directives:
        what = "names a builder to be pulled" if directive.lower().startswith("syntax") else "changes how it is read"
        yield "syntax-directive", f"'# {directive}' {what}.", "Leave the line out."


def _images(parsed: Dockerfile, bases: set[str]) -> Iterator[Told]:
    stages: set[str] = set()
    for index, stage in enumerate(parsed.stages):
        if stage.base not in stages | bases:
            yield "foreign-base", f"It starts a stage from {stage.base}.", f"Use {', '.join(sorted(bases))} only."
        for line in stage.all("COPY", "RUN"):
            for source in re.findall(r"--from=(\S+)|[,=]from=([^,\s]+)", line.value):
                name = source[0] or source[1]
                if name not in stages and not (name.isdigit() and int(name) < index):
                    yield "foreign-copy", f"Line {line.line} copies from {name}.", "Copy from an earlier stage."
        stages |= {stage.name} if stage.name else set()


def _line(line: Instruction) -> Iterator[Told]:
    if line.word not in INSTRUCTIONS:
        yield "unknown-instruction", f"Line {line.line} begins with '{line.word}'.", "Use `&& \\` for long commands."
    if line.word in {"ENV", "ARG"}:
        yield from _secret(line)
    if line.word in {"ADD", "ONBUILD", "VOLUME"}:
        yield "instruction", f"Line {line.line} uses {line.word}.", "Use COPY and RUN."
    if line.word == "COPY":
        yield from _copy(line)
    if line.word == "RUN":
        yield from _run(line)


def _secret(line: Instruction) -> Iterator[Told]:
    for name, value in pairs(line.value):
        if SECRET_NAME.search(name):
            yield "secret", f"Line {line.line} puts {name} into the image.", "Secrets come at run time, by envFrom."
        elif "://" in value and "@" in value:
            yield "secret", f"Line {line.line} gives {name} an address with a password.", "Leave it out."


def _copy(line: Instruction) -> Iterator[Told]:
    words = [word for word in line.value.split() if not word.startswith("--")]
    if "--from=" not in line.value and _WHOLE & set(words[:-1]):
        yield "whole-context", f"Line {line.line} copies the whole context.", "Copy what is needed by name."
    if any(re.search(r"(^|/)\.(env|git|ssh|aws|npmrc|docker)\b", word) for word in words[:-1]):
        yield "private-file", f"Line {line.line} copies a private file.", "Leave it out of the image."


def _run(line: Instruction) -> Iterator[Told]:
    if _PIPED.search(line.value) or _RAN.search(line.value):
        yield "piped-download", f"Line {line.line} runs what it downloads.", "Install from the lock file only."
    elif re.search(r"\b(curl|wget)\b", line.value):
        yield "download", f"Line {line.line} downloads a file.", "Install from the lock file only."
    if _OPEN.search(line.value):
        yield "open-mode", f"Line {line.line} opens a file to everyone.", "Give the user what it needs, and no more."
    if re.search(r"\bsudo\b", line.value) or _FLAGS.search(line.value):
        yield "privilege", f"Line {line.line} asks for more privilege.", "Build steps need none."
