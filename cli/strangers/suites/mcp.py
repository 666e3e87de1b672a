"""The conformance suite of the Model Context Protocol. OAuth is judged by tests of its own: this one shows a token."""

import json
import re
import tempfile
from pathlib import Path

from cli.strangers.door import showing
from cli.strangers.results import Check, Result, check
from cli.strangers.target import Target
from cli.strangers.tools import node_packages, run

PACKAGES = ["@modelcontextprotocol/conformance", "node@22"]  # the suite needs Node 22, and npm's package brings one
_SCENARIO = re.compile(r"^[✓✗] ([\w-]+): (\d+) passed, (\d+) failed")


def mcp_conformance(target: Target) -> Result:
    """Every scenario for servers that the suite has switched on."""
    folder = node_packages("mcp-conformance", PACKAGES)
    node, program = (str(folder / "node_modules" / ".bin" / name) for name in ("node", "conformance"))
    with showing(target.token, target.address) as door, tempfile.TemporaryDirectory() as out:
        done = run([node, program, "server", "--url", f"{door}/mcp", "-o", out], folder=folder)
        reasons = _reasons(Path(out))
    package = folder / "node_modules" / "@modelcontextprotocol" / "conformance" / "package.json"
    version = json.loads(package.read_text())["version"]
    scenarios = [found for line in done.stdout.splitlines() if (found := _SCENARIO.match(line))]
    checks = [check(one[1], passed=one[3] == "0", detail=reasons.get(one[1], "")) for one in scenarios]
    return Result(suite="mcp-conformance", version=version, checks=tuple(checks) or (_nothing(done.stderr),))


def _reasons(out: Path) -> dict[str, str]:
    """Why each scenario failed."""
    found = {}
    for file in out.glob("server-*/checks.json"):
        name = re.sub(r"^server-(.*)-\d{4}-\d\d-.*$", r"\1", file.parent.name)
        failed = [one.get("errorMessage") or "" for one in json.loads(file.read_text()) if one["status"] == "FAILURE"]
        found[name] = "; ".join(failed)
    return found


def _nothing(said: str) -> Check:
    return check("runs", passed=False, detail=said[-300:])
