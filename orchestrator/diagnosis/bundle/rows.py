"""A row of a table that `kubectl get` printed, and the thin object that its cells tell."""

import re
from collections.abc import Mapping
from typing import Any

from orchestrator.diagnosis.bundle.names import owners_of
from orchestrator.diagnosis.bundle.tables import seconds

AGE = "age"
"""The field of a thin object that tells its age in seconds; its creation time follows from the time of the look."""
_SHARE = re.compile(r"(?<!\d)(\d{1,6})/(\d{1,6})")
Row = Mapping[str, str]


def thin(kind: str, row: Row, spec: object = None, status: object = None, **more: Any) -> dict[str, Any]:
    """An object that holds what the row tells."""
    metadata: dict[str, Any] = {"name": row["NAME"]}
    metadata |= {"namespace": row["NAMESPACE"]} if row.get("NAMESPACE") else {}
    metadata |= {"labels": pairs_of(row["LABELS"])} if row.get("LABELS") else {}
    if owners := owners_of(kind, row["NAME"]) if kind in ("Pod", "ReplicaSet") else []:
        metadata["ownerReferences"] = owners
    age = {AGE: seconds(row["AGE"])} if row.get("AGE", "<unknown>") != "<unknown>" else {}
    return {"kind": kind, "metadata": metadata, "spec": spec or {}, "status": status or {}, "thin": True, **age, **more}


def pairs_of(text: str) -> dict[str, str]:
    """key=value with commas between; none for <none>."""
    return {} if text == "<none>" else dict(one.split("=", 1) for one in text.split(",") if "=" in one)


def share(text: str) -> tuple[int, int]:
    """So many of so many."""
    found = _SHARE.search(text)
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def count(text: str | None) -> int:
    """A number, 0 for another text."""
    return int(text) if text and text.isdigit() else 0
