"""Runs pip over a hashed lock file, with progress on standard error and one sentence when it fails."""

import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from cli.exits import CommandError, Exit

NO_NETWORK = re.compile(
    r"NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|NameResolutionError|Max retries exceeded"
    r"|Failed to establish a new connection|Network is unreachable|from versions: none",
    re.IGNORECASE,
)
PLAIN_EVERY = 25  # packages between two lines of progress where there is no terminal


def install(*, python: Path, lock: Path) -> None:
    """Install `lock` with the pip of `python`; hashes are required, so only the locked files can be installed.

    Raises CommandError with code NO_NETWORK or BUILD_FAILED.
    """
    started = time.monotonic()
    total = count_locked(lock.read_text())
    sys.stderr.write(f"Installing {total} Python packages ({lock.parent.name}/{lock.name}) …\n")
    command = [str(python), "-m", "pip", "install", "--no-deps", "--require-hashes", "--no-input", "--retries", "2"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(lock)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        assert pip.stdout is not None  # noqa: S101  (a pipe was asked for)
        lines = list(followed(pip.stdout, total=total))
    if pip.returncode != 0:
        raise failure("".join(lines))
    sys.stderr.write(f"Installed in {time.monotonic() - started:.0f} s.\n")


def count_locked(text: str) -> int:
    return sum(1 for line in text.splitlines() if "==" in line and not line.startswith((" ", "#")))


def followed(lines: Iterable[str], *, total: int) -> Iterator[str]:
    """Pass pip's lines on, showing how many packages it has come to."""
    seen = 0
    terminal = sys.stderr.isatty()
    for line in lines:
        yield line
        if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied")):
            seen += 1
            if terminal:
                sys.stderr.write(f"\r\033[K  {seen} of {total}")
            elif seen % PLAIN_EVERY == 0:
                sys.stderr.write(f"  {seen} of {total}\n")
        elif line.startswith("Installing collected"):
            sys.stderr.write("\r\033[K  unpacking …" if terminal else "  unpacking …\n")
        sys.stderr.flush()
    if terminal:
        sys.stderr.write("\r\033[K")


def failure(output: str) -> CommandError:
    """What pip's output means for the person who reads it."""
    if NO_NETWORK.search(output):
        return CommandError(
            "The Python package index could not be reached: check the network (first use needs it once) "
            "and run ./todo again.",
            code=Exit.NO_NETWORK,
        )
    if "DO NOT MATCH THE HASHES" in output:
        return CommandError(
            "A downloaded package is not the one that was locked, so nothing was installed: run ./todo again, "
            "and if that fails too, distrust the package index in use.",
            code=Exit.BUILD_FAILED,
        )
    if "No space left on device" in output:
        return CommandError("The disk is full: free about 1 GB and run ./todo again.", code=Exit.BUILD_FAILED)
    last = [line for line in output.strip().splitlines() if line.startswith("ERROR")] or output.strip().splitlines()
    return CommandError(
        f"The Python packages could not be installed: {(last or ['no reason'])[-1]}", code=Exit.BUILD_FAILED
    )
