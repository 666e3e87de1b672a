"""The only writer of the audit log: `phase-iv-audit.log` for people and its twin `phase-iv-audit.jsonl` for machines.

A record goes to the twin first and counts once its line there is whole and fsynced; the human line follows. A crash
between the two is mended by the next `append`, a torn last line is dropped (its call's step never went on). Each
record holds the hash of the one before it, and the human log is, byte for byte, what the twin renders to.
"""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestrator.redaction import Redactor, masked

LOG = "phase-iv-audit.log"
TWIN = "phase-iv-audit.jsonl"
HEADER = '# Phase IV Agent Delegation Audit Log — format: [ISO-timestamp] [AGENT] prompt="..." result="..."'
GENESIS = "0" * 64
_PROMPT_SHOWN = 240  # characters of a prompt in the human log; the twin has all of it


@dataclass(frozen=True)
class Entry:
    """One call to log. `agent` is who really did the work; `tasks` the spec's tasks that the call is for."""

    agent: str
    tasks: tuple[str, ...]
    prompt: str
    result: str
    passed: bool = True
    artefact: str | None = None
    artefact_digest: str | None = None
    agent_version: str = ""
    seconds: float = 0.0
    findings: tuple[str, ...] = ()
    details: dict[str, str] = field(default_factory=dict)


def digest(text: str | bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def record_hash(record: dict[str, Any]) -> str:
    """The hash of a record over all its fields but `hash` itself, in canonical JSON."""
    body = {key: value for key, value in record.items() if key != "hash"}
    return digest(json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def machine_line(record: dict[str, Any]) -> str:
    """The record as the twin holds it, on one line."""
    return json.dumps(record, sort_keys=True, ensure_ascii=False)


def human_line(record: dict[str, Any]) -> str:
    """The record as T001 formats it, on one line."""
    prompt = record["prompt"]
    shown = prompt if len(prompt) <= _PROMPT_SHOWN else prompt[: _PROMPT_SHOWN - 3] + "..."
    return f'[{record["at"]}] [{record["agent"]}] prompt="{_escape(shown)}" result="{_escape(record["result"])}"'


def _escape(text: str) -> str:
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped)


@dataclass
class AuditLog:
    """The log in `root`; `tags` stand in each record's details. `append` is safe from several threads and processes.

    A log with a `place` is a chain of its own, named by the place and a number that no other checkout has: published
    chains of several people and places stand in one file and stay apart.
    """

    root: Path
    redactor: Redactor
    tags: Mapping[str, str] = field(default_factory=dict)
    place: str = ""

    @property
    def log(self) -> Path:
        """The human log's path."""
        return self.root / LOG

    @property
    def twin(self) -> Path:
        """The machine log's path."""
        return self.root / TWIN

    def create(self) -> bool:
        """Make both files, the human one with T001's header, unless they stand; whether anything was made."""
        made = not self.log.exists() or not self.twin.exists()
        with self._locked():
            self._mend()
        return made

    def append(self, entry: Entry) -> dict[str, Any]:
        """Write one record durably to both files and return it; on return both are on disk."""
        with self._locked():
            records = self._mend()
            record = self._record(entry, records[-1] if records else None)
            _append(self.twin, machine_line(record) + "\n")
            _append(self.log, human_line(record) + "\n")
        return record

    def copy(self, records: Iterable[dict[str, Any]]) -> None:
        """Add records that another log wrote, each with its own chain, to both files."""
        with self._locked():
            self._mend()
            for record in records:
                _append(self.twin, machine_line(record) + "\n")
                _append(self.log, human_line(record) + "\n")

    def records(self) -> list[dict[str, Any]]:
        """All whole records of the twin; a line that is no JSON is skipped here and named by the check."""
        found = []
        for line in _lines(self.twin):
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
        return found

    def _record(self, entry: Entry, last: dict[str, Any] | None) -> dict[str, Any]:
        fields = masked({**asdict(entry), "details": {**self.tags, **entry.details}}, self.redactor)
        record: dict[str, Any] = {
            "sequence": (last["sequence"] + 1) if last else 1,
            "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            **fields,
            "seconds": round(entry.seconds, 3),
            "prompt_digest": digest(fields["prompt"]),
            "result_digest": digest(fields["result"]),
            "previous": last["hash"] if last else GENESIS,
            **self._chain(last),
        }
        record["hash"] = record_hash(record)
        return record

    def _chain(self, last: Mapping[str, Any] | None) -> dict[str, str]:
        if last is not None:
            return {"chain": last["chain"]} if "chain" in last else {}
        return {"chain": f"{self.place} {secrets.token_hex(4)}"} if self.place else {}

    def _mend(self) -> list[dict[str, Any]]:
        """Bring both files to whole lines and the human log level with the twin; the twin's records."""
        _drop_torn_line(self.twin)
        _drop_torn_line(self.log)
        if not self.log.exists() or self.log.stat().st_size == 0:
            _append(self.log, HEADER + "\n")
        records = self.records()
        written = sum(1 for _ in _lines(self.log)) - 1
        if written == len(records) - 1:
            _append(self.log, human_line(records[-1]) + "\n")
        return records

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.twin, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _append(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []


def _drop_torn_line(path: Path) -> None:
    if not path.exists():
        return
    data = path.read_bytes()
    if data and not data.endswith(b"\n"):
        with path.open("r+b") as file:
            file.truncate(data.rfind(b"\n") + 1)
