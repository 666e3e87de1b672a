"""Whether the audit log is complete (T034), unbroken, and speaks of the artefacts that are in the tree."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from orchestrator.audit import GENESIS, HEADER, LOG, TWIN, human_line, machine_line, record_hash
from orchestrator.content import file_digest
from orchestrator.contracts import load
from orchestrator.options import CHART, HOME

VALUES = str(CHART / "values.yaml")
_NEEDED = (
    ("T006", "ENV", "the cluster and its Docker engine"),
    ("T024", "KUBECTL", "the Secret"),
    ("T026", "HELM", "the release"),
    ("T029", "", "the pods' health"),
)


@dataclass(frozen=True)
class Need:
    """One entry that must be there: for which task, about what, and which record (0: none) is it."""

    task: str
    what: str
    record: int
    agent: str


@dataclass(frozen=True)
class Report:
    """The check's result. `faults` are sentences; empty means complete and unbroken. `notes` are no faults."""

    records: int
    needs: tuple[Need, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {"ok": self.ok, **asdict(self)}


def check(root: Path, record: Path | None = None) -> Report:
    """Read both files, in `record` if they stand there, and the tree; nothing is written."""
    folder = record or root
    log, twin = folder / LOG, folder / TWIN
    if not log.exists() or not twin.exists():
        missing = LOG if not log.exists() else TWIN
        needs = tuple(_needs(root, []))
        faults = [f"no entry for {need.task}: {need.what}" for need in needs] if folder != root else []
        return Report(0, needs if folder != root else (), (f"{missing} is not there", *faults))
    lines = twin.read_bytes().split(b"\n")
    records = [_parsed(line) for line in lines[:-1]]
    faults = [*_bytes(lines[:-1], records), *_chain(records), *_torn(lines, TWIN)]
    here = folder != root or not (root / ".git").exists()  # of this very checkout, not of one that published
    faults += [*_human(log, records), *_artefacts(root, records, here=here)]
    needs = tuple(_needs(root, [record for record in records if record]))
    faults += [f"no entry for {need.task}: {need.what}" for need in needs if not need.record]
    return Report(len(records), needs, tuple(faults), tuple(_notes(records)))


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) and {"hash", "previous", "sequence"} <= told.keys() else None


def _bytes(lines: list[bytes], records: list[dict[str, Any] | None]) -> Iterator[str]:
    """A line with the same content written otherwise (a space, an escape) is a changed line as well."""
    for number, (line, record) in enumerate(zip(lines, records, strict=True), start=1):
        if record is not None and machine_line(record).encode() != line:
            yield f"{TWIN} line {number} is not as it was written"


def _torn(lines: list[bytes], name: str) -> Iterator[str]:
    if lines[-1]:
        yield f"{name} ends in a line that was not finished"


def _chain(records: list[dict[str, Any] | None]) -> Iterator[str]:
    """Each chain by itself: published chains of several people and places stand between each other's entries."""
    ends: dict[str, tuple[str, int]] = {}
    for number, record in enumerate(records, start=1):
        if record is None:
            yield f"{TWIN} line {number} is not a record"
            continue
        if record_hash(record) != record["hash"]:
            yield f"{TWIN} line {number} was changed: its hash does not fit its content"
        chain = str(record.get("chain", ""))
        previous, count = ends.get(chain, (GENESIS, 0))
        if record["previous"] != previous:
            yield f"{TWIN} line {number} does not follow the line before it: something was changed, added or taken out"
        if record["sequence"] != count + 1:
            yield f"{TWIN} line {number} says it is entry {record['sequence']}"
        ends[chain] = record["hash"], count + 1


def _human(log: Path, records: list[dict[str, Any] | None]) -> Iterator[str]:
    """The human log must be, byte for byte, what the twin renders to."""
    lines = log.read_bytes().split(b"\n")
    if lines[0] != HEADER.encode():
        yield f"{LOG} line 1 is not T001's header"
    yield from _torn(lines, LOG)
    told = lines[1:-1]
    for number, (line, record) in enumerate(zip(told, records, strict=False), start=2):
        if record is not None and _rendered(record) != line:
            yield f"{LOG} line {number} is not what {TWIN} line {number - 1} says"
    if len(told) != len(records):
        yield f"{LOG} has {len(told)} entries, {TWIN} has {len(records)}"


def _rendered(record: Mapping[str, Any]) -> bytes:
    try:
        return human_line(dict(record)).encode()
    except (KeyError, TypeError):
        return b""


def _artefacts(root: Path, records: list[dict[str, Any] | None], *, here: bool) -> Iterator[str]:
    known = logged(records)
    kept = [one for one in known if here and one.startswith(f"{HOME}/")]  # the sizes, which are kept with the run
    for artefact in (*(contract.artefact for contract in load(root)), VALUES, *kept):
        expected = known.get(artefact)
        now = file_digest(root / artefact)
        if expected and now != expected:
            what = "is not there" if now == "absent" else "is not the one that was logged"
            yield f"{artefact} {what} (logged {expected[:12]}, now {now[:12]})"


def _notes(records: list[dict[str, Any] | None]) -> Iterator[str]:
    if not any({"T030", "T032"} & set(record.get("tasks", ())) for record in records if record):
        yield "T030 to T032: right-sizing was not asked for (./todo deploy optimise)"


def logged(records: Sequence[dict[str, Any] | None]) -> dict[str, str]:
    """The last accepted digest of each artefact: the latest by its time, as several chains may stand in one file."""
    return {
        record["artefact"]: record["artefact_digest"]
        for record in sorted((one for one in records if one), key=lambda one: str(one.get("at", "")))
        if record.get("artefact") and record.get("passed") and record.get("artefact_digest")
    }


def _needs(root: Path, records: list[dict[str, Any]]) -> Iterator[Need]:
    for contract in load(root):
        yield _found(
            contract.logged_by, contract.artefact, [r for r in records if r.get("artefact") == contract.artefact]
        )
    for task, agent, what in _NEEDED:
        fitting = [r for r in records if task in r.get("tasks", ()) and agent in ("", r.get("agent"))]
        yield _found(task, what, fitting)
    yield from _sizes(records)


def _sizes(records: list[dict[str, Any]]) -> Iterator[Need]:
    """Right-sizing is asked for by name: once sizes were written, or it was concluded, its last word must be there."""
    begun = [index for index, r in enumerate(records) if {"T031", "T032"} & set(r.get("tasks", ()))]
    if not begun:
        return
    last_written = max((index for index, r in enumerate(records) if "T031" in r.get("tasks", ())), default=0)
    after = [r for r in records[last_written:] if "T032" in r.get("tasks", ())]
    yield _found("T032", "the measured sizes", after)


def _found(task: str, what: str, records: list[dict[str, Any]]) -> Need:
    passed = [record for record in records if record.get("passed")]
    last = passed[-1] if passed else {}
    return Need(task, what, int(last.get("sequence", 0)), str(last.get("agent", "")))
