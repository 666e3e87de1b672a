"""T008, T009, T012 to T014: images built from the artefacts, tagged by content, judged before they are used."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestrator.audit import Entry, digest
from orchestrator.content import tree_digest
from orchestrator.contracts import Contract, DockerfileFacts
from orchestrator.errors import CommandFailedError, DeployError, RejectedError
from orchestrator.gates import image as gate
from orchestrator.gates.findings import demand
from orchestrator.gates.summary import dockerfile
from orchestrator.graph.step import Done, Say, Step
from orchestrator.run import Run

_TASKS = {"todo-backend": ("T008", "T009"), "todo-frontend": ("T013", "T014")}
_SIZED = {
    "todo-backend": "T010",
    "todo-frontend": "T015",
}  # whose entry tells the size, which is known once it is built
_BUILD_LIMIT = 1800.0
_STANDALONE = re.compile(r"""output\s*:\s*["']standalone["']""")
_CONFIGS = ("next.config.ts", "next.config.js", "next.config.mjs")


def image(contract: Contract) -> Step:
    """The step that builds the image of a Dockerfile's contract."""
    facts = _facts(contract)
    name = f"{contract.name.removesuffix('-dockerfile')}-image"
    more = ("frontend-standalone",) if facts.image == "todo-frontend" else ()
    return Step(
        name=name,
        tasks=_TASKS[facts.image],
        title=f"Image {facts.image}",
        needs=("environment", contract.name, *more),
        inputs=lambda run: _inputs(run, contract),
        preview=lambda run: (" ".join(build_argv(run, contract, "CONTENT-DIGEST")), f"docker images {facts.image}"),
        act=lambda run, say: _build(run, contract, name, say),
        stale=_absent,
        gate=f"under {facts.size['limit_mb']} MB, user {facts.user.uid}, no secret in it",
    )


def _facts(contract: Contract) -> DockerfileFacts:
    assert isinstance(contract.facts, DockerfileFacts)  # noqa: S101 - contracts of format dockerfile have these facts
    return contract.facts


def build_argv(run: Run, contract: Contract, tag: str) -> list[str]:
    """The docker build of one image: its content tag and `latest`, labelled with revision and content."""
    facts = _facts(contract)
    return [
        "docker", "build", "--progress", "plain", "--network", run.options.build_network, *_platform(run),
        "--tag", run.target.image(facts.image, tag), "--tag", f"{facts.image}:latest",
        "--label", f"org.opencontainers.image.revision={_revision(run)}", "--label", f"todo-app.content={tag}",
        "--file", contract.artefact, ".",
    ]  # fmt: skip


def _platform(run: Run) -> tuple[str, ...]:
    return ("--platform", run.options.platform) if run.options.platform else ()


def _revision(run: Run) -> str:
    answer = run.door.run(["git", "rev-parse", "HEAD"], limit=10, check=False) if run.door.has("git") else None
    return answer.out.strip() if answer and answer.ok else "unknown"


def _inputs(run: Run, contract: Contract) -> Mapping[str, str]:
    facts = _facts(contract)
    parts = (contract.artefact, ".dockerignore", facts.source)
    bases = sorted({stage.base for stage in facts.stages if stage.base != "scratch"})
    return {
        "source": tree_digest(run.root, parts),
        "base images": " ".join(f"{base}={_identity(run, base)}" for base in bases),
        **({"platform": run.options.platform} if run.options.platform else {}),
    }


def _identity(run: Run, reference: str) -> str:
    argv = ["docker", "image", "inspect", "--format", "{{.Id}}", reference]
    answer = run.door.run(argv, limit=30, check=False)
    return answer.out.strip() if answer.ok else "not here yet"


def _absent(run: Run, outputs: Mapping[str, str]) -> str | None:
    reference = outputs.get("reference", "")
    gone = not reference or _identity(run, reference) != outputs.get("id")
    return f"the engine has no image {reference}" if gone else None


def _build(run: Run, contract: Contract, name: str, say: Say) -> Done:
    facts, inputs = _facts(contract), _inputs(run, contract)
    tag = digest(json.dumps(dict(inputs), sort_keys=True))[:12]
    argv, reference = build_argv(run, contract, tag), run.target.image(facts.image, tag)
    try:
        done = run.door.run(argv, limit=_BUILD_LIMIT, on_line=lambda line: say(_shown(line)))
    except CommandFailedError as error:
        _log(
            run,
            contract,
            argv,
            f"build failed: {error.tail.splitlines()[-1] if error.tail else 'no output'}",
            passed=False,
        )
        raise CommandFailedError(
            f"building {facts.image} failed: {error.tail}", code=error.code, tail=error.tail, remedy=_remedy(error.tail)
        ) from error
    say("judging the image")
    told = inspect(run, reference)
    size = told["Size"] / 1e6
    try:
        demand(gate.findings(told, history(run, reference), contract))
    except RejectedError as error:
        _log(run, contract, argv, f"image rejected: {error.message}", passed=False, seconds=done.seconds)
        raise
    run.target.deliver(run.door, (reference,))
    what = dockerfile((run.root / contract.artefact).read_text(encoding="utf-8"))
    user = str((told.get("Config") or {}).get("User") or "root")
    result = f"{reference} built from {contract.artefact}, {what}, runs as {user}, image size {size:.0f}MB"
    _log(run, contract, argv, result, seconds=done.seconds)
    return Done(
        f"{reference}, {size:.0f} MB (limit {facts.size['limit_mb']})",
        {"reference": reference, "tag": tag, "id": str(told["Id"]), "size_mb": f"{size:.1f}"},
    )


def inspect(run: Run, reference: str) -> dict[str, Any]:
    """What the engine says of an image."""
    found: list[dict[str, Any]] = json.loads(run.door.run(["docker", "image", "inspect", reference], limit=30).out)
    return found[0]


def history(run: Run, reference: str) -> list[str]:
    """The image's layers' commands, in full."""
    argv = ["docker", "history", "--no-trunc", "--format", "{{.CreatedBy}}", reference]
    return run.door.run(argv, limit=30).out.splitlines()


def _log(
    run: Run, contract: Contract, argv: list[str], result: str, *, passed: bool = True, seconds: float = 0.0
) -> None:
    image = _facts(contract).image
    run.audit.append(
        Entry("DOCKER", (*_TASKS[image], _SIZED[image]), " ".join(argv), result, passed=passed, seconds=seconds)
    )


def _shown(line: str) -> str:
    return re.sub(r"^#\d+ (?:[\d.]+ )?", "", line)[:100]


def _remedy(tail: str) -> str:
    if "no space left" in tail.lower():
        return "The disk of the Docker engine is full: docker system prune, then run again."
    if "exec format error" in tail:
        return "This engine cannot run that platform: install QEMU's emulation for it, or build on a machine of it."
    if "pull access denied" in tail or "failed to resolve" in tail or "failed to do request" in tail:
        return "A base image can be neither found nor pulled: load it into the engine, then run again."
    return "Mend what the build says and run again: it resumes here."


def standalone() -> Step:
    """T012: Next.js is told to write the standalone server."""

    def act(run: Run, say: Say) -> Done:
        say("reading next.config")
        found = [name for name in _CONFIGS if (run.root / "frontend" / name).exists()]
        if not found:
            raise DeployError(
                "frontend/ has no next.config.", remedy="Add frontend/next.config.ts with output: 'standalone'."
            )
        if not _STANDALONE.search((run.root / "frontend" / found[0]).read_text(encoding="utf-8")):
            raise DeployError(
                f"frontend/{found[0]} does not set output: 'standalone'.", remedy="Set it: the image needs it."
            )
        return Done(f"frontend/{found[0]} sets output: 'standalone'")

    return Step(
        name="frontend-standalone",
        tasks=("T012",),
        title="Standalone output",
        needs=("audit-log",),
        inputs=lambda run: {"config": tree_digest(run.root, (str(Path("frontend") / name) for name in _CONFIGS))},
        preview=lambda run: ("look for output: 'standalone' in frontend/next.config.*",),
        act=act,
        gate="it is set",
    )
