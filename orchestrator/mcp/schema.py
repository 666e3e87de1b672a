"""JSON Schemas without what costs an agent words and tells it nothing."""

from typing import Any

Schema = dict[str, Any]
_USELESS = {"title", "maxLength", "maxItems", "pattern", "anyOf"}


def compact(schema: Schema) -> Schema:
    """Without titles, limits, null beside a type, and the models' own descriptions."""
    kept = _compact(schema)
    kept.pop("description", None)
    return kept


def _compact(schema: Schema) -> Schema:
    options: list[Schema] = [option for option in schema.get("anyOf", []) if option.get("type") != "null"]
    together = {**(options[0] if options else {}), **schema}
    kept = {name: value for name, value in together.items() if not _is_noise(name, value)}
    if "items" in kept:
        kept["items"] = _compact(kept["items"])
    if "properties" in kept:
        kept["properties"] = {name: _compact(one) for name, one in kept["properties"].items()}
    return kept


def _is_noise(name: str, value: object) -> bool:
    return name in _USELESS or value is None or (name in ("default", "additionalProperties") and value in (True, False))
