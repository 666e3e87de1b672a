"""The conformance suite of the Model Context Protocol. OAuth is judged by tests of its own: this one shows a token."""

import json
import re
import tempfile
from pathlib import Path

from cli.strangers.door import showing
from cli.strangers.results import Check, Result, check
from cli.strangers.target import Target, new_target, server
from cli.strangers.tools import node_packages, run

PACKAGES = ["@modelcontextprotocol/conformance", "node@22"]  # the suite needs Node 22, and npm's package brings one
CONFORMANCE = "cli.strangers.conformance:app"
_FIXTURES = re.compile("(tools-call|prompts-get)-.*|elicitation-.*|resources-(templates-)?read.*|completion-complete")
_SCENARIO = re.compile(r"^[✓✗] ([\w-]+): (\d+) passed, (\d+) failed")


def mcp_conformance(target: Target) -> Result:
    """Every scenario for servers that the suite has switched on.

    Those that ask for tools, resources and prompts of the suite's own by name are run against a server that has them
    beside its own, the others against the server as it is.
    """
    folder = node_packages("mcp-conformance", PACKAGES)
    with server(CONFORMANCE) as address:
        beside = _run(new_target(address, name="mcp-fixtures"), folder)
    found = {**_run(target, folder), **{name: one for name, one in beside.items() if _FIXTURES.fullmatch(name)}}
    package = folder / "node_modules" / "@modelcontextprotocol" / "conformance" / "package.json"
    checks = tuple(found.values()) or (check("runs", passed=False, detail="The suite told of no scenario."),)
    return Result(suite="mcp-conformance", version=json.loads(package.read_text())["version"], checks=checks)


def _run(target: Target, folder: Path) -> dict[str, Check]:
    """Each scenario by its name."""
    node, program = (str(folder / "node_modules" / ".bin" / name) for name in ("node", "conformance"))
    with showing(target.token, target.address) as door, tempfile.TemporaryDirectory() as out:
        done = run([node, program, "server", "--url", f"{door}/mcp", "-o", out], folder=folder)
        reasons = _reasons(Path(out))
    scenarios = [found for line in done.stdout.splitlines() if (found := _SCENARIO.match(line))]
    return {one[1]: check(one[1], passed=one[3] == "0", detail=reasons.get(one[1], "")) for one in scenarios}


def _reasons(out: Path) -> dict[str, str]:
    """Why each scenario failed."""
    found = {}
    for file in out.glob("server-*/checks.json"):
        name = re.sub(r"^server-(.*)-\d{4}-\d\d-.*$", r"\1", file.parent.name)
        failed = [one.get("errorMessage") or "" for one in json.loads(file.read_text()) if one["status"] == "FAILURE"]
        found[name] = "; ".join(failed)
    return found
