"""The only door through which another program is run: argv lists, a limit, masked output, no leftovers.

Commands run in their own process group, so that a limit, a cancelled run or the next run (see `end_leftovers`)
ends whatever they started.
"""

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from orchestrator.errors import CommandFailedError, EnvironmentMissingError, InterruptedRunError
from orchestrator.redaction import Redactor

OnLine = Callable[[str], None]
_TAIL_LINES = 12
_FLOOD = 64 * 1024 * 1024  # bytes of one stream; more is a program gone wild


@dataclass(frozen=True)
class Completed:
    """A command that ended; its whole output (unmasked: never log it), seconds, and whether a flood ended it."""

    argv: tuple[str, ...]
    code: int
    out: str
    err: str
    seconds: float
    flooded: bool = False

    @property
    def ok(self) -> bool:
        """Whether the exit code was 0."""
        return self.code == 0


@dataclass
class Door:
    """Runs programs with `environment` over the caller's own, or alone if `bare`; `flood`: bytes a stream may have.

    `cancelled` ends every running command and refuses new ones; `running` is the folder where the process ids of
    running commands stand, for the next run to find leftovers of a killed one.
    """

    root: Path
    redactor: Redactor
    environment: Mapping[str, str] = field(default_factory=dict)
    cancelled: threading.Event = field(default_factory=threading.Event)
    running: Path | None = None
    bare: bool = False
    flood: int = _FLOOD

    def run(
        self,
        argv: Sequence[str],
        *,
        limit: float,
        text: str | None = None,
        check: bool = True,
        on_line: OnLine | None = None,
        environment: Mapping[str, str] | None = None,
        stop: threading.Event | None = None,
        source: BinaryIO | None = None,
        sink: BinaryIO | None = None,
    ) -> Completed:
        """Run `argv` for at most `limit` seconds, `text` as its standard input (none: /dev/null).

        An open file `source` is its standard input instead, byte for byte; `sink` takes its standard output.
        `stop` ends it early, by SIGTERM, and the result is returned. Raises CommandFailedError on a bad exit code if
        `check`, or at the limit; EnvironmentMissingError if there is no such program; InterruptedRunError if cancelled.
        """
        if self.cancelled.is_set():
            raise InterruptedRunError("the run was interrupted.")
        started = time.monotonic()
        given = source if source is not None else subprocess.PIPE if text is not None else subprocess.DEVNULL
        taken = sink if sink is not None else subprocess.PIPE
        child = self._start(argv, given, taken, {**self.surroundings, **(environment or {})})
        streams = _Streams(child, text, on_line and (lambda line: on_line(self.redactor.mask(line))), self.flood)
        note = self._note(child.pid, argv)
        try:
            timed_out = self._wait(child, started + limit, stop)
        finally:
            _end(child)
            streams.join()
            if note:
                note.unlink(missing_ok=True)
        seconds = time.monotonic() - started
        done = Completed(tuple(argv), child.returncode, streams.out, streams.err, seconds, streams.flooded)
        return self._judge(done, limit=limit if timed_out else None, check=check)

    def has(self, program: str) -> bool:
        """Whether `program` is on the PATH."""
        return shutil.which(program, path=self.surroundings.get("PATH")) is not None

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment that commands are given."""
        return {**({} if self.bare else os.environ), **self.environment}

    def _start(
        self, argv: Sequence[str], given: BinaryIO | int, taken: BinaryIO | int, environment: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        program = shutil.which(argv[0], path=environment.get("PATH"))
        if program is None:
            raise EnvironmentMissingError(
                f"the program '{argv[0]}' is not on the PATH.", remedy=f"Install {argv[0]} and run again."
            )
        return subprocess.Popen(
            [program, *argv[1:]],
            cwd=self.root,
            env=dict(environment),
            stdin=given,
            stdout=taken,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def _note(self, pid: int, argv: Sequence[str]) -> Path | None:
        if self.running is None:
            return None
        self.running.mkdir(parents=True, exist_ok=True)
        note = self.running / str(pid)
        note.write_text(json.dumps({"program": argv[0], "born": _born(pid)}))
        return note

    def _wait(self, child: subprocess.Popen[bytes], deadline: float, stop: threading.Event | None) -> bool:
        while child.poll() is None:
            if self.cancelled.is_set():
                _end(child)
                raise InterruptedRunError("the run was interrupted.")
            if stop is not None and stop.is_set():
                _end(child, grace=10)
                return False
            if time.monotonic() > deadline:
                return True
            try:
                child.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
        return False

    def _judge(self, done: Completed, *, limit: float | None, check: bool) -> Completed:
        if limit is None and (done.ok or not check):
            return done
        tail = self.redactor.mask(_tail(done.err) or _tail(done.out))
        shown = self.redactor.mask(" ".join(done.argv))
        how = f"took longer than {limit:g} s" if limit is not None else f"ended with code {done.code}"
        raise CommandFailedError(f"`{shown}` {how}: {tail}", code=None if limit is not None else done.code, tail=tail)


class _Streams:
    """Both output streams read to their end beside the child, and its input written, so that no pipe fills up."""

    def __init__(self, child: subprocess.Popen[bytes], text: str | None, on_line: OnLine | None, flood: int) -> None:
        self.flooded, self._flood = False, flood
        self._parts: dict[str, list[bytes]] = {"out": [], "err": []}
        self._threads = [
            threading.Thread(target=self._read, args=(name, stream, child, on_line), daemon=True)
            for name, stream in (("out", child.stdout), ("err", child.stderr))
            if stream is not None
        ]
        if text is not None:
            self._threads.append(threading.Thread(target=_write, args=(child, text.encode()), daemon=True))
        for thread in self._threads:
            thread.start()

    def _read(self, name: str, stream, child: subprocess.Popen[bytes], on_line: OnLine | None) -> None:  # type: ignore[no-untyped-def]
        size = 0
        for line in iter(lambda: stream.readline(1 << 20), b""):
            size += len(line)
            if size > self._flood:
                self.flooded = True
                _end(child)
                break
            self._parts[name].append(line)
            if on_line:
                on_line(line.decode(errors="replace").rstrip())
        stream.close()

    def join(self) -> None:
        """Wait for the streams' ends; a grandchild that keeps a pipe open is waited for five seconds."""
        for thread in self._threads:
            thread.join(timeout=5)

    @property
    def out(self) -> str:
        """Standard output so far."""
        return b"".join(self._parts["out"]).decode(errors="replace")

    @property
    def err(self) -> str:
        """Standard error so far."""
        return b"".join(self._parts["err"]).decode(errors="replace")


