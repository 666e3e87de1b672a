"""Results as text for a person."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import typer

from orchestrator.errors import EnvironmentMissingError

if TYPE_CHECKING:
    from orchestrator.audit_check import Report
    from orchestrator.commands.look import Looked
    from orchestrator.commands.plan import Planned
    from orchestrator.commands.status import Status
    from orchestrator.commands.verify import Verified
    from orchestrator.graph.runner import Result

_ON_REQUEST = (
    "not part of it: ./todo deploy optimise [T030 T031 T032], which takes minutes; ./todo deploy commit [T037]"
)
_PLATFORM = re.compile(r"[a-z0-9]+/[a-z0-9]+(/v\d+)?")
Part = Literal["backend", "frontend", "postgres"]
Storage = Literal["auto", "claim", "ephemeral"]


def roles(words: Sequence[str]) -> Mapping[str, str]:
    """ROLE=NAME words as a mapping. Raises EnvironmentMissingError for a word without '='."""
    if wrong := [word for word in words if "=" not in word]:
        raise EnvironmentMissingError(
            f"--agent {wrong[0]} is not ROLE=NAME.", remedy="Example: --agent dockerfile=builtin"
        )
    return dict(word.split("=", 1) for word in words)


def platform(text: str | None) -> str | None:
    """`--platform` as Docker takes it. Raises EnvironmentMissingError for what is none."""
    if text is not None and not _PLATFORM.fullmatch(text):
        raise EnvironmentMissingError(f"--platform {text} is no platform.", remedy="Give one, as linux/arm64.")
    return text


def summary(result: "Result") -> str:
    """The last line of a run."""
    lines = [text for name, text in result.done.items() if name in ("release", "access")]
    done = [name for name in result.done if name != "audit"]
    if not done:
        lines = ["nothing changed: the release stands as it was"]
    return "\n".join([*lines, f"{len(done)} steps done, {len(result.unchanged)} unchanged, {result.seconds:.1f} s"])


def plan(planned: Sequence["Planned"]) -> str:
    """A paragraph a step."""
    lines: list[str] = []
    for one in planned:
        lines.append(f"{'▸' if one.runs else '='} {one.name} [{' '.join(one.tasks)}] {one.why or 'unchanged: skipped'}")
        lines += [f"      agent {one.agent}"] if one.agent else []
        if one.runs:
            lines += [f"      {line}" for command in one.commands for line in command.splitlines()]
            lines += [f"      gate: {one.gate}"] if one.gate else []
    due = sum(one.runs for one in planned)
    lines.append(_ON_REQUEST)
    return "\n".join([*lines, f"{due} of {len(planned)} steps would run; nothing was touched"])


def status(found: "Status") -> str:
    """Workloads as a table, then what is wrong."""
    head = f"release todo-app in {found.namespace}: {found.release}"
    lines = [head + (f", revision {found.revision}" if found.revision else "")]
    rows = [("workload", "chart", "ready", "restarts", "image")]
    rows += [(one.name, str(one.wanted), str(one.ready), str(one.restarts), one.image) for one in found.workloads]
    if found.workloads:
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        lines += [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
        ]
    lines += [f"log: {found.logged or 'says nothing of a release'}"]
    lines += [f"log fault: {fault}" for fault in found.log_faults]
    lines += [f"cause: {cause}" for cause in found.causes]
    lines += [f"drift: {line}" for line in found.drift]
    lines += [f"page: {found.url}"] if found.url else []
    return "\n".join([*lines, "healthy" if found.healthy else "not healthy"])


def is_named(context: typer.Context, option: str) -> bool:
    """Whether the person gave the shared option, rather than that it has its default."""
    source = context.parent.get_parameter_source(option) if context.parent else None
    return source is not None and source.name == "COMMANDLINE"


def diagnosis(found: "Verified | Looked") -> None:
    """A table, as wide as the terminal, or as it needs to be in a pipe."""
    from rich.console import Console  # noqa: PLC0415 - other commands print no table
    from rich.markup import escape  # noqa: PLC0415

    from orchestrator.diagnosis.report import show  # noqa: PLC0415

    console = Console(highlight=False, soft_wrap=False)
    console = console if console.is_terminal else Console(highlight=False, width=160)
    show(found.signs, found.summary, found.seconds, console, reading=found.reading)
    for name, why in getattr(found, "skipped", {}).items():
        console.print(escape(f"not read whole: {name}: {why}"), soft_wrap=True)


def audit(report: "Report") -> str:
    """What is needed with the entry that is it, then faults."""
    lines = [
        f"{'✓' if need.record else '✗'} {need.task} {need.what}: "
        + (f"entry {need.record} [{need.agent}]" if need.record else "no entry")
        for need in report.needs
    ]
    lines += [f"note: {note}" for note in report.notes]
    lines += [f"fault: {fault}" for fault in report.faults]
    verdict = "complete and unbroken" if report.ok else f"{len(report.faults)} faults"
    return "\n".join([*lines, f"{report.records} entries: {verdict}"])
