"""The chart's values.yaml, values.schema.json and README, all three from `helm-values-schema.yaml` (T022)."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from orchestrator.artefacts.render import as_yaml

_README = Path(__file__).parent / "chart-readme.md"
_HEAD = "Values of the todo-app chart; every key is described in README.md and checked by values.schema.json."


def values_yaml(schema: Mapping[str, Any]) -> str:
    """The defaults as YAML, in the schema's order, each with its description above it; what has none is left out."""
    return f"# {_HEAD}\n" + as_yaml(_defaults(schema))


def schema_json(schema: Mapping[str, Any]) -> str:
    """The schema as Helm reads it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def readme(schema: Mapping[str, Any]) -> str:
    """The chart's README with a row for each value."""
    rows = "\n".join(f"| `{name}` | {value} | {text} |" for name, value, text in _rows(schema, ""))
    return _README.read_text(encoding="utf-8").replace("@ROWS@", rows)


def _defaults(schema: Mapping[str, Any], indent: int = 0) -> CommentedMap:
    told = CommentedMap()
    for name, part in schema["properties"].items():
        inner = _defaults(part, indent + 2) if "properties" in part else None
        if inner:
            told[name] = inner
        elif "default" in part:
            told[name] = _plain(part["default"])
        if name in told and part.get("description"):
            told.yaml_set_comment_before_after_key(name, before=part["description"], indent=indent)
    return told


def _plain(value: Any) -> Any:
    """A mapping as it stands in the schema, without the schema's own formatting."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    return value


def _rows(schema: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, part in schema["properties"].items():
        if "properties" in part:
            yield from _rows(part, f"{prefix}{name}.")
        else:
            value = f"`{json.dumps(_plain(part['default']))}`" if "default" in part else "unset"
            yield f"{prefix}{name}", value, part.get("description", "")
