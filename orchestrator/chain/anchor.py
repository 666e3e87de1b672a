"""The head of the chain in the release: an annotation that whoever rewrites the files would have to change as well."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from orchestrator.chain import heads
from orchestrator.chain.heads import Head
from orchestrator.errors import DeployError
from orchestrator.options import BACKEND
from orchestrator.run import Run

ANNOTATION = "todo-app/audit-head"
_LIMIT = 30.0


def put(run: Run) -> None:
    """Sign where the chain stands, keep that beside it and in the release; nothing to do if it was kept already."""
    head = heads.head_of(run.audit.records())
    if head is None or any(one.text == head.text for one in heads.read(run.audit.root)):
        return
    told = heads.signed(run.door, head)
    heads.keep(run.audit.root, told)
    words = f"{ANNOTATION}={head.text} {told.key or 'unsigned'}"
    argv = run.target.cluster.kubectl("annotate", "deployment", BACKEND, "--overwrite", words)
    run.door.run(argv, limit=_LIMIT)


def compared(run: Run, records: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(faults, notes): whether the record holds the head that the release keeps; a note where that cannot be read."""
    try:
        run.door.environment = run.target.prepare(run.door, start=False)
        argv = run.target.cluster.kubectl("get", "deployment", BACKEND, "--ignore-not-found", "--output", "json")
        told = run.door.run(argv, limit=_LIMIT).out
    except DeployError as error:
        return (), (f"not compared with the release: {error.message}",)
    if not told.strip():
        return (), ("not compared with the release: there is none",)
    return _judged(json.loads(told), records, heads.read(run.audit.root))


def _judged(
    deployment: Mapping[str, Any], records: Sequence[Mapping[str, Any]], kept: Sequence[Head]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    anchored = ((deployment.get("metadata") or {}).get("annotations") or {}).get(ANNOTATION, "")
    if not anchored:
        return (), ("the release keeps no head of the log: ./todo deploy writes one",)
    text, _, key = anchored.rpartition(" ")
    chain, sequence, digest = text.rsplit(" ", 2)
    if not any(
        (one.get("chain", ""), str(one["sequence"]), one["hash"]) == (chain, sequence, digest) for one in records
    ):
        return (
            f"the release keeps entry {sequence} of {heads.named(chain)} as {digest[:12]}, and the log does not",
        ), ()
    if key != "unsigned" and key not in {one.key for one in kept if one.text == text}:
        return (f"the release says that {key} signed entry {sequence}, and no such signature is kept",), ()
    return (), ()
