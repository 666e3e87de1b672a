"""The built-in engine: renders an artefact straight from its facts. Needs no model, no key and no network."""

import time
from dataclasses import dataclass

from orchestrator.agents.base import Brief, Kind, Outcome
from orchestrator.artefacts import render


@dataclass(frozen=True)
class Builtin:
    """Deterministic: the same facts give the same bytes."""

    name: str = "builtin"
    tag: str = "BUILTIN"

    def probe(self) -> str | None:
        """Always there; its version is the digest of its renderers' source."""
        return render.version()

    def propose(self, brief: Brief) -> Outcome:
        """The artefact of `brief.contract`, as the facts say."""
        started = time.monotonic()
        return Outcome(Kind.PROPOSAL, text=render.artefact(brief.contract), seconds=time.monotonic() - started)