def _write(child: subprocess.Popen[bytes], data: bytes) -> None:
    assert child.stdin is not None  # noqa: S101 - Popen was given PIPE
    try:
        child.stdin.write(data)
        child.stdin.close()
    except BrokenPipeError:
        return  # the child did not want all of it; its exit code tells


def _tail(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-_TAIL_LINES:])


def _end(child: subprocess.Popen[bytes], *, grace: float = 3) -> None:
    """Terminate the child's group, kill it after `grace` seconds; what the child leaves behind is killed at once."""
    if child.poll() is not None:
        return
    for number, patience in ((signal.SIGTERM, grace), (signal.SIGKILL, 5.0)):
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(child.pid, number)
            child.wait(timeout=patience)
            break
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _born(pid: int) -> str:
    """When the process of this id began, in the kernel's ticks: tells it from a later one with the same id."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except (OSError, IndexError):
        return ""


def end_leftovers(running: Path) -> list[str]:
    """End commands that a killed run left behind, by the notes in `running`; return their programs' names.

    Only call it while holding the lock: then no other run's commands can be among them.
    """
    ended = []
    for note in sorted(running.glob("*")):
        try:
            told = json.loads(note.read_text())
        except ValueError:
            told = {}
        pid = int(note.name) if note.name.isdigit() else 0
        if pid > 1 and told.get("born") and told["born"] == _born(pid):
            try:
                os.killpg(pid, signal.SIGKILL)
                ended.append(str(told.get("program")))
            except ProcessLookupError:
                pass
        note.unlink(missing_ok=True)
    return ended
