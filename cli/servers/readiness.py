"""Waits until servers answer over HTTP, or tells why they do not."""

import time
import urllib.error
import urllib.request

from cli.exits import CommandError, Exit
from cli.servers.folder import Server
from cli.servers.node import last_lines
from cli.servers.processes import is_running

SECONDS = 60.0
POLL_SECONDS = 0.1
SERVER_ERROR = 500
REFUSED = "Cannot start: "  # how the backend begins its one sentence about a database that it cannot use
PROBES = {"backend": "/ready", "page": "/", "bare": "/bare", "model": "/"}


def wait_until_answering(server: Server, *, seconds: float = SECONDS) -> None:
    """Return once the server answers. Raises CommandError with its last log lines if it ends, or is late."""
    deadline = time.monotonic() + seconds
    while not answers(server):
        if not is_running(server.process):
            raise died(server, "ended while starting")
        if time.monotonic() > deadline:
            raise died(server, f"did not answer within {seconds:.0f} s")
        time.sleep(POLL_SECONDS)


def answers(server: Server) -> bool:
    """Whether the server answers its probe with anything but a server error; never through a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{server.address}{PROBES[server.name]}", timeout=5):
            return True
    except urllib.error.HTTPError as error:
        return error.code < SERVER_ERROR
    except OSError:
        return False


def died(server: Server, what: str) -> CommandError:
    """The sentence for a server that is not there, with the end of its log."""
    log = server.log.read_text(errors="replace") if server.log.exists() else ""
    if refused := _refused(log):
        return CommandError(refused, code=Exit.NEWER_SCHEMA if "newer version" in refused else Exit.UNWRITABLE)
    tail = last_lines(log) or "  (it wrote nothing)"
    return CommandError(f"The {server.name} {what}; its last lines ({server.log}):\n{tail}", code=Exit.SERVER_DIED)


def _refused(log: str) -> str | None:
    """The backend's own last word, where it ended by itself."""
    last = log.rstrip().rpartition("\n")[2]
    return last if last.startswith(REFUSED) else None
