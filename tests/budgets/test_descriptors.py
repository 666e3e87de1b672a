"""File descriptors: the limit is raised, and their end does not fill the log."""

import asyncio
import resource
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs

from backend.budgets import descriptors
from tests.support.servers import serving


def test_a_flood_of_the_loops_errors_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, errors = asyncio.new_event_loop(), descriptors.LoopErrors()
    clock = [100.0]
    monkeypatch.setattr(descriptors.time, "monotonic", lambda: clock[0])
    # a logger of its own: the module's keeps how an app of an earlier test in this process had it log
    monkeypatch.setattr(descriptors, "log", structlog.wrap_logger(None, cache_logger_on_first_use=False))
    context = {"message": "socket.accept() out of system resource", "exception": OSError(24, "Too many open files")}
    with capture_logs() as lines:
        for _ in range(2048):
            errors(loop, context)
        clock[0] += descriptors.EVERY_SECONDS
        errors(loop, context)
    loop.close()
    assert [(line["event"], line["times"]) for line in lines] == [(context["message"], 1), (context["message"], 2048)]


def test_a_server_raises_its_limit(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowered = min(soft, 256)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowered, hard))
    try:
        with serving(tmp_path, "") as server:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            limits = Path(f"/proc/{server.process.pid}/limits").read_text()
            line = next(line for line in limits.splitlines() if line.startswith("Max open files"))
            assert int(line.split()[3]) == min(int(line.split()[4]), descriptors.MOST)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
