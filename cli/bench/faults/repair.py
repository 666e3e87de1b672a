"""Runs the commands that a finding offers, as a person would paste them, and looks whether the release heals."""

import shlex

from cli.bench.faults.release import Release
from cli.exits import CommandError

_PROGRAMS = ("kubectl ", "./todo ")
_LOOKING = {"logs", "describe", "get"}
LIMIT = 90.0  # seconds that a release gets to heal


def commands(fix: str) -> list[list[str]]:
    """The lines of a fix that are commands, without those that only look."""
    lines = [shlex.split(line) for line in fix.splitlines() if line.startswith(_PROGRAMS)]
    return [words for words in lines if not _LOOKING & set(words[:6])]


def mend(release: Release, fix: str) -> bool | None:
    """Whether the offered commands healed the release; None if none is offered."""
    offered = commands(fix)
    if not offered:
        return None
    try:
        for words in offered:
            release.offered(words)
        release.wait_until_healthy(limit=LIMIT)
    except CommandError:
        return False
    return True
