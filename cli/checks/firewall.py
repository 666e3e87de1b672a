"""The host's firewall as it was before a cluster of this machine's own was brought up.

Docker, kube-proxy and the network plugin leave their rules behind when they end. Rules that others made meanwhile stay.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

_CLUSTERS = re.compile(r"\b(?:KUBE|CNI|DOCKER)-|DOCKER\b|docker0|k8s-pods|cni\.|10\.244\.0\.0")
_CHAIN = re.compile(r":(?P<name>\S+) (?P<policy>\S+)")
_COUNTERS = re.compile(r" \[\d+:\d+\]$")


@contextmanager
def kept(*, whole: bool) -> Iterator[None]:
    """Put the policies of the built-in chains back at the end; with `whole`, take the cluster's rules away too.

    Nothing is done without iptables, or the right to read it. Where it comes with the cluster, there were no rules.
    """
    before = _saved()
    try:
        yield
    finally:
        after = _saved()
        wanted = as_before(before or "", after or "", whole=whole)
        if after is not None and wanted != after:
            subprocess.run(["iptables-restore"], input=wanted, text=True, check=True)


def as_before(before: str, after: str, *, whole: bool) -> str:
    """The rules to restore, in the form of iptables-save: `after`, with the policies of `before`. Pure.

    With `whole` without what the cluster added: chains and rules that were not there and that bear its names.
    """
    known = {(table, _bare(line)) for table, line in _lines(before)}
    policies = {(table, match["name"]): match["policy"] for table, line in _lines(before) if (match := _policy(line))}
    kept_lines = []
    for table, now in _lines(after):
        line = now
        added = (table, _bare(line)) not in known and not _policy(line)
        if whole and added and _CLUSTERS.search(line):
            continue
        match = _policy(line)
        if match and (policy := policies.get((table, match["name"]))):
            line = line.replace(f" {match['policy']}", f" {policy}", 1)
        kept_lines.append(line)
    return "".join(f"{line}\n" for line in kept_lines)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line with the table that it stands in."""
    table = ""
    for line in text.splitlines():
        table = line[1:] if line.startswith("*") else table
        yield table, line


def _policy(line: str) -> re.Match[str] | None:
    """A built-in chain's line, which has a policy; a user's chain has `-` there."""
    match = _CHAIN.match(line)
    return match if match and match["policy"] != "-" else None


def _bare(line: str) -> str:
    """Without the counters of packets and bytes."""
    return _COUNTERS.sub("", line)


def _saved() -> str | None:
    if shutil.which("iptables-save") is None:
        return None
    done = subprocess.run(["iptables-save"], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None
