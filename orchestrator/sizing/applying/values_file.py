"""Sizes in a values file: only they change; comments, order and quotes stay, and the file is whole at every moment."""

import copy
import io
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from orchestrator.errors import RejectedError
from orchestrator.sizing.model import Name, shown

Changes = Mapping[str, Mapping[Name, int]]
"""By part, then by size."""
HEAD = "Sizes that ./todo deploy optimise measured for this place; they win over the chart's values.yaml."


def with_sizes(text: str, changes: Changes) -> str:
    """A values file's text (empty: a new one) with the sizes in it.

    Raises RejectedError if more than they would change.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    document = yaml.load(text) or CommentedMap()
    for part, sizes in changes.items():
        for name, value in sizes.items():
            _put(document, part, name, shown(name, value))
    out = io.StringIO()
    yaml.dump(document, out)
    told = out.getvalue() if text else f"# {HEAD}\n{out.getvalue()}"
    if plain(told) != _expected(text, changes):
        raise RejectedError(
            "the values file shares its sizes between parts (anchors or merge keys), or cannot be changed safely as it "
            "is written.",
            remedy="Write each part's resources out, then run again.",
        )
    return told


def plain(text: str) -> dict[str, Any]:
    """The file as plain data."""
    return dict(YAML(typ="safe", pure=True).load(text) or {})


def write(path: Path, text: str) -> None:
    """Replace the file in one step: whoever reads it gets the old bytes or the new ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        draft.chmod(stat.S_IMODE(path.stat().st_mode))
    draft.replace(path)


def _put(document: CommentedMap, part: str, name: Name, value: str) -> None:
    resource, kind = name.split("_")
    place = document
    for key in (part, "resources", f"{kind}s"):
        if not isinstance(place.get(key), dict):
            place[key] = CommentedMap()
        place = place[key]
    before = place.get(resource)
    place[resource] = type(before)(value) if isinstance(before, str) else value


def _expected(text: str, changes: Changes) -> dict[str, Any]:
    wanted = copy.deepcopy(plain(text))
    for part, sizes in changes.items():
        for name, value in sizes.items():
            resource, kind = name.split("_")
            part_values = wanted[part] = dict(wanted.get(part) or {})
            resources = part_values["resources"] = dict(part_values.get("resources") or {})
            resources[f"{kind}s"] = {**(resources.get(f"{kind}s") or {}), resource: shown(name, value)}
    return wanted
