"""Node.js and npm: found, checked, and run."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from cli.exits import CommandError, Exit
from cli.servers import private

OLDEST = (20, 9)  # what Next.js 16 asks for
NO_NETWORK = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network request")
LONGEST_LINE = 300  # a log of JSON has lines that fill a screen each
ADVICE = "install Node.js 20.9 or later (https://nodejs.org) and run ./todo again."


def find_node() -> str:
    """The path of a Node that will do. Raises CommandError: there is none, or it is too old."""
    node = shutil.which("node")
    if node is None:
        raise CommandError(f"The page needs Node.js, and there is no `node` here: {ADVICE}", code=Exit.MISSING_TOOL)
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    version = re.fullmatch(r"v(\d+)\.(\d+)\..*", answer)
    if version is None or (int(version[1]), int(version[2])) < OLDEST:
        what = f"is {answer}" if version else "does not tell its version"
        raise CommandError(f"The page needs Node.js 20.9 or later, and {node} {what}: {ADVICE}", code=Exit.MISSING_TOOL)
    return node


def run_npm(arguments: Sequence[str], *, folder: Path, environment: dict[str, str], log: Path) -> None:
    """Run npm in `folder`, its output going to `log`. Raises CommandError: no npm, no network, a failure."""
    npm = shutil.which("npm")
    if npm is None:
        raise CommandError(f"Building the page needs npm, which comes with Node.js: {ADVICE}", code=Exit.MISSING_TOOL)
    private.make_folder(log.parent)
    with private.open_file(log) as output:
        returncode = run_in_group([npm, *arguments], folder=folder, environment=environment, output=output)
    if returncode != 0:
        raise failure(log.read_text(errors="replace"), command=" ".join(["npm", *arguments]), log=log)


def run_in_group(command: Sequence[str], *, folder: Path, environment: Mapping[str, str], output: BinaryIO) -> int:
    """Run a program to its end, as the head of its own group: an interruption ends all that it started."""
    with subprocess.Popen(
        list(command),
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as child:
        try:
            return child.wait()
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise


def failure(output: str, *, command: str, log: Path) -> CommandError:
    """What npm's output means for the person who reads it."""
    if NO_NETWORK.search(output):
        return CommandError(
            "The npm registry could not be reached: check the network (the first build needs it once) "
            "and run ./todo again.",
            code=Exit.NO_NETWORK,
        )
    return CommandError(f"`{command}` failed; its last lines ({log}):\n{last_lines(output)}", code=Exit.BUILD_FAILED)


def last_lines(text: str, *, count: int = 12) -> str:
    return "\n".join(f"  {line[:LONGEST_LINE]}" for line in text.strip().splitlines()[-count:])
