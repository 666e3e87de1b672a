"""Checks that a program prints, a line of JSON each."""

import json
import subprocess

from cli.strangers.results import Check, check


def printed(done: subprocess.CompletedProcess[str]) -> tuple[Check, ...]:
    """The checks that it printed, and a failed one where it did not come to its end."""
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    found = [check(line["name"], passed=line["passed"], detail=line["detail"]) for line in lines]
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        found.append(check("comes to its end", passed=False, detail="".join(last)))
    return tuple(found)
