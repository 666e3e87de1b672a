"""The server as a client starts it, over a tree of stand-ins; and a person at a terminal."""

import fcntl
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

from mcp.client.stdio import StdioServerParameters

from tests.mcp.calling import Caller
from tests.orchestrator.standins import ROOT, stand_in

_PROGRAM = "from pathlib import Path; from orchestrator import cli; cli.group.ROOT = Path({root!r}); cli.app()"
_HISTORY = '[{"revision": 1, "status": "superseded"}, {"revision": 2, "status": "deployed"}]'


def argv(tree: Path, *words: str) -> list[str]:
    """`./todo deploy WORDS` over the tree."""
    return [sys.executable, "-c", _PROGRAM.format(root=str(tree)), *words]


def environment(tree: Path, **more: str) -> dict[str, str]:
    """Nothing of the machine's own programs or secrets."""
    return {"PATH": f"{tree}/bin:{tree}/plain", "PYTHONPATH": str(ROOT), "HOME": str(tree), **more}


def agent(tree: Path, *words: str, mode: str = "auto", ask: Any = None, **more: str) -> Caller:
    """The official client, with the server started as a program; `ask` answers what a person is asked."""
    command, *rest = argv(tree, "mcp", *words)
    started = StdioServerParameters(command=command, args=rest, env=environment(tree, **more), cwd=tree)
    return Caller(started, mode=mode, elicitation_callback=ask)


def released(tree: Path) -> None:
    """A helm with two revisions, whose calls are noted, beside the cluster that stands; the namespace is not ours."""
    kubectl = tree / "bin" / "kubectl"
    kubectl.write_text(kubectl.read_text().replace('*"get secret"*', '*"get secret"*|*"get namespace"*'))
    stand_in(
        tree / "bin", "helm",
        f"""echo "$@" >> {tree}/helm-calls
        case "$1" in history) echo '{_HISTORY}';; *) echo "1 chart(s) linted, 0 chart(s) failed";; esac""",
    )  # fmt: skip


def helm_calls(tree: Path) -> list[str]:
    """What helm was asked, without what only looks."""
    noted = tree / "helm-calls"
    calls = noted.read_text().splitlines() if noted.exists() else []
    return [call for call in calls if not call.startswith(("history", "lint", "template"))]


def person(tree: Path, code: str, types: str = "yes") -> tuple[int, str]:
    """A person runs `./todo deploy approve CODE` in a terminal and types; exit code and what the terminal showed."""
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        argv(tree, "approve", code), stdin=theirs, stdout=theirs, stderr=theirs, env=environment(tree), cwd=tree,
        start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, f"{types}\n".encode())
    shown = b""
    while True:
        try:
            shown += os.read(ours, 4096)
        except OSError:  # the terminal's other end is closed: the program is over
            break
    os.close(ours)
    return started.wait(timeout=30), shown.decode()


def program(tree: Path, code: str, types: str) -> subprocess.CompletedProcess[str]:
    """A program runs the same without a terminal, its words on standard input."""
    return subprocess.run(
        argv(tree, "approve", code), input=f"{types}\n", env=environment(tree), cwd=tree, start_new_session=True,
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip


def records(tree: Path) -> list[dict[str, Any]]:
    """The audit log's."""
    from orchestrator.audit import AuditLog
    from orchestrator.redaction import Redactor

    return AuditLog(tree, Redactor()).records()
