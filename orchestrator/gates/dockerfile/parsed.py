"""A Dockerfile as data: instructions grouped into stages, by a parser and not by patterns."""

import io
import json
import re
from dataclasses import dataclass
from typing import Any

from dockerfile_parse import DockerfileParser

# Docker's reference, "Overview": https://docs.docker.com/reference/dockerfile/#overview
INSTRUCTIONS = frozenset(
    {
        "ADD",
        "ARG",
        "CMD",
        "COPY",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "FROM",
        "HEALTHCHECK",
        "LABEL",
        "MAINTAINER",
        "ONBUILD",
        "RUN",
        "SHELL",
        "STOPSIGNAL",
        "USER",
        "VOLUME",
        "WORKDIR",
    }
)

# Docker's reference, "Parser directives"; blanks may stand around the sign.
_DIRECTIVE = re.compile(r"\s*(syntax|escape|check)\s*=", re.IGNORECASE)


@dataclass(frozen=True)
class Instruction:
    """One instruction; `line` counts from 1."""

    word: str
    value: str
    line: int

    def listed(self) -> tuple[str, ...] | None:
        """The words of the exec form (`["a", "b"]`), None where the shell form is used."""
        try:
            words: Any = json.loads(self.value)
        except ValueError:
            return None
        return tuple(words) if isinstance(words, list) and all(isinstance(word, str) for word in words) else None


@dataclass(frozen=True)
class Stage:
    """A FROM and what follows it."""

    base: str
    name: str
    body: tuple[Instruction, ...]

    def all(self, *words: str) -> tuple[Instruction, ...]:
        """Its instructions of these kinds, in order."""
        return tuple(instruction for instruction in self.body if instruction.word in words)

    def last(self, word: str) -> Instruction | None:
        """The one of this kind that counts: the last."""
        return next(reversed(self.all(word)), None)

    def environment(self) -> dict[str, str]:
        """What its ENV instructions set."""
        return {name: value for instruction in self.all("ENV") for name, value in pairs(instruction.value)}


@dataclass(frozen=True)
class Dockerfile:
    """Everything in a Dockerfile; `directives` are comments like `syntax=…` that the builder obeys."""

    before: tuple[Instruction, ...]
    stages: tuple[Stage, ...]
    directives: tuple[str, ...]

    @property
    def instructions(self) -> tuple[Instruction, ...]:
        """All but the FROM lines."""
        return self.before + tuple(instruction for stage in self.stages for instruction in stage.body)


def parse(text: str) -> Dockerfile:
    """Read a Dockerfile; unknown words stay in as instructions, for the gate to name."""
    parser = DockerfileParser(fileobj=io.BytesIO(text.encode()))
    before: list[Instruction] = []
    stages: list[tuple[str, str, list[Instruction]]] = []
    directives: list[str] = []
    for item in parser.structure:
        word, value = item["instruction"], str(item["value"])
        if word == "COMMENT":
            directives += [value] if not before and not stages and _DIRECTIVE.match(value) else []
        elif word == "FROM":
            stages.append((*_from(value), []))
        else:
            (stages[-1][2] if stages else before).append(Instruction(word, value, item["startline"] + 1))
    return Dockerfile(tuple(before), tuple(Stage(b, n, tuple(body)) for b, n, body in stages), tuple(directives))


def pairs(value: str) -> list[tuple[str, str]]:
    """The names and values of an ENV, ARG or LABEL: `A=1 B="x y"`, or the old `A 1`."""
    words = _words(value)
    if words and "=" not in words[0]:
        return [(words[0], " ".join(words[1:]))]
    return [(name, content) for name, _, content in (word.partition("=") for word in words)]


def _words(value: str) -> list[str]:
    words, quote, current = [], "", ""
    for letter in value:
        if quote:
            quote = "" if letter == quote else quote
            current += "" if not quote else letter
        elif letter in "\"'":
            quote = letter
        elif letter.isspace():
            words += [current] if current else []
            current = ""
        else:
            current += letter
    return words + ([current] if current else [])


def _from(value: str) -> tuple[str, str]:
    words = [word for word in value.split() if not word.startswith("--")]
    named = len(words) >= 3 and words[1].upper() == "AS"
    return (words[0] if words else ""), (words[2] if named else "")
