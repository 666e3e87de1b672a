"""The namespace of what a table without that column lists: by its command, its file's path, or what else is known."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from orchestrator.diagnosis.bundle.shape import Key, key_of
from orchestrator.diagnosis.workloads.store import CONTROL, OF_THE_CLUSTER
from orchestrator.release.snapshot import Object

FILE = "file"
"""The field of a thin object that tells its file, until its namespace is known."""
_OPTION = re.compile(r"(?:^|\s)(?:-n|--namespace)[= ]?(?P<space>[a-z0-9][a-z0-9-]*)")


def namespace_in(title: str) -> str:
    """The namespace that a command's words name, empty if none."""
    found = _OPTION.search(title)
    return found["space"] if found else ""


def in_namespace(item: Object, space: str) -> dict[str, Any]:
    """The object in the namespace, unless it has one already or none can be told."""
    if not space or item["kind"] in OF_THE_CLUSTER or item["metadata"].get("namespace"):
        return {**item}
    moved = {**item, "metadata": {**item["metadata"], "namespace": space}}
    if item["kind"] == "Event":
        about = item["involvedObject"]
        moved["involvedObject"] = {**about, "namespace": about.get("namespace") or space}
    return moved


def placed(thin: Iterable[Object], known: Iterable[Object]) -> dict[Key, Object]:
    """The thin objects by kind, namespace and name, each with a namespace where one can be told."""
    items = [*thin]
    spaces = {str(item["metadata"].get("namespace") or "") for item in (*items, *known)} - {""}
    homes: dict[tuple[str, str], str] = {}
    for item in (*known, *items):
        kind, space, name = key_of(item)
        if space:
            homes.setdefault((kind, name), space)
    found: dict[Key, Object] = {}
    for item in items:
        one = _in_place(item, spaces, homes)
        found.setdefault(key_of(one), one)
    return found


def _in_place(item: Object, spaces: set[str], homes: Mapping[tuple[str, str], str]) -> Object:
    kind, space, name = key_of(item)
    if kind in OF_THE_CLUSTER:
        return {key: value for key, value in item.items() if key != FILE}
    own = [one for one in spaces - CONTROL if one]
    space = space or _told(item, spaces) or homes.get((kind, name), "") or (own[0] if len(own) == 1 else "")
    return in_namespace({key: value for key, value in item.items() if key != FILE}, space)


def _told(item: Object, spaces: set[str]) -> str:
    words = re.split(r"[^a-z0-9-]+", str(item.get(FILE, "")).lower())
    found = [space for space in (*spaces, *CONTROL) if space in words]
    return max(found, key=len) if found else ""
