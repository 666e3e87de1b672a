"""Runs the command that a finding offers, as a person would paste it, and looks whether the release heals."""

import shlex

from cli.bench.faults.release import Release
from cli.exits import CommandError

_PROGRAMS = ("kubectl", "./todo")


def mend(release: Release, fix: str) -> bool | None:
    """Whether the offered command healed the release; None if the offer is no command."""
    words = shlex.split(fix.splitlines()[0]) if fix.startswith(_PROGRAMS) else []
    if not words or words[:2] == ["kubectl", "logs"] or "describe" in words[:6]:
        return None
    try:
        release.offered(words)
        release.wait_until_healthy(limit=90)
    except CommandError:
        return False
    return True
