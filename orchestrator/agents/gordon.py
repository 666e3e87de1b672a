"""Gordon, the agent of Docker Desktop, through `docker ai` (https://docs.docker.com/ai/gordon/how-to/cli/).

Its command is a terminal interface that asks before it acts. Here it gets no input, an empty folder and one prompt
as its argument; an interface or silence means that this release cannot be driven so.
"""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from orchestrator.agents.base import Brief, Kind, Outcome, Presence
from orchestrator.agents.driving import answers
from orchestrator.agents.driving.box import Box, Told, opened
from orchestrator.agents.prompts import request
from orchestrator.process import Door

PROBE_LIMIT = 5.0  # seconds
_ASKS = re.compile(
    r"\b(?:approve|allow|proceed|continue)\b(?:(?!\b(?:approve|allow|proceed|continue)\b)[^\n])*[\[(]y(?:es)?/n",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?<!\d)\d++\.\d[\w.+-]*")


@dataclass(frozen=True)
class Gordon:
    """`seconds` is how long one answer may take."""

    door: Door
    seconds: float = 120.0
    name: str = "gordon"
    tag: str = "GORDON"

    @cached_property
    def presence(self) -> Presence:
        """What `docker ai version` says within a few seconds."""
        if not self.door.has("docker"):
            return Presence(None, "docker is not installed")
        with opened(self.door) as box:
            told = box.call(["docker", "ai", "version"], limit=PROBE_LIMIT, environment=_settings(box, self.door))
        if isinstance(told, Outcome):
            return Presence(None, f"docker ai: {told.detail}")
        found = _VERSION.search(told.out)
        if told.code != 0 or told.interface or not found:
            return Presence(None, "docker has no 'ai' command that answers: Gordon comes with Docker Desktop")
        return Presence(found.group())

    def probe(self) -> str | None:
        """Its version, or None."""
        return self.presence.version

    def propose(self, brief: Brief) -> Outcome:
        """Ask for one fenced file."""
        told = self._ask(request(brief))
        if isinstance(told, Outcome):
            return told
        return answers.one_file(told.out, brief.contract.artefact, self.door.redactor)

    def read(self, question: str) -> Outcome:
        """Ask in prose."""
        told = self._ask(question)
        if isinstance(told, Outcome):
            return told
        return Outcome(Kind.PROPOSAL, text=self.door.redactor.mask(told.out.strip()), answer=told.out)

    def _ask(self, text: str) -> Told | Outcome:
        if self.presence.version is None:
            return Outcome(Kind.UNAVAILABLE, detail=self.presence.why)
        with opened(self.door) as box:
            told = box.call(["docker", "ai", text], limit=self.seconds, environment=_settings(box, self.door))
        return told if isinstance(told, Outcome) else self._judged(told)

    def _judged(self, told: Told) -> Told | Outcome:
        def ended(kind: Kind, detail: str) -> Outcome:
            return Outcome(kind, detail=self.door.redactor.mask(detail), answer=told.out, seconds=told.seconds)

        if _ASKS.search(told.out):
            return ended(Kind.NEEDS_PERMISSION, "it asks before it goes on")
        if told.interface:
            return ended(Kind.UNAVAILABLE, "it opened its terminal interface")
        if not told.out.strip():
            return ended(Kind.UNAVAILABLE, f"it answered nothing: {told.last_words}")
        if told.code != 0:
            return ended(Kind.UNAVAILABLE, f"it ended with code {told.code}: {told.last_words}")
        return told


def _settings(box: Box, door: Door) -> dict[str, str]:
    """Docker's own settings (plug-ins, contexts, sign-in) by links, so that they are found and cannot be written."""
    around = door.surroundings
    real = Path(around.get("DOCKER_CONFIG") or Path(around.get("HOME") or os.path.expanduser("~")) / ".docker")  # noqa: PTH111
    linked = box.home / ".docker"
    linked.mkdir(exist_ok=True)
    for entry in real.iterdir() if real.is_dir() else ():
        (linked / entry.name).symlink_to(entry)
    return {"DOCKER_CONFIG": str(linked)}
