"""Faults from a folder of manifests: each file is applied in a namespace of its own, and the first finding counts.

A file is what `kubectl apply` takes. Comments at its head say what is expected: `# expects: CODE KIND/NAME` (several
codes with `|`; `nothing` for a healthy one), `# does: WORDS`, and `# then: COMMAND` for a kubectl command that puts the
fault in once all pods stand.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cli.exits import CommandError, Exit

_HEAD = re.compile(r"^#\s*(expects|does|then|within):\s*(.+)$", re.MULTILINE)
_DEPLOY = "from orchestrator.cli import app; app()"
_ROOT = Path(__file__).resolve().parents[3]
_LIMIT = 90.0
_STANDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One file: `codes` empty for a healthy one; `within` seconds to be found in."""

    name: str
    text: str
    codes: tuple[str, ...]
    subject: str
    does: str
    then: tuple[str, ...]
    within: float


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The first finding (code and subject), whether it is the cause, and seconds: a look's, and from the fault."""

    name: str
    expected: str
    found: tuple[str, ...]
    right: bool
    seconds: float
    overall: float


def manifests(folder: Path) -> tuple[Manifest, ...]:
    """Every .yaml of the folder, by name. Raises CommandError if there is none, or a file lacks its head."""
    files = sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml")))
    if not files:
        raise CommandError(f"{folder} has no manifest: put files that kubectl apply takes there.", code=Exit.USAGE)
    return tuple(_manifest(path) for path in files)


def _manifest(path: Path) -> Manifest:
    text = path.read_text()
    heads: dict[str, list[str]] = {}
    for key, value in _HEAD.findall(text):
        heads.setdefault(key, []).append(value.strip())
    if "expects" not in heads:
        raise CommandError(
            f"{path} does not say '# expects: CODE KIND/NAME', or '# expects: nothing'.", code=Exit.USAGE
        )
    codes, _, subject = heads["expects"][0].partition(" ")
    return Manifest(
        name=path.stem, text=text, codes=() if codes == "nothing" else tuple(codes.split("|")), subject=subject.strip(),
        does=" ".join(heads.get("does", [path.stem])), then=tuple(heads.get("then", ())),
        within=float(heads.get("within", [str(_LIMIT)])[0]),
    )  # fmt: skip


def run(faults: tuple[Manifest, ...]) -> Iterator[Answer]:
    """Put each in, ask until something is found, take it away."""
    for fault in faults:
        space = f"todo-fault-{fault.name}"[:60].rstrip("-")
        try:
            yield _one(fault, space)
        finally:
            _kubectl("delete", "namespace", space, "--ignore-not-found", "--wait=false")


def _one(fault: Manifest, space: str) -> Answer:
    _must("create", "namespace", space)
    _must("apply", "--namespace", space, "--filename", "-", text=fault.text)
    if fault.then or not fault.codes:
        _wait_until_ready(space)
    for command in fault.then:
        _must("--namespace", space, *_words(command))
    began = time.monotonic()
    while True:
        told, seconds = _verify(space)
        overall = time.monotonic() - began
        found = tuple(f"{one['code']} {one['subject']}" for one in told["findings"])
        if found or overall > (15.0 if not fault.codes else fault.within):
            break
    first = told["findings"][0] if found else {"code": "", "subject": ""}
    right = not found if not fault.codes else (
        first["code"] in fault.codes and fault.subject in ("", first["subject"])
    )  # fmt: skip
    return Answer(name=fault.name, expected=" ".join(("|".join(fault.codes) or "nothing", fault.subject)).strip(),
                  found=found, right=right, seconds=round(seconds, 2), overall=round(overall, 2))  # fmt: skip


def _words(command: str) -> list[str]:
    import shlex  # noqa: PLC0415 - only where a fault has a command

    return shlex.split(command.removeprefix("kubectl "))


def _wait_until_ready(space: str) -> None:
    ends = time.monotonic() + _STANDS
    while time.monotonic() < ends:
        told = _kubectl("get", "deployments,statefulsets", "--namespace", space, "--output", "json").stdout
        items = json.loads(told or "{}").get("items") or []
        if all((item["status"].get("readyReplicas") or 0) >= item["spec"].get("replicas", 1) for item in items):
            return
        time.sleep(1.0)
    raise CommandError(f"the pods in {space} are not ready after {_STANDS:.0f} s.", code=Exit.FAILED)


def _verify(space: str) -> tuple[dict[str, Any], float]:
    began = time.monotonic()
    argv = [sys.executable, "-c", _DEPLOY, "verify", "--json", "--settle", "0", "--namespace", space]
    done = subprocess.run(argv, cwd=_ROOT, capture_output=True, text=True, timeout=180, check=False)
    if not done.stdout:
        raise CommandError(f"./todo deploy verify failed: {done.stderr[-800:]}", code=Exit.FAILED)
    return json.loads(done.stdout), time.monotonic() - began


def _kubectl(*words: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    argv = ["kubectl", "--context", "minikube", *words]
    return subprocess.run(argv, input=text, capture_output=True, text=True, timeout=120, check=False)


def _must(*words: str, text: str | None = None) -> None:
    done = _kubectl(*words, text=text)
    if done.returncode:
        raise CommandError(f"kubectl {' '.join(words)} failed: {done.stderr[-500:]}", code=Exit.FAILED)


def summary(answers: list[Answer]) -> str:
    """A line each, and what they come to."""
    lines = [
        f"{'✓' if one.right else '✗'} {one.name:<26} {one.seconds:>5.1f} s ({one.overall:>5.1f})  "
        f"{one.expected:<46} found {', '.join(one.found) or 'nothing'}"
        for one in answers
    ]
    right = sum(one.right for one in answers)
    times = sorted(one.seconds for one in answers)
    middle = times[len(times) // 2] if times else 0.0
    return "\n".join([*lines, f"first answers: {right} of {len(answers)} right; {middle:.1f} s a look, median"])


def as_dict(answers: list[Answer]) -> dict[str, Any]:
    """For --json."""
    right = sum(one.right for one in answers)
    return {"right": right, "asked": len(answers), "answers": [asdict(one) for one in answers]}
