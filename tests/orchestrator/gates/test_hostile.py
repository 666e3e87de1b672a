"""Hostile edits by the hundred are refused, wherever they stand; what a builder may honestly write passes."""

import pytest

from orchestrator.artefacts import render
from orchestrator.gates.proposal import judge
from tests.orchestrator.gates.hostile import EDITS, INSTRUCTIONS, STEPS
from tests.orchestrator.gates.test_dockerfile import NAMES, contract, rules


def positions(text: str) -> list[int]:
    """Where a line may be put in: after each FROM, after the sources are copied, and before the last CMD."""
    lines = text.splitlines()
    after = [place + 1 for place, line in enumerate(lines) if line.startswith(("FROM", "COPY"))]
    return [*after, len(lines) - 1]


def with_line(text: str, line: str, position: int) -> str:
    lines = text.splitlines()
    return "\n".join([*lines[:position], line, *lines[position:]]) + "\n"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("line", [*(f"RUN {step}" for step in STEPS), *INSTRUCTIONS])
def test_a_hostile_line_is_refused_wherever_it_stands(line: str, name: str) -> None:
    good = render.artefact(contract(name))
    for position in positions(good):
        assert rules(with_line(good, line, position), name), f"passed at line {position}"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("joint", [" && ", "; ", " || ", " | "])
def test_a_hostile_step_is_refused_behind_an_honest_one(step: str, joint: str) -> None:
    if step.startswith(("--", "[")):
        step = f"sh -c '{step}'"
    good = render.artefact(contract("backend-dockerfile"))
    assert rules(good.replace("rm -rf /var/lib/apt/lists/*", f"rm -rf /var/lib/apt/lists/*{joint}{step}"), NAMES[0])


@pytest.mark.parametrize(("name", "words", "instead"), EDITS)
def test_a_hostile_edit_is_refused(name: str, words: str, instead: str) -> None:
    good = render.artefact(contract(name))
    assert words in good, "the edit no longer changes anything"
    assert rules(good.replace(words, instead), name)


BACKEND, FRONTEND = NAMES
HONEST = (
    (BACKEND, "RUN apt-get update", "RUN set -eux; apt-get update"),
    (BACKEND, "WORKDIR /app\nRUN", 'WORKDIR /app\nLABEL maintainer="a"\nRUN'),
    (BACKEND, "RUN python -m venv", "RUN --mount=type=cache,target=/root/.cache/pip python -m venv"),
    (BACKEND, "--require-hashes -r requirements.txt", "--require-hashes --requirement requirements.txt"),
    (BACKEND, "--require-hashes -r requirements.txt", "--require-hashes --requirement=/app/requirements.txt"),
    (BACKEND, "COPY --from=builder /app/backend/", "COPY --chown=1000:1000 backend/"),
    (BACKEND, "binutils", "build-essential libpq-dev"),
    (BACKEND, "groupadd --gid 1000 appuser", "groupadd --system -g 1000 appuser"),
    (BACKEND, "USER 1000:1000", "RUN mkdir -p /app/data && chown -R appuser:appuser /app\nUSER 1000"),
    (BACKEND, "EXPOSE 8000", "HEALTHCHECK NONE\nSTOPSIGNAL SIGTERM\nEXPOSE 8000/tcp"),
    (FRONTEND, "npm ci --no-audit --no-fund", "npm ci"),
    (FRONTEND, "RUN npm run build", "RUN npm run build && npm cache clean --force"),
    (FRONTEND, "COPY --from=builder /app/.next/static", "COPY --from=builder --chown=1001:1001 /app/.next/static"),
)


@pytest.mark.parametrize(("name", "words", "instead"), HONEST)
def test_an_honest_variation_passes(name: str, words: str, instead: str) -> None:
    good = render.artefact(contract(name))
    assert words in good, "the variation no longer changes anything"
    assert judge(good.replace(words, instead), contract(name)) == ()
